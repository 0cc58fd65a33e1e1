// SPDX-License-Identifier: MIT
// Feed: brings the trace into the index, in two halves, so that the machine's
// thread is held only for a copy:
//
//   feed.collect(trace, budget);   // while the machine stands still
//   feed.drain(budget);            // any time
//
// Lanes are merged by step. The index keeps the known future when the session
// goes back (re-execution makes the same events); only rewrite(step) forgets,
// when an input has changed the past from that step on.
#pragma once

#include <cstdint>
#include <vector>

#include "gui/model/builder.h"
#include "gui/model/timeline.h"
#include "sim/core/trace.h"

namespace gui {

class Feed {
 public:
  explicit Feed(unsigned cpus);

  // Copies at most `budget` events; true if the trace holds more.
  bool collect(const sim::Trace& trace, size_t budget);
  // Indexes at most `budget` of the collected events; true if some are left.
  bool drain(size_t budget);
  // Events that the trace held at the last collect() and the index does not yet.
  uint64_t behind() const;
  // Events that the trace dropped (its memory is limited) before they were read.
  uint64_t lost() const { return lost_; }
  // Forgets everything from `step` on. The next collect() reads it again.
  void rewrite(uint64_t step);

  const Timeline& timeline() const { return timeline_; }
  Timeline& timeline() { return timeline_; }

 private:
  struct Lane {
    std::vector<sim::Event> staged;
    size_t next = 0;         // first staged event that is not indexed yet
    uint64_t collected = 0;  // lane events copied so far
    uint64_t known = 0;      // how many the trace held at the last collect()
    bool complete() const { return collected >= known; }
    size_t left() const { return staged.size() - next; }
  };
  // Counts to cut back to.
  struct Snapshot {
    uint64_t step;  // everything before this step is in
    Builder builder;
    std::vector<uint64_t> consumed;  // per lane
    std::vector<size_t> tracks;
    std::vector<Open> open;
    size_t flows, contentions, samples, queued, invoked;
    uint64_t events, last_time, last_step;
    std::vector<LockTracks> locks;
    std::vector<std::vector<IrqCount>> vectors;
    SoftirqCounts softirqs;
  };
  uint64_t consumed(const Lane& lane) const { return lane.collected - lane.left(); }
  void take_snapshot(uint64_t step);
  void restore(const Snapshot& s);

  Timeline timeline_;
  Builder builder_;
  std::vector<Lane> lanes_;
  uint64_t lost_ = 0;
  std::vector<Snapshot> snapshots_;
  uint64_t snapshot_every_ = 16384, next_snapshot_ = 0;
};

}  // namespace gui
