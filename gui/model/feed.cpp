// SPDX-License-Identifier: MIT
#include "gui/model/feed.h"

#include <algorithm>

namespace gui {

namespace {
constexpr size_t kSnapshotsMax = 64;
}

Feed::Feed(unsigned cpus) : timeline_(cpus), builder_(cpus), lanes_(cpus) { take_snapshot(0); }

bool Feed::collect(const sim::Trace& trace, size_t budget) {
  bool more = false;
  const size_t share = std::max<size_t>(1, budget / std::max<size_t>(1, lanes_.size()));
  for (unsigned cpu = 0; cpu < lanes_.size(); ++cpu) {
    Lane& lane = lanes_[cpu];
    const sim::Lane& from = trace.lane(cpu);
    lane.staged.erase(lane.staged.begin(), lane.staged.begin() + static_cast<ptrdiff_t>(lane.next));
    lane.next = 0;
    lost_ += from.first() - std::min(lane.collected, from.first());
    lane.collected = std::max(lane.collected, from.first());
    lane.known = from.size();
    const uint64_t room = share > lane.left() ? share - lane.left() : 0;
    const uint64_t end = std::min(from.size(), lane.collected + room);
    while (lane.collected < end) {
      const uint64_t chunk = lane.collected / sim::Lane::kChunkEvents;
      const uint64_t to = std::min(end, (chunk + 1) * sim::Lane::kChunkEvents);
      const sim::Event* const first = &from[lane.collected];
      lane.staged.insert(lane.staged.end(), first, first + (to - lane.collected));
      lane.collected = to;
    }
    more = more || !lane.complete();
  }
  return more;
}

uint64_t Feed::behind() const {
  uint64_t n = 0;
  for (const Lane& lane : lanes_)
    n += lane.left() + lane.known - std::min(lane.known, lane.collected);
  return n;
}

bool Feed::drain(size_t budget) {
  // Beyond the last staged step of an incomplete lane the order is unknown.
  uint64_t horizon = UINT64_MAX;
  for (const Lane& lane : lanes_)
    if (!lane.complete())
      horizon = std::min<uint64_t>(horizon, lane.left() == 0 ? 0 : lane.staged.back().step);
  while (budget > 0) {
    Lane* first = nullptr;
    uint64_t second = UINT64_MAX;  // the run of `first` lasts up to here
    for (Lane& lane : lanes_) {
      if (lane.left() == 0) continue;
      const uint64_t step = lane.staged[lane.next].step;
      if (first == nullptr || step < first->staged[first->next].step) {
        if (first != nullptr) second = std::min<uint64_t>(second, first->staged[first->next].step);
        first = &lane;
      } else {
        second = std::min(second, step);
      }
    }
    if (first == nullptr || first->staged[first->next].step >= horizon) return false;
    const uint64_t limit = std::min(second, horizon - 1);
    do {
      const sim::Event& e = first->staged[first->next];
      if (timeline_.events >= next_snapshot_ && e.step > timeline_.last_step) take_snapshot(e.step);
      builder_.add(timeline_, e);
      ++first->next;
      --budget;
    } while (budget > 0 && first->left() > 0 && first->staged[first->next].step <= limit);
  }
  return true;
}

void Feed::take_snapshot(uint64_t step) {
  Snapshot s{step,
             builder_,
             {},
             {},
             timeline_.open,
             timeline_.flows.size(),
             timeline_.contentions.size(),
             timeline_.samples.size(),
             timeline_.callbacks_queued.size(),
             timeline_.callbacks_invoked.size(),
             timeline_.events,
             timeline_.last_time,
             timeline_.last_step,
             timeline_.locks,
             timeline_.vectors,
             timeline_.softirqs};
  for (const Lane& lane : lanes_) s.consumed.push_back(consumed(lane));
  for (const Track& track : timeline_.tracks) s.tracks.push_back(track.size());
  snapshots_.push_back(std::move(s));
  next_snapshot_ = timeline_.events + snapshot_every_;
  if (snapshots_.size() <= kSnapshotsMax) return;
  // Thin out: every second one, and half as often from now on.
  std::vector<Snapshot> kept;
  for (size_t i = 0; i < snapshots_.size(); i += 2) kept.push_back(std::move(snapshots_[i]));
  snapshots_ = std::move(kept);
  snapshot_every_ *= 2;
}

void Feed::restore(const Snapshot& s) {
  builder_ = s.builder;
  for (size_t i = 0; i < timeline_.tracks.size(); ++i) {
    timeline_.tracks[i].truncate(i < s.tracks.size() ? s.tracks[i] : 0);
    timeline_.open[i] = i < s.open.size() ? s.open[i] : Open{};
  }
  timeline_.flows.truncate(s.flows);
  timeline_.contentions.truncate(s.contentions);
  timeline_.samples.truncate(s.samples);
  timeline_.callbacks_queued.truncate(s.queued);
  timeline_.callbacks_invoked.truncate(s.invoked);
  timeline_.vectors = s.vectors;
  timeline_.softirqs = s.softirqs;
  timeline_.events = s.events;
  timeline_.last_time = s.last_time;
  timeline_.last_step = s.last_step;
  for (size_t i = 0; i < timeline_.locks.size(); ++i) {
    // Slots that were made since stay, empty; counts go back.
    const LockTracks old = i < s.locks.size() ? s.locks[i] : LockTracks{};
    LockTracks& now = timeline_.locks[i];
    now.acquisitions = old.acquisitions, now.contentions = old.contentions;
    now.longest_hold = old.longest_hold, now.longest_wait = old.longest_wait;
    now.total_hold = old.total_hold, now.total_wait = old.total_wait;
  }
  for (size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i] = {};
    lanes_[i].collected = lanes_[i].known = s.consumed[i];
  }
  next_snapshot_ = timeline_.events + snapshot_every_;
}

void Feed::rewrite(uint64_t step) {
  size_t keep = snapshots_.size();
  while (keep > 1 && snapshots_[keep - 1].step > step) --keep;
  snapshots_.resize(keep, snapshots_[0]);
  restore(snapshots_.back());
}

}  // namespace gui
