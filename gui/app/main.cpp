// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "gui/app.h"
#include "gui/app/display.h"
#include "gui/app/remember.h"
#include "gui/app/script.h"
#include "gui/app/window.h"
#include "sim/core/error.h"

namespace gui {
namespace {

int run_headless(const Options& options) {
  if (options.script.empty() && options.shot.empty())
    throw sim::UserError("--headless needs --script FILE or --shot FILE");
  const auto lines = options.script.empty() ? std::vector<std::vector<std::string>>()
                                            : Script::load(options.script);
  Stage stage(options);
  stage.open(options);
  Script script(stage, options.width, options.height);
  const int failed = options.script.empty() ? 0 : script.run(lines);
  if (options.script.empty()) script.step({"wait-sim", "busy", "=="});
  if (!options.shot.empty()) script.shot(options.shot);
  return failed == 0 ? 0 : 1;
}

}  // namespace

int main(const Options& options) {
  if (options.headless) return run_headless(options);
  if (!Display::exists()) {
    fmt::print(stderr, "lockstep: there is no display here, so this is the run as text\n");
    return options.without_display ? options.without_display() : 0;
  }
  const Settings remembered = load_settings();
  Stage stage(options);
  const std::string theme = options.theme.empty() ? remembered.theme : options.theme;
  const float scale = options.scale > 0 ? options.scale : remembered.scale;
  take_up(stage.desk, remembered);
  stage.desk.settings.theme = theme;
  stage.desk.settings.scale = scale;
  stage.open(options);
  run_window(stage, options);
  save_settings(left_behind(stage.desk));
  return 0;
}

}  // namespace gui
