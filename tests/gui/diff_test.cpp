// SPDX-License-Identifier: MIT
#include "gui/model/diff.h"

#include <gtest/gtest.h>

namespace gui {
namespace {

using What = DiffLine::What;

std::string drawn(const std::vector<DiffLine>& lines) {
  std::string out;
  for (const DiffLine& l : lines)
    out += (l.what == What::kBoth         ? " "
            : l.what == What::kOnlyFirst  ? "-"
            : l.what == What::kOnlySecond ? "+"
                                          : "~") +
           l.text;
  return out;
}

TEST(Diff, equal_texts_have_none) { EXPECT_TRUE(diff({"a", "b"}, {"a", "b"}).empty()); }

TEST(Diff, a_changed_line_stands_between_what_stayed) {
  EXPECT_EQ(drawn(diff({"a", "b", "c"}, {"a", "x", "c"}, 1)), " a-b+x c");
  EXPECT_EQ(drawn(diff({}, {"a"})), "+a");
  EXPECT_EQ(drawn(diff({"a"}, {})), "-a");
}

TEST(Diff, what_is_far_from_any_difference_is_left_out) {
  const std::vector<std::string> first = {"1", "2", "3", "4", "5", "6", "7", "8"};
  std::vector<std::string> second = first;
  second[0] = "x";
  second[7] = "y";
  const auto lines = diff(first, second, 1);
  EXPECT_EQ(drawn(lines), "-1+x 2~ 7-8+y");
  EXPECT_EQ(lines.back().second, 8u);
}

}  // namespace
}  // namespace gui
