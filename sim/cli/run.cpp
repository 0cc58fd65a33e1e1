// SPDX-License-Identifier: MIT
// lockstep run: a lesson or C files, to the end.
#include <memory>

#include "sim/cli/app.h"
#include "sim/cli/commands.h"
#include "sim/cli/drive.h"
#include "sim/cli/target.h"
#include "sim/run/executor.h"

namespace cli {

namespace {

struct RunOptions {
  TargetOptions target;
  OutputOptions output;
};

int run_target(const RunOptions& options) {
  const Target target = open_target(options.target);
  if (!options.output.schedule_out.empty()) {
    run::require_repeats(target.config, "--schedule-out");
  }
  Outputs outputs(options.output);
  run::Session session(target.program, target.config);
  run_to_end(session);
  return report(session, target.expected, command_for(options.target), options.output, outputs);
}

}  // namespace

void add_run(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("run", "Run a lesson or C files and judge them");
  auto options = std::make_shared<RunOptions>();
  add_target_options(*command, options->target);
  add_output_options(*command, options->output);
  command->callback([&action, options] { action = [options] { return run_target(*options); }; });
}

}  // namespace cli
