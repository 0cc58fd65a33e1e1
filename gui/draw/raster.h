// SPDX-License-Identifier: MIT
// A software rasteriser for ImDrawData: no GPU, bit-exact, so that pictures
// can be tests. At 1920x1080 it is ten times faster than OpenGL on a software
// driver, because nearly everything we draw is an axis-aligned rectangle or a
// glyph at its own size.
//
//  - A pixel belongs to a shape when its centre does; a shared edge of two
//    triangles is drawn once.
//  - The texture is the 8-bit font atlas; there is no other.
//  - The target is opaque: what is drawn over it stays opaque.
#pragma once

#include <imgui.h>

#include <cstdint>

namespace gui {

struct Canvas {
  uint32_t* pixels = nullptr;  // 0xAARRGGBB
  int width = 0, height = 0;
  int pitch = 0;  // pixels from one row to the next
};

class Raster {
 public:
  void set_font(const uint8_t* alpha, int width, int height);
  void draw(const Canvas& canvas, const ImDrawData& data, uint32_t clear);

  struct Clip {
    int x0, y0, x1, y1;
  };

 private:
  void command(const ImDrawList& list, const ImDrawCmd& command);
  bool quad(const ImDrawVert* v, const ImDrawIdx* index, const Clip& clip);
  void rect(const ImDrawVert& a, const ImDrawVert& b, const Clip& clip);
  void glyph(const ImDrawVert& a, const ImDrawVert& b, const Clip& clip);
  void glyph_scaled(const ImDrawVert& a, const ImDrawVert& b, const Clip& box);
  void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const Clip& clip);
  void shade(uint32_t* row, int x0, int x1, float y, const struct TriangleShade& shade) const;
  float texel(float u, float v) const;  // bilinear, 0-255

  Canvas canvas_;
  const uint8_t* font_ = nullptr;
  int font_width_ = 0, font_height_ = 0;
};

}  // namespace gui
