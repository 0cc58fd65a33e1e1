// SPDX-License-Identifier: MIT
// lockstep export: a run as a file that another program opens.
#include <fmt/format.h>

#include <fstream>
#include <memory>

#include "sim/cli/app.h"
#include "sim/cli/commands.h"
#include "sim/cli/drive.h"
#include "sim/cli/recording.h"
#include "sim/cli/target.h"
#include "sim/core/error.h"
#include "sim/run/perfetto.h"
#include "sim/run/run_view.h"

namespace cli {

namespace {

struct ExportOptions {
  TargetOptions target;
  std::string perfetto;
};

std::unique_ptr<run::Session> open_run(const TargetOptions& options) {
  if (options.names.size() == 1 && is_schedule_file(options.names[0])) {
    if (!options.settings.empty()) {
      throw sim::UserError(fmt::format("--{} cannot change a recorded run; leave it out",
                                       options.settings[0].first));
    }
    return std::move(open_recording(options.names[0]).session);
  }
  const Target target = open_target(options);
  return std::make_unique<run::Session>(target.program, target.config);
}

int export_run(const ExportOptions& options) {
  OutputFile file("--perfetto", options.perfetto);
  const std::unique_ptr<run::Session> session = open_run(options.target);
  run_to_end(*session);
  std::ofstream out(file.scratch(), std::ios::binary | std::ios::trunc);
  run::write_perfetto(*run::view_of(*session), out);
  out.close();
  if (!out) throw sim::UserError("--perfetto: the disk is full, or the file cannot be written");
  file.commit();
  return kAsExpected;
}

}  // namespace

void add_export(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("export", "Write a run for another program to open");
  auto options = std::make_shared<ExportOptions>();
  add_target_options(*command, options->target);
  command
      ->add_option("--perfetto", options->perfetto,
                   "Write the run for Perfetto's UI (ui.perfetto.dev) to this file")
      ->required()
      ->type_name("OUT");
  command->callback([&action, options] { action = [options] { return export_run(*options); }; });
}

}  // namespace cli
