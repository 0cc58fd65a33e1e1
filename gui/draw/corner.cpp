// SPDX-License-Identifier: MIT
#include "gui/draw/corner.h"

#include <algorithm>
#include <map>
#include <utility>

namespace gui {
namespace {

constexpr int kSamples = 8;  // along each side of a pixel

// Samples of a pixel that lie in a disc whose box begins at `inset` and has its
// centre where that of the corner is.
int inside(int radius, int inset, int x, int y) {
  const double r = radius - inset;
  int n = 0;
  for (int i = 0; i < kSamples; ++i)
    for (int k = 0; k < kSamples; ++k) {
      const double dx = radius - x - (i + 0.5) / kSamples, dy = radius - y - (k + 0.5) / kSamples;
      n += r > 0 && dx * dx + dy * dy <= r * r ? 1 : 0;
    }
  return n;
}

}  // namespace

Corner::Corner(int radius, int thickness) : radius_(std::clamp(radius, 0, kMost)) {
  for (int y = 0; y < radius_; ++y)
    for (int x = 0; x < radius_; ++x) {
      const int n = inside(radius_, 0, x, y);
      const int hole = thickness > 0 ? inside(radius_, thickness, x, y) : 0;
      cover_[y][x] = static_cast<uint8_t>((n - hole) * 255 / (kSamples * kSamples));
    }
}

const Corner& corner_of(int radius, int thickness) {
  static std::map<std::pair<int, int>, Corner> made;
  return made.try_emplace({radius, thickness}, radius, thickness).first->second;
}

}  // namespace gui
