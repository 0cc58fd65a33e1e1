// SPDX-License-Identifier: MIT
#include "gui/draw/tiles.h"

#include "gui/draw/hash.h"

namespace gui {
namespace {

constexpr uint64_t kCovered = 1;
constexpr size_t kBoxesMax = 16;

}  // namespace

void Tiles::begin(int width, int height, uint32_t ground) {
  if (width != width_ || height != height_) {
    width_ = width;
    height_ = height;
    columns_ = (width + kWidth - 1) / kWidth;
    tiles_.assign(
        static_cast<size_t>(columns_) * static_cast<size_t>((height + kHeight - 1) / kHeight), {});
  }
  for (Tile& t : tiles_) {
    t.before = t.hash;
    t.hash = mix_hash(2, ground);
    t.covered = false;
    t.shapes.clear();
  }
}

void Tiles::forget() {
  for (Tile& t : tiles_) t.before = 0;
}

void Tiles::add(uint32_t shape, const Box& box, bool opaque, uint64_t hash) {
  const int first = box.x0 / kWidth, last = (box.x1 - 1) / kWidth;
  for (int y = box.y0 / kHeight; y * kHeight < box.y1; ++y)
    for (int x = first; x <= last; ++x) {
      const size_t at =
          static_cast<size_t>(y) * static_cast<size_t>(columns_) + static_cast<size_t>(x);
      Tile& t = tiles_[at];
      if (opaque && box.covers(box_of(at))) {
        t.shapes.clear();
        t.covered = true;
        t.hash = kCovered;
      }
      t.shapes.push_back(shape);
      t.hash = mix_hash(t.hash, hash);
    }
}

Box Tiles::box_of(size_t tile) const {
  const int x = static_cast<int>(tile % static_cast<size_t>(columns_)) * kWidth;
  const int y = static_cast<int>(tile / static_cast<size_t>(columns_)) * kHeight;
  return {x, y, std::min(x + kWidth, width_), std::min(y + kHeight, height_)};
}

std::vector<Box> Tiles::changed_boxes() const {
  std::vector<Box> boxes;
  Box around;
  for (size_t i = 0; i < tiles_.size(); ++i) {
    if (!tiles_[i].changed()) continue;
    const Box b = box_of(i);
    around = boxes.empty() ? b
                           : Box{std::min(around.x0, b.x0), std::min(around.y0, b.y0),
                                 std::max(around.x1, b.x1), std::max(around.y1, b.y1)};
    if (!boxes.empty() && boxes.back().y0 == b.y0 && boxes.back().x1 == b.x0)
      boxes.back().x1 = b.x1;
    else
      boxes.push_back(b);
  }
  // A run under one of the same width is one box with it.
  std::vector<Box> joined;
  for (const Box& b : boxes) {
    const auto above = std::find_if(joined.begin(), joined.end(), [&](const Box& j) {
      return j.x0 == b.x0 && j.x1 == b.x1 && j.y1 == b.y0;
    });
    if (above == joined.end())
      joined.push_back(b);
    else
      above->y1 = b.y1;
  }
  if (joined.size() > kBoxesMax) return {around};
  return joined;
}

}  // namespace gui
