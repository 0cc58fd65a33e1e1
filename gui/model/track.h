// SPDX-License-Identifier: MIT
// A track: one row of intervals that do not overlap, in order of time, with a
// pyramid of summaries so that any zoom draws in bounded time.
//
// Intervals are appended when they end; at one depth of nesting that is also
// the order of their starts. A start before the end of the last interval is
// moved to it (clocks of two CPUs may be skewed). Level L node k summarises
// eight nodes (or intervals) of the level below; only complete nodes exist.
//
// A query walks down from the largest summaries and stops where a node is
// narrower than a column. Columns are anchored at absolute time, so nothing
// shimmers while panning. Intervals as wide as a column come out exactly.
#pragma once

#include <cstdint>
#include <vector>

#include "gui/model/chunked.h"
#include "gui/model/interval.h"

namespace gui {

// What a query returns: an exact interval (count 1) or a folded column.
struct Segment {
  uint64_t start, end;  // ns
  Kind kind;            // of a column: the kind with most time
  uint8_t cover;        // of a column: busy share in eighths, 1-8
  uint16_t mask;        // kinds inside
  uint32_t count;       // intervals inside
  uint32_t index;       // of the interval, or of the column's first
};

class Track {
 public:
  void append(uint64_t start, uint64_t end, Kind kind, uint32_t ref, unsigned cpu = 0);
  void truncate(size_t size);

  size_t size() const { return intervals_.size(); }
  const Interval& operator[](size_t i) const { return intervals_[i]; }
  size_t bytes() const;

  // The first interval that ends after `time`; size() if there is none.
  size_t first_ending_after(uint64_t time) const;
  // The interval that covers `time`, or size().
  size_t at(uint64_t time) const;

  // Everything that touches [t0, t1], folded to columns of `column` ns.
  void query(uint64_t t0, uint64_t t1, uint64_t column, std::vector<Segment>& out) const;

 private:
  static constexpr unsigned kFanLog = 3, kFan = 1u << kFanLog, kLevels = 9;
  struct Node {
    uint64_t start, end;
    uint32_t busy;  // share of the span that is covered, of 65535
    uint16_t mask;
    uint8_t kind;   // with most time
    uint8_t share;  // of that kind among the covered time, of 255
  };
  class Folder;

  static Node summary_of(const Track& track, unsigned level, size_t first);
  void fold_node(Folder& f, unsigned level, size_t i) const;
  void fold_interval(Folder& f, size_t i) const;

  Chunked<Interval, 8> intervals_;
  Chunked<Node, 6> levels_[kLevels];
};

}  // namespace gui
