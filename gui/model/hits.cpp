// SPDX-License-Identifier: MIT
#include "gui/model/hits.h"

#include <algorithm>

namespace gui {

void Hits::name(uint32_t place, const Place& where) {
  if (by_place_.size() <= place) by_place_.resize(place + 1);
  by_place_[place] = &lines_[{where.file, where.line}];
}

void Hits::add(const LineHit& hit) {
  if (hit.place >= by_place_.size() || by_place_[hit.place] == nullptr) return;
  Line& line = *by_place_[hit.place];
  ++line.count;
  if (kept_ >= kMomentsMax) return;
  ++kept_;
  line.moments.push_back({hit.step, hit.time, hit.cpu, 0});
}

// Beyond kMomentsMax counts can no longer be taken back exactly; they are then
// what is known for sure.
void Hits::rewrite(uint64_t step) {
  for (auto& [where, line] : lines_) {
    const auto from = std::lower_bound(line.moments.begin(), line.moments.end(), step,
                                       [](const Moment& m, uint64_t s) { return m.step < s; });
    const auto gone = static_cast<size_t>(line.moments.end() - from);
    if (gone == 0 && line.count == line.moments.size()) continue;
    kept_ -= gone;
    line.moments.erase(from, line.moments.end());
    line.count = line.moments.size();
  }
}

const Hits::Line* Hits::of(const std::string& file, unsigned line) const {
  const auto it = lines_.find({file, line});
  return it == lines_.end() || it->second.count == 0 ? nullptr : &it->second;
}

}  // namespace gui
