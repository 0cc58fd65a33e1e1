// SPDX-License-Identifier: MIT
#include "gui/draw/tiles.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "sketch.h"

namespace gui {
namespace {

constexpr int kTiledWidth = 500, kTiledHeight = 200;
const ImVec4 kAll = {0, 0, kTiledWidth, kTiledHeight};
constexpr size_t kPixels = size_t{kTiledWidth} * kTiledHeight;

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  // From 0 to below `n`; with halves, because centres of pixels decide.
  float below(int n) { return static_cast<float>(engine_() % static_cast<unsigned>(2 * n)) / 2; }
  bool one_of(unsigned n) { return engine_() % n == 0; }
  ImU32 color() {
    const ImU32 alpha = one_of(3) ? 255u : static_cast<ImU32>(engine_() % 256);
    return alpha << 24 | static_cast<ImU32>(engine_() % 0x1000000u);
  }

 private:
  std::mt19937 engine_;
};

// What both pictures of a pair have, then something that only one of them has.
void scribble(Sketch& sketch, unsigned seed, int shapes) {
  Random random(seed);
  for (int i = 0; i < shapes; ++i) {
    const float x = random.below(kTiledWidth), y = random.below(kTiledHeight);
    if (random.one_of(3)) {
      const unsigned a = sketch.vertex(x, y, random.color());
      sketch.vertex(random.below(kTiledWidth), random.below(kTiledHeight), random.color());
      sketch.vertex(random.below(kTiledWidth), random.below(kTiledHeight), random.color());
      sketch.triangle(a, a + 1, a + 2);
    } else {
      const int size = random.one_of(4) ? 300 : 30;
      sketch.quad(x, y, x + random.below(size), y + random.below(size), random.color());
    }
  }
}

bool inside(const std::vector<Box>& boxes, int x, int y) {
  for (const Box& b : boxes)
    if (b.covers({x, y, x + 1, y + 1})) return true;
  return false;
}

TEST(Tiles, a_kept_picture_with_its_changes_is_the_picture_drawn_whole) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    Raster raster;
    Sketch::set_font(raster);
    std::vector<uint32_t> pixels(kPixels);
    for (unsigned turn = 0; turn < 4; ++turn) {
      Sketch sketch(kTiledWidth, kTiledHeight);
      scribble(sketch, seed, 40);
      scribble(sketch, seed * 100 + turn, 3);
      const std::vector<uint32_t> before = pixels;
      const std::vector<Box> written = sketch.draw_on(raster, pixels, kAll, turn > 0);
      ASSERT_EQ(pixels, sketch.draw()) << "seed " << seed << ", picture " << turn;
      for (int y = 0; y < kTiledHeight; ++y)
        for (int x = 0; x < kTiledWidth; ++x) {
          const size_t at = static_cast<size_t>(y) * kTiledWidth + static_cast<size_t>(x);
          ASSERT_TRUE(before[at] == pixels[at] || inside(written, x, y)) << x << "," << y;
        }
    }
  }
}

TEST(Tiles, what_did_not_change_is_not_written) {
  Raster raster;
  Sketch::set_font(raster);
  std::vector<uint32_t> pixels(kPixels);
  Sketch sketch(kTiledWidth, kTiledHeight);
  sketch.quad(0, 0, kTiledWidth, kTiledHeight, 0xFF334455u);
  EXPECT_EQ(sketch.draw_on(raster, pixels, kAll, true),
            (std::vector<Box>{{0, 0, kTiledWidth, kTiledHeight}}));
  EXPECT_TRUE(sketch.draw_on(raster, pixels, kAll, true).empty());
  sketch.quad(140, 40, 150, 50, 0xFFFFFFFFu);
  EXPECT_EQ(sketch.draw_on(raster, pixels, kAll, true), (std::vector<Box>{{128, 32, 256, 64}}));
  EXPECT_EQ(sketch.draw_on(raster, pixels, kAll, false),
            (std::vector<Box>{{0, 0, kTiledWidth, kTiledHeight}}));
}

TEST(Tiles, what_a_covering_shape_hides_is_neither_drawn_nor_compared) {
  Raster raster;
  Sketch::set_font(raster);
  std::vector<uint32_t> pixels(kPixels);
  for (const ImU32 hidden : {0xFF0000FFu, 0xFF00FF00u}) {
    Sketch sketch(kTiledWidth, kTiledHeight);
    sketch.quad(10, 10, 20, 20, hidden);
    sketch.quad(0, 0, kTiledWidth, kTiledHeight, 0xFF334455u);
    const bool first = hidden == 0xFF0000FFu;
    EXPECT_EQ(sketch.draw_on(raster, pixels, kAll, true).empty(), !first);
  }
  Tiles tiles;
  tiles.begin(Tiles::kWidth, Tiles::kHeight, 0);
  tiles.add(0, {0, 0, 5, 5}, true, 1);
  tiles.add(1, {0, 0, Tiles::kWidth, Tiles::kHeight}, false, 2);
  EXPECT_EQ(tiles.all()[0].shapes.size(), 2u);
  tiles.add(2, {0, 0, Tiles::kWidth, Tiles::kHeight}, true, 3);
  EXPECT_EQ(tiles.all()[0].shapes, (std::vector<uint32_t>{2}));
}

TEST(Tiles, a_new_atlas_or_size_draws_everything) {
  Raster raster;
  Sketch::set_font(raster);
  std::vector<uint32_t> pixels(kPixels);
  Sketch sketch(kTiledWidth, kTiledHeight);
  sketch.draw_on(raster, pixels, kAll, true);
  Sketch::set_font(raster);
  EXPECT_FALSE(sketch.draw_on(raster, pixels, kAll, true).empty());
  Sketch smaller(kTiledWidth - 1, kTiledHeight);
  EXPECT_FALSE(smaller.draw_on(raster, pixels, kAll, true).empty());
}

}  // namespace
}  // namespace gui
