// SPDX-License-Identifier: MIT
// A software rasteriser for ImDrawData: no GPU, bit-exact, so that pictures
// can be tests. At 1920x1080 it is ten times faster than OpenGL on a software
// driver, because nearly everything we draw is an axis-aligned rectangle or a
// glyph at its own size, and because it draws only what changed.
//
//  - A pixel belongs to a shape when its centre does; a shared edge of two
//    triangles is drawn once.
//  - The texture is the 8-bit font atlas; there is no other.
//  - The target is opaque: what is drawn over it stays opaque.
//  - A picture is drawn tile by tile, so that what is drawn over and over is
//    in the cache; on a canvas that was kept, only tiles that differ.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

#include "gui/draw/canvas.h"
#include "gui/draw/shapes.h"
#include "gui/draw/tiles.h"

namespace gui {

class Raster {
 public:
  void set_font(const uint8_t* alpha, int width, int height);
  // Returns the boxes that it wrote: all of the canvas unless that was kept.
  std::vector<Box> draw(const Canvas& canvas, const ImDrawData& data, uint32_t clear);

 private:
  void draw_tile(const Tiles::Tile& tile, const Box& box, uint32_t clear);
  void fill(const Box& box, uint32_t color);
  void glyph(const Shape& shape, const Box& box);
  void glyph_scaled(const Shape& shape, const Box& box);
  void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const Box& clip);
  void shade(uint32_t* row, int x0, int x1, float y, const struct TriangleShade& shade) const;
  float texel(float u, float v) const;  // bilinear, 0-255

  Canvas canvas_;
  const uint8_t* font_ = nullptr;
  AtlasSize atlas_;
  bool font_changed_ = false;
  std::vector<Shape> shapes_;
  Tiles tiles_;
};

}  // namespace gui
