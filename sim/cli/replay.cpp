// SPDX-License-Identifier: MIT
// lockstep replay: a recorded run made again, step by step, and to its end.
#include <memory>

#include "sim/cli/app.h"
#include "sim/cli/commands.h"
#include "sim/cli/drive.h"
#include "sim/cli/recording.h"
#include "sim/cli/target.h"

namespace cli {

namespace {

struct ReplayOptions {
  std::string schedule;
  OutputOptions output;
};

int replay(const ReplayOptions& options) {
  Outputs outputs(options.output);
  const Recording recording = open_recording(options.schedule);
  run_to_end(*recording.session);
  return report(*recording.session, recording.expected,
                "lockstep replay " + quoted(options.schedule), options.output, outputs);
}

}  // namespace

void add_replay(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("replay", "Make a recorded run again");
  auto options = std::make_shared<ReplayOptions>();
  command->add_option("SCHEDULE", options->schedule, "What --schedule-out wrote")
      ->required()
      ->type_name("FILE");
  add_output_options(*command, options->output);
  command->callback([&action, options] { action = [options] { return replay(*options); }; });
}

}  // namespace cli
