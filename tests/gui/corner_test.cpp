// SPDX-License-Identifier: MIT
#include "gui/draw/corner.h"

#include <gtest/gtest.h>

namespace gui {
namespace {

double area(const Corner& corner) {
  double sum = 0;
  for (int y = 0; y < corner.radius(); ++y)
    for (int x = 0; x < corner.radius(); ++x) sum += corner.cover(x, y) / 255.0;
  return sum;
}

TEST(Corner, covers_a_quarter_of_a_disc) {
  constexpr double kQuarter = 3.14159265 / 4;
  for (int r = 2; r <= Corner::kMost; ++r) {
    EXPECT_NEAR(area(Corner(r)), kQuarter * r * r, 0.03 * r * r) << r;
    EXPECT_NEAR(area(Corner(r, 1)), kQuarter * (r * r - (r - 1) * (r - 1)), 0.1 * r) << r;
  }
}

TEST(Corner, is_the_same_along_both_edges_and_full_inside) {
  const Corner corner(6);
  for (int y = 0; y < 6; ++y)
    for (int x = 0; x < 6; ++x) EXPECT_EQ(corner.cover(x, y), corner.cover(y, x));
  EXPECT_EQ(corner.cover(5, 5), 255u);
  EXPECT_EQ(corner.cover(0, 0), 0u);
}

}  // namespace
}  // namespace gui
