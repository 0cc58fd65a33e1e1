// SPDX-License-Identifier: MIT
// The door of the window, for the command.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace gui {

struct Options {
  // One lesson ("ab-ba", "ab-ba/fixed") or C files; empty: the first lesson.
  std::vector<std::string> names;
  // By the names of run::settings(), over the lesson's own.
  std::vector<std::pair<std::string, std::string>> settings;

  bool headless = false;  // no window at all; needs a script or a shot
  std::string script;     // file of commands, gui/app/script.h
  std::string shot;       // PNG of the window once everything has settled
  std::string probes;     // file that says where each widget is, for tests
  int width = 1920, height = 1080;
  std::string theme;  // "dark", "light"; empty: as last time
  float scale = 0;    // 0: as last time
  // "soft", "gl", or "auto": OpenGL for a large window on a real GPU.
  std::string renderer = "auto";

  // Runs instead when there is no display; after one sentence on stderr.
  std::function<int()> without_display;
};

// 0; 1 when an expectation of the script failed; throws sim::UserError for bad
// input (unknown lesson, unreadable script).
int main(const Options& options);

}  // namespace gui
