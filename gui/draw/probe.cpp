// SPDX-License-Identifier: MIT
#include "gui/draw/probe.h"

#include <algorithm>
#include <numeric>

namespace gui {
namespace {

size_t distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

const Probe* Probes::find(const std::string& id) const {
  const auto it = book_.find(id);
  return it == book_.end() ? nullptr : &it->second;
}

std::vector<std::string> Probes::near(const std::string& id, size_t most) const {
  std::vector<std::pair<size_t, std::string>> ranked;
  for (const auto& [name, probe] : book_) ranked.emplace_back(distance(id, name), name);
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> names;
  for (const auto& [d, name] : ranked)
    if (names.size() < most) names.push_back(name);
  return names;
}

}  // namespace gui
