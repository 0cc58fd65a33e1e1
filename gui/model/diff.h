// SPDX-License-Identifier: MIT
// What differs between two texts, line by line: a longest common subsequence,
// with a few common lines around each difference.
#pragma once

#include <string>
#include <vector>

namespace gui {

struct DiffLine {
  enum class What { kBoth, kOnlyFirst, kOnlySecond, kGap } what;
  unsigned first = 0, second = 0;  // line numbers; 0: not in that text
  std::string text;
};

std::vector<DiffLine> diff(const std::vector<std::string>& first,
                           const std::vector<std::string>& second, unsigned around = 2);

}  // namespace gui
