// SPDX-License-Identifier: MIT
// lockstep play: step through a run in the terminal, forwards and backwards.
#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <memory>

#include "sim/cli/app.h"
#include "sim/cli/commands.h"
#include "sim/cli/history.h"
#include "sim/cli/output_file.h"
#include "sim/cli/stepper.h"
#include "sim/cli/target.h"
#include "sim/cli/view.h"
#include "sim/run/executor.h"

namespace cli {

namespace {

struct PlayOptions {
  TargetOptions target;
  std::string schedule_out;
};

int play(const PlayOptions& options) {
  const Target target = open_target(options.target);
  run::require_repeats(target.config, "play");
  MaybeOutput schedule;
  open_if_named(schedule, "--schedule-out", options.schedule_out);
  run::Session session(target.program, target.config);
  Stepper stepper(session);
  const bool terminal = isatty(STDIN_FILENO) != 0;
  skip_boot(session);
  fmt::print("{}: module_init has returned; `help` names the words\n{}", target.program.name,
             where_text(session));
  std::string line;
  while (!stepper.done()) {
    if (terminal) fmt::print("> ");
    std::fflush(stdout);
    if (!std::getline(std::cin, line)) break;
    if (!terminal) fmt::print("> {}\n", line);  // so that a transcript can be read
    fmt::print("{}", stepper.obey(line));
  }
  if (schedule) {
    schedule->write(session.schedule());
    schedule->commit();
  }
  return kAsExpected;
}

}  // namespace

void add_play(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("play", "Step through a run in the terminal");
  auto options = std::make_shared<PlayOptions>();
  add_target_options(*command, options->target);
  command
      ->add_option("--schedule-out", options->schedule_out,
                   "Write the schedule of what was played on leaving (default: nowhere)")
      ->type_name("FILE");
  command->callback([&action, options] { action = [options] { return play(*options); }; });
}

}  // namespace cli
