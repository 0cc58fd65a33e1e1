// SPDX-License-Identifier: MIT
// A picture in tiles: which shapes touch each, and which tiles differ from
// the picture before.
//
// Most of a frame is what the last one was. A tile remembers a hash of its
// shapes; if it comes out the same, its pixels are right already. A shape that
// covers a whole tile makes everything below it there fall away.
#pragma once

#include <cstdint>
#include <vector>

#include "gui/draw/canvas.h"

namespace gui {

class Tiles {
 public:
  // A tile's pixels and the shapes of a busy one stay in a core's first cache.
  static constexpr int kWidth = 128, kHeight = 32;  // px

  struct Tile {
    std::vector<uint32_t> shapes;  // bottom first
    bool covered = false;          // the first of them hides what is below
    uint64_t hash = 0, before = 0;
    bool changed() const { return hash != before; }
  };

  // A new picture of that size on a ground of that colour.
  void begin(int width, int height, uint32_t ground);
  // What is on the canvas is not the last picture: all tiles are to be drawn.
  void forget();
  // Shapes come in the order in which they are drawn.
  void add(uint32_t shape, const Box& box, bool opaque, uint64_t hash);

  const std::vector<Tile>& all() const { return tiles_; }
  Box box_of(size_t tile) const;
  // The changed tiles in few boxes, or in the one around them.
  std::vector<Box> changed_boxes() const;

 private:
  int width_ = 0, height_ = 0, columns_ = 0;
  std::vector<Tile> tiles_;
};

}  // namespace gui
