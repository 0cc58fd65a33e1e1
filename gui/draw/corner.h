// SPDX-License-Identifier: MIT
// How much of each pixel of a rounded corner is covered.
//
// Rounded boxes are drawn as rectangles: whole rows, and in the corners single
// pixels of less alpha. The rasteriser fills rectangles many times faster than
// the fans of triangles that ImGui would make of them.
#pragma once

#include <cstdint>

namespace gui {

class Corner {
 public:
  static constexpr int kMost = 16;  // px

  // A filled corner, or, with a thickness, the ring along it.
  explicit Corner(int radius, int thickness = 0);

  int radius() const { return radius_; }
  // Of the pixel `x` to the right of and `y` below the outer edges: 0-255.
  uint32_t cover(int x, int y) const { return cover_[y][x]; }

 private:
  int radius_;
  uint8_t cover_[kMost][kMost] = {};
};

// Made once for each size.
const Corner& corner_of(int radius, int thickness = 0);

}  // namespace gui
