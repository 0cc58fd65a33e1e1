// SPDX-License-Identifier: MIT
#include "gui/draw/raster.h"

#include <gtest/gtest.h>

#include <vector>

#include "gui/draw/span.h"
#include "sketch.h"

namespace gui {
namespace {

uint32_t at(const std::vector<uint32_t>& p, int x, int y) {
  return p[static_cast<size_t>(y * kSketchWidth + x)];
}

TEST(Raster, a_rectangle_covers_the_pixels_whose_centres_it_holds) {
  for (const ImU32 color : {0xFF3366CCu, 0x803366CCu}) {
    Sketch sketch;
    sketch.quad(5.4f, 3.6f, 20.5f, 9.5f, color);
    const auto got = sketch.draw({0, 0, 18, 8});
    const uint32_t over = span::from_imgui(color), alpha = color >> 24;
    for (int y = 0; y < kSketchHeight; ++y)
      for (int x = 0; x < kSketchWidth; ++x) {
        const float cx = static_cast<float>(x) + .5f, cy = static_cast<float>(y) + .5f;
        const bool in = cx >= 5.4f && cx < 20.5f && cy >= 3.6f && cy < 9.5f && x < 18 && y < 8;
        const uint32_t inside = alpha == 255 ? over : span::blend(kClear, over, alpha);
        ASSERT_EQ(at(got, x, y), in ? inside : kClear) << x << ',' << y;
      }
  }
}

TEST(Raster, triangles_that_share_an_edge_never_blend_twice) {
  Sketch sketch;
  const ImU32 color = 0x80FFFFFFu;
  const unsigned a = sketch.vertex(3.2f, 2.7f, color), b = sketch.vertex(50.1f, 11.3f, color),
                 c = sketch.vertex(44.8f, 41.9f, color), d = sketch.vertex(8.4f, 35.2f, color);
  sketch.triangle(a, b, c);
  sketch.triangle(c, d, a);
  const auto got = sketch.draw();
  const uint32_t once = span::blend(kClear, 0xFFFFFFu, 0x80);
  size_t covered = 0;
  for (const uint32_t p : got) {
    ASSERT_TRUE(p == kClear || p == once) << std::hex << p;
    covered += p == once;
  }
  EXPECT_NEAR(static_cast<double>(covered), 1286, 40);  // the area of the quadrilateral
}

TEST(Raster, a_glyph_at_its_own_size_is_copied) {
  Sketch sketch;
  const ImU32 color = 0xFFFFFFFFu;
  const unsigned q = sketch.vertex(10, 10, color, 0, 0);
  sketch.vertex(14, 10, color, 1, 0);
  sketch.vertex(14, 14, color, 1, 1);
  sketch.vertex(10, 14, color, 0, 1);
  sketch.triangle(q, q + 1, q + 2);
  sketch.triangle(q, q + 2, q + 3);
  const auto got = sketch.draw();
  EXPECT_EQ(at(got, 11, 11), 0xFFFFFFFFu);
  EXPECT_EQ(at(got, 12, 11), span::blend(kClear, 0xFFFFFF, 128));
  EXPECT_EQ(at(got, 10, 10), kClear);
}

TEST(Raster, colours_run_between_corners) {
  Sketch sketch;
  const unsigned a = sketch.vertex(0, 0, 0xFF000000u), b = sketch.vertex(60, 0, 0xFF0000FFu),
                 c = sketch.vertex(0, 40, 0xFF000000u);
  sketch.triangle(a, b, c);
  const auto got = sketch.draw();
  uint32_t before = 0;
  for (int x = 0; x < 50; ++x) {
    const uint32_t red = (at(got, x, 0) >> 16) & 255u;
    EXPECT_GE(red, before);
    EXPECT_NEAR(red, (static_cast<double>(x) + .5) / 60 * 255, 3);
    before = red;
  }
}

TEST(Span, four_at_a_time_equals_one_at_a_time) {
  for (uint32_t alpha = 0; alpha < 256; ++alpha) {
    uint32_t wide[7], one[7];
    for (uint32_t i = 0; i < 7; ++i) wide[i] = one[i] = 0xFF000000u | i * 0x1F2F3Fu;
    span::blend_run(wide, 7, 0xFFA07E31u, alpha);
    for (uint32_t& p : one) p = span::blend(p, 0xFFA07E31u, alpha);
    for (int i = 0; i < 7; ++i) ASSERT_EQ(wide[i], one[i]) << alpha;
  }
}

TEST(Raster, a_fringe_fades_evenly) {
  Sketch sketch;
  const unsigned q = sketch.vertex(10, 10, 0xFF3366CCu);
  sketch.vertex(42, 10, 0x003366CCu);
  sketch.vertex(42, 20, 0x003366CCu);
  sketch.vertex(10, 20, 0xFF3366CCu);
  sketch.triangle(q, q + 1, q + 2);
  sketch.triangle(q, q + 2, q + 3);
  const auto got = sketch.draw();
  for (int x = 10; x < 42; ++x) {
    const double share = 1 - (x + 0.5 - 10) / 32;
    const auto alpha = static_cast<uint32_t>(255 * share + 0.5);
    const uint32_t wanted = span::blend(kClear, span::from_imgui(0x3366CCu), alpha);
    for (int y = 10; y < 20; ++y)
      for (int shift = 0; shift < 24; shift += 8)
        EXPECT_NEAR(static_cast<int>(at(got, x, y) >> shift & 255u),
                    static_cast<int>(wanted >> shift & 255u), 2)
            << x << "," << y;
  }
  EXPECT_EQ(at(got, 9, 12), kClear);
  EXPECT_EQ(at(got, 42, 12), kClear);
}

}  // namespace
}  // namespace gui
