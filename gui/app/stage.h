// SPDX-License-Identifier: MIT
// The stage: ImGui, the desk and the rasteriser; one frame at a time, into
// whatever pixels there are. A window and a script drive the same stage.
#pragma once

#include <functional>
#include <string>
#include <vector>

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

  // News from the machine, input, layout, pixels. Returns the boxes it wrote.
  std::vector<Box> frame(const Canvas& canvas, float seconds);
  // The same without pixels: somebody else draws ImGui's draw data on ground().
  void compose(int width, int height, float seconds);
  uint32_t ground() const;  // 0xAARRGGBB
  // The composed frame is to be saved.
  bool shot_due() const { return !shot_.empty(); }
  void take_shot(const Canvas& canvas);
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
  // Of the font atlas (one byte a texel), for another renderer than ours.
  std::function<ImTextureID(const uint8_t* alpha, int width, int height)> make_texture;

 private:
  void renew_looks();
  Raster raster_;
  std::string shot_;  // path of the picture to be saved
  SaveWatch saves_;
  std::vector<ImGuiKey> held_;  // released in the next frame
};

// True if the open text field makes use of this key.
bool is_edit_key(const std::string& name, ImGuiKey& key);

}  // namespace gui
