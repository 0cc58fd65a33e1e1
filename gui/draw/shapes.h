// SPDX-License-Identifier: MIT
// What ImGui wants drawn, as a flat list of shapes whose pixels are known.
//
// ImGui emits triangles. Nearly all of ours are halves of an axis-aligned
// rectangle of one colour or of a glyph at its own size: those become one
// shape with whole coordinates, clipped; what remains stays a triangle.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

#include "gui/draw/canvas.h"

namespace gui {

struct Shape {
  enum class Kind : uint8_t {
    kFill,    // `box` in `color`
    kGlyph,   // `color` through the atlas, whose texel (u, v) lies at the box' corner
    kScaled,  // the same from a to b, at another size than the atlas'
    kTriangle
  };
  Kind kind = Kind::kFill;
  uint32_t color = 0;  // 0xAARRGGBB; of a triangle: its corners'
  Box box;             // the pixels that it may touch
  int u = 0, v = 0;
  const ImDrawVert *a = nullptr, *b = nullptr, *c = nullptr;  // valid as long as the draw data

  bool opaque_fill() const { return kind == Kind::kFill && color >> 24 == 255; }
  // Of all that its pixels depend on but the atlas.
  uint64_t hash() const;
};

struct AtlasSize {
  int width = 0, height = 0;
};

// In the order in which they are drawn; those that touch no pixel are left out.
void list_shapes(const ImDrawData& data, const Box& canvas, AtlasSize atlas,
                 std::vector<Shape>& to);

}  // namespace gui
