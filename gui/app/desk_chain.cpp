// SPDX-License-Identifier: MIT
// The chain of blockers at the cursor: a wait is caused by who holds the lock,
// a hold by what its holder waits for in turn; and the other way round.
#include <algorithm>

#include "gui/app/desk.h"

namespace gui {
namespace {

struct Link {
  TrackNumber track;
  Interval interval;
};

// The first of these tracks on which something is at this time; of one task if given.
std::optional<Link> link_on(const Timeline& t, const std::vector<TrackNumber>& tracks,
                            uint64_t time, std::optional<uint32_t> task = {}) {
  for (const TrackNumber track : tracks)
    if (const auto e = t.covering(track, time); e && (!task || e->ref == *task))
      return Link{track, *e};
  return {};
}

bool has(const std::vector<TrackNumber>& tracks, TrackNumber track) {
  return std::find(tracks.begin(), tracks.end(), track) != tracks.end();
}

// The lock that a selected wait or hold is about.
const LockTracks* lock_of(const Timeline& t, const Selection& s) {
  const bool spin = s.interval.what() == Kind::kSpin;
  for (const LockTracks& lock : t.locks)
    if (spin ? lock.thing == s.interval.ref : has(lock.hold, s.track) || has(lock.wait, s.track))
      return &lock;
  return nullptr;
}

// Who waits, as a thing; a spin bar names only its CPU.
std::optional<uint32_t> waiter(const Timeline& t, const LockTracks& lock, const Selection& s,
                               uint64_t time) {
  if (s.interval.what() != Kind::kSpin) return s.interval.ref;
  for (const TrackNumber track : lock.wait)
    if (const auto e = t.covering(track, time); e && e->cpu == s.interval.cpu) return e->ref;
  return {};
}

std::optional<Link> cause_of(const Timeline& t, const LockTracks& lock, const Selection& s,
                             uint64_t time) {
  if (s.interval.what() != Kind::kHold) return link_on(t, lock.hold, time);
  for (const LockTracks& other : t.locks)
    if (const auto link = link_on(t, other.wait, time, s.interval.ref)) return link;
  return {};
}

std::optional<Link> effect_of(const Timeline& t, const LockTracks& lock, const Selection& s,
                              uint64_t time) {
  if (s.interval.what() == Kind::kHold) return link_on(t, lock.wait, time);
  const auto task = waiter(t, lock, s, time);
  if (!task) return {};
  for (const LockTracks& other : t.locks)
    if (const auto link = link_on(t, other.hold, time, task); link && link_on(t, other.wait, time))
      return link;
  return {};
}

}  // namespace

bool Desk::walk_chain(bool to_cause) {
  const Kind kind = selection.interval.what();
  if (!selection.on || (kind != Kind::kSpin && kind != Kind::kWait && kind != Kind::kHold))
    return false;
  const LockTracks* const lock = lock_of(timeline(), selection);
  if (lock == nullptr) return false;
  const auto link = to_cause ? cause_of(timeline(), *lock, selection, cursor)
                             : effect_of(timeline(), *lock, selection, cursor);
  if (!link) return false;
  select(link->track, link->interval, false);
  return true;
}

}  // namespace gui
