// SPDX-License-Identifier: MIT
#include "gui/model/diff.h"

#include <algorithm>
#include <cstdint>

namespace gui {
namespace {

using Lines = std::vector<std::string>;

// length[i][j]: of the common subsequence of first[i..] and second[j..].
std::vector<std::vector<uint32_t>> lengths(const Lines& first, const Lines& second) {
  std::vector<std::vector<uint32_t>> length(first.size() + 1,
                                            std::vector<uint32_t>(second.size() + 1));
  for (size_t i = first.size(); i-- > 0;)
    for (size_t j = second.size(); j-- > 0;)
      length[i][j] = first[i] == second[j] ? length[i + 1][j + 1] + 1
                                           : std::max(length[i + 1][j], length[i][j + 1]);
  return length;
}

std::vector<DiffLine> all_lines(const Lines& first, const Lines& second) {
  const auto length = lengths(first, second);
  std::vector<DiffLine> out;
  size_t i = 0, j = 0;
  const auto number = [](size_t n) { return static_cast<unsigned>(n + 1); };
  while (i < first.size() || j < second.size()) {
    if (i < first.size() && j < second.size() && first[i] == second[j]) {
      out.push_back({DiffLine::What::kBoth, number(i), number(j), first[i]});
      ++i, ++j;
    } else if (j == second.size() || (i < first.size() && length[i + 1][j] >= length[i][j + 1])) {
      out.push_back({DiffLine::What::kOnlyFirst, number(i), 0, first[i]});
      ++i;
    } else {
      out.push_back({DiffLine::What::kOnlySecond, 0, number(j), second[j]});
      ++j;
    }
  }
  return out;
}

}  // namespace

std::vector<DiffLine> diff(const Lines& first, const Lines& second, unsigned around) {
  const std::vector<DiffLine> all = all_lines(first, second);
  std::vector<bool> shown(all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].what == DiffLine::What::kBoth) continue;
    const size_t from = i > around ? i - around : 0, to = std::min(all.size(), i + around + 1);
    for (size_t k = from; k < to; ++k) shown[k] = true;
  }
  std::vector<DiffLine> out;
  for (size_t i = 0; i < all.size(); ++i) {
    if (shown[i])
      out.push_back(all[i]);
    else if (!out.empty() && out.back().what != DiffLine::What::kGap)
      out.push_back({DiffLine::What::kGap, 0, 0, {}});
  }
  if (!out.empty() && out.back().what == DiffLine::What::kGap) out.pop_back();
  return out;
}

}  // namespace gui
