// SPDX-License-Identifier: MIT
// lockstep gui: the window, on a lesson or C files; also what no command means.
#include <memory>

#include "sim/cli/app.h"
#include "sim/cli/commands.h"
#include "sim/cli/drive.h"
#include "sim/cli/target.h"
#include "sim/core/error.h"
#include "sim/run/lesson.h"
#include "sim/run/settings.h"

#ifdef LOCKSTEP_GUI
#include "gui/app.h"
#endif

namespace cli {

namespace {

// Where there is no display: the run as text. A window that could not open is
// no failure of the run.
[[maybe_unused]] int run_as_text(TargetOptions target_options) {
  if (target_options.names.empty()) {
    const auto lessons = run::load_lessons();
    if (lessons.empty()) return 0;
    target_options.names = {lessons[0].name};
  }
  const Target target = open_target(target_options);
  OutputOptions output;
  Outputs outputs(output);
  run::Session session(target.program, target.config);
  run_to_end(session);
  report(session, target.expected, command_for(target_options), output, outputs);
  return 0;
}

}  // namespace

void add_gui(CLI::App& app, Action& action) {
#ifdef LOCKSTEP_GUI
  struct Options {
    TargetOptions target;
    gui::Options window;
  };
  CLI::App* command = app.add_subcommand("gui", "Open the window (what no command does as well)");
  auto options = std::make_shared<Options>();
  add_target_options(*command, options->target);
  if (CLI::Option* names = command->get_option_no_throw("RUN")) names->required(false);
  command->add_flag("--headless", options->window.headless, "no window: a script acts, or --shot");
  command->add_option("--script", options->window.script, "commands to act out");
  command->add_option("--shot", options->window.shot, "save a picture of the window here");
  command->add_option("--probes", options->window.probes, "say here where each widget is");
  command->add_option("--width", options->window.width, "of the window, in pixels");
  command->add_option("--height", options->window.height, "of the window, in pixels");
  command->add_option("--theme", options->window.theme, "dark or light");
  command->add_option("--scale", options->window.scale, "of the fonts, 0.85 to 2");
  command
      ->add_option("--renderer", options->window.renderer,
                   "gl, soft or auto: OpenGL for a large window on a real GPU")
      ->check(CLI::IsMember({"auto", "gl", "soft"}));
  const auto open = [options] {
    run::Config config;
    for (const auto& [name, value] : options->target.settings) run::set(config, name, value);
    options->window.names = options->target.names;
    options->window.settings = options->target.settings;
    options->window.without_display = [options] { return run_as_text(options->target); };
    return gui::main(options->window);
  };
  command->callback([&action, open] { action = open; });
  if (!action) action = open;
#else
  (void)app;
  (void)action;
#endif
}

}  // namespace cli
