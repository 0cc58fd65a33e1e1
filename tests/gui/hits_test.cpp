// SPDX-License-Identifier: MIT
#include "gui/model/hits.h"

#include <gtest/gtest.h>

namespace gui {
namespace {

struct HitsTest : testing::Test {
  void SetUp() override {
    hits.name(0, {"a.c", 10});
    hits.name(1, {"a.c", 12});
    hits.name(2, {"b.c", 10});
    for (unsigned step = 1; step <= 6; ++step) {
      LineHit hit{};
      hit.step = step;
      hit.time = step * 10;
      hit.place = step % 2 ? 0 : 2;
      hits.add(hit);
    }
  }
  Hits hits;
};

TEST_F(HitsTest, lines_of_different_files_are_different_lines) {
  ASSERT_NE(hits.of("a.c", 10), nullptr);
  EXPECT_EQ(hits.of("a.c", 10)->count, 3u);
  EXPECT_EQ(hits.of("b.c", 10)->count, 3u);
  EXPECT_EQ(hits.of("a.c", 12), nullptr) << "known, but it never ran";
  EXPECT_EQ(hits.of("c.c", 1), nullptr);
  EXPECT_EQ(hits.of("b.c", 10)->moments[1].step, 4u);
  EXPECT_EQ(hits.of("b.c", 10)->moments[1].time, 40u);
}

TEST_F(HitsTest, an_input_takes_back_what_came_after_it) {
  hits.rewrite(4);
  EXPECT_EQ(hits.of("a.c", 10)->count, 2u);
  EXPECT_EQ(hits.of("b.c", 10)->count, 1u);
  hits.rewrite(0);
  EXPECT_EQ(hits.of("a.c", 10), nullptr);
  LineHit hit{};
  hit.place = 1;
  hits.add(hit);
  EXPECT_EQ(hits.of("a.c", 12)->count, 1u);
}

TEST_F(HitsTest, a_place_nobody_has_named_is_ignored) {
  LineHit hit{};
  hit.place = 77;
  hits.add(hit);
  EXPECT_EQ(hits.of("a.c", 10)->count, 3u);
}

}  // namespace
}  // namespace gui
