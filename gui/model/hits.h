// SPDX-License-Identifier: MIT
// Which lines of the user's files ran, and when: one entry each time that a CPU
// comes to a line, however many steps it takes there.
//
// The machine's side makes LineHits in order of steps (gui/app/line_watch.h);
// the window keeps them here, by line.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace gui {

struct LineHit {
  uint64_t step;
  uint64_t time : 48;  // ns
  uint64_t cpu : 8;
  uint64_t spare : 8 = 0;
  uint32_t place;  // number of a Place
};

struct Place {
  std::string file;
  unsigned line = 0;
};

class Hits {
 public:
  static constexpr size_t kMomentsMax = size_t{1} << 20;  // kept; counts go on

  struct Moment {
    uint64_t step;
    uint64_t time : 48;
    uint64_t cpu : 8;
    uint64_t spare : 8;
  };
  struct Line {
    uint64_t count = 0;
    std::vector<Moment> moments;  // by step; the first ones
  };

  void name(uint32_t place, const Place& where);
  void add(const LineHit& hit);
  // From `step` on not every hit is told any more: counts are "at least".
  void sampled_from(uint64_t step) { sampled_from_ = step; }
  bool sampled() const { return sampled_from_ != UINT64_MAX; }
  // Forgets everything from `step` on.
  void rewrite(uint64_t step);

  // nullptr: it never ran.
  const Line* of(const std::string& file, unsigned line) const;

 private:
  std::map<std::pair<std::string, unsigned>, Line> lines_;
  std::vector<Line*> by_place_;
  size_t kept_ = 0;
  uint64_t sampled_from_ = UINT64_MAX;
};

}  // namespace gui
