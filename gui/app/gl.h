// SPDX-License-Identifier: MIT
// Frames by OpenGL, for large windows on a real GPU; the window's other
// renderer is gui/draw/raster.h. Dear ImGui's own backend draws; what stands here is the
// context, the atlas and the way back of the pixels.
//
// A software driver is found out by its name: on one, our rasteriser is ten
// times faster.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct SDL_Window;

namespace gui {

class Gl {
 public:
  // What a window must be made with.
  static uint32_t window_flag();
  // Null if OpenGL 3.2 does not come up in `window`; why: SDL_GetError().
  static std::unique_ptr<Gl> open(SDL_Window* window);
  ~Gl();
  Gl(const Gl&) = delete;

  const std::string& driver() const { return driver_; }
  bool is_software() const;
  // Makes a texture of the atlas (one byte a texel), in place of the last one.
  ImTextureID atlas(const uint8_t* alpha, int width, int height);
  void draw(const ImDrawData& data, uint32_t ground);  // 0xAARRGGBB
  // What was drawn since show(), 0xAARRGGBB, top row first.
  std::vector<uint32_t> read(int width, int height);
  void show();

 private:
  struct Functions;
  Gl(SDL_Window* window, void* context);
  SDL_Window* window_;
  void* context_;
  std::unique_ptr<Functions> f_;
  std::string driver_;
  unsigned texture_ = 0;
};

}  // namespace gui
