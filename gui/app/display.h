// SPDX-License-Identifier: MIT
// The window on the screen, and the renderer that fills it: our rasteriser
// through the window's surface, or OpenGL.
#pragma once

#include <memory>

#include "gui/app/gl.h"
#include "gui/app/stage.h"

struct SDL_Window;

namespace gui {

class Display {
 public:
  // False: there is none here.
  static bool exists();

  // Opens the window; after exists(). Throws sim::UserError if the display
  // refuses it, or OpenGL where options.renderer asks for that.
  Display(Stage& stage, const Options& options);
  ~Display();
  Display(const Display&) = delete;

  // Draws a frame and shows it; of one that is still there, what changed.
  // Throws sim::UserError where the rasteriser cannot draw.
  void show(float seconds);
  // Somebody may have overwritten what is shown.
  void forget() { kept_ = false; }
  void full_screen(bool on);
  bool uses_gl() const { return gl_ != nullptr; }

 private:
  bool open_gl(const Options& options);
  void show_surface(float seconds);
  void show_gl(float seconds);

  Stage& stage_;
  SDL_Window* window_ = nullptr;
  std::unique_ptr<Gl> gl_;
  const void* shown_ = nullptr;  // the pixels of the last frame
  bool kept_ = false, full_ = false;
};

}  // namespace gui
