// SPDX-License-Identifier: MIT
// Pixels to draw on, and boxes of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace gui {

// Pixels x0 <= x < x1 of the rows y0 <= y < y1.
struct Box {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool empty() const { return x0 >= x1 || y0 >= y1; }
  bool covers(const Box& b) const { return x0 <= b.x0 && y0 <= b.y0 && x1 >= b.x1 && y1 >= b.y1; }
  friend bool operator==(const Box&, const Box&) = default;
};

inline Box common(const Box& a, const Box& b) {
  return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

struct Canvas {
  uint32_t* pixels = nullptr;  // 0xAARRGGBB
  int width = 0, height = 0;
  int pitch = 0;      // pixels from one row to the next
  bool kept = false;  // holds what the same rasteriser drew last: it may draw only what changed
  uint32_t* row(int y) const { return pixels + static_cast<ptrdiff_t>(y) * pitch; }
};

}  // namespace gui
