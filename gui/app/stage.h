// SPDX-License-Identifier: MIT
// The stage: ImGui, the desk and the rasteriser; one frame at a time, into
// whatever pixels there are. A window and a script drive the same stage.
#pragma once

#include <string>

#include "gui/app.h"
#include "gui/app/desk.h"
#include "gui/app/save_watch.h"
#include "gui/draw/raster.h"

namespace gui {

class Stage {
 public:
  explicit Stage(const Options& options);
  ~Stage();
  Stage(const Stage&) = delete;

  // News from the machine, input, layout, pixels.
  void frame(const Canvas& canvas, float seconds);
  // Opens what the options name. Throws sim::UserError for unknown names.
  void open(const Options& options);
  // One key, written as in the action table ("ctrl+z"): a text field that has
  // the keyboard takes it, else the action that it stands for.
  void key(const std::string& name);
  void text(const std::string& utf8);
  // A file was dropped on the window.
  void drop(const std::string& path) { desk.open_files({path}); }
  // The user's files are compiled again when one was saved. Every frame, also
  // when nothing is drawn.
  void look_for_saves();

  Desk desk;

 private:
  void renew_looks();
  Raster raster_;
  SaveWatch saves_;
  std::vector<ImGuiKey> held_;  // released in the next frame
};

// True if the open text field makes use of this key.
bool is_edit_key(const std::string& name, ImGuiKey& key);

}  // namespace gui
