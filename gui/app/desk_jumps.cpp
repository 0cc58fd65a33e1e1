// SPDX-License-Identifier: MIT
// Jumps: from one interesting moment to another.
#include <algorithm>
#include <cmath>

#include "gui/app/desk.h"

namespace gui {

void Desk::jump_contention(int direction) {
  const auto& all = timeline().contentions;
  const Contention* best = nullptr;
  for (size_t i = 0; i < all.size(); ++i) {
    const Contention& c = all[i];
    if (direction > 0 ? c.time > cursor : c.time < cursor) {
      best = &c;
      if (direction > 0) break;
    }
  }
  if (best == nullptr) {
    say(direction > 0 ? "No later contention so far" : "No earlier contention");
    return;
  }
  const LockTracks& lock = timeline().locks[best->lock];
  for (const TrackNumber track : timeline().cpu[best->cpu].flame) {
    const auto e = timeline().covering(track, best->time);
    if (e && e->what() == Kind::kSpin && e->ref == lock.thing) {
      select(track, *e, true);
      return;
    }
  }
  go_to(best->time);
}

void Desk::jump_finding(int direction) {
  const check::Finding* best = nullptr;
  for (const check::Finding& f : state.findings) {
    if (direction > 0 ? f.time_ns > cursor : f.time_ns < cursor) {
      best = &f;
      if (direction > 0) break;
    }
  }
  if (best == nullptr) {
    say(direction > 0 ? "No later finding so far; press End to run on" : "No earlier finding");
    return;
  }
  go_to_finding(*best);
}

// CPUs' clocks differ by some ns. What led to the finding may bear later times
// than the finding itself, and is to be seen as well.
void Desk::go_to_finding(const check::Finding& f) {
  if (!is_open()) return;
  go_to_step(f.step, std::max<uint64_t>(f.time_ns, timeline().time_at(f.step)));
  show_finding(f);
}

void Desk::jump_bookmark(int direction) {
  const Bookmark* best = nullptr;
  for (const Bookmark& b : bookmarks)
    if (direction > 0 ? b.time > cursor : b.time < cursor) {
      best = &b;
      if (direction > 0) break;
    }
  if (best != nullptr) go_to(best->time);
}

void Desk::walk_lane(int direction) {
  TrackNumber track = selection.on ? selection.track : kNoTrack;
  if (track == kNoTrack && !timeline().cpu[0].flame.empty()) track = timeline().cpu[0].flame[0];
  if (track == kNoTrack) return;
  const Track& t = timeline().tracks[track];
  size_t i = t.first_ending_after(selection.on ? selection.interval.start : cursor);
  if (direction > 0) {
    if (selection.on && i < t.size() && t[i].start == selection.interval.start) ++i;
  } else {
    if (i == 0) return;
    --i;
  }
  if (i < t.size()) select(track, t[i], true);
}

void Desk::change_lane(int direction) {
  std::vector<TrackNumber> lanes;
  for (const CpuTracks& cpu : timeline().cpu)
    lanes.insert(lanes.end(), cpu.flame.begin(), cpu.flame.end());
  if (lanes.empty()) return;
  const auto at = std::find(lanes.begin(), lanes.end(), selection.track);
  ptrdiff_t n = at == lanes.end() || !selection.on ? -direction : at - lanes.begin();
  for (n += direction; n >= 0 && n < static_cast<ptrdiff_t>(lanes.size()); n += direction) {
    const TrackNumber track = lanes[static_cast<size_t>(n)];
    if (const auto e = timeline().covering(track, cursor)) {
      selection = {true, track, *e};
      return;
    }
  }
}

// Along the chain of blockers; from anything else along the nearest arrow.
void Desk::follow_flow(bool to_cause) {
  if (walk_chain(to_cause)) return;
  if (selection.on && to_cause && selection.interval.what() == Kind::kSpin) {
    to_holder();
    return;
  }
  const auto& flows = timeline().flows;
  const uint64_t from = selection.on ? selection.interval.start : cursor;
  const uint64_t to = selection.on ? selection.interval.end() : cursor;
  const unsigned cpu = selection.on ? static_cast<unsigned>(selection.interval.cpu) : 256;
  const Flow* best = nullptr;
  for (size_t i = 0; i < flows.size(); ++i) {
    const Flow& f = flows[i];
    const uint64_t here = to_cause ? f.to_time : f.from_time;
    const unsigned on = to_cause ? f.to_cpu : f.from_cpu;
    if ((cpu == 256 || on == cpu) && here + 2000 >= from && here <= to + 2000) best = &f;
  }
  if (best == nullptr) {
    say(to_cause ? "No arrow leads here" : "No arrow starts here");
    return;
  }
  const uint64_t there = to_cause ? best->from_time : best->to_time;
  const unsigned on = to_cause ? best->from_cpu : best->to_cpu;
  const size_t depth = to_cause ? best->from_depth : best->to_depth;
  const auto& flame = timeline().cpu[on].flame;
  if (depth > 0 && depth <= flame.size()) {
    const TrackNumber track = flame[depth - 1];
    if (const auto e = timeline().covering(track, there)) selection = {true, track, *e};
  }
  go_to(there);
}

// Who held the lock while it was waited for; at the wait's very start the
// holder's own clock may not be there yet.
static std::optional<Interval> held_during(const Timeline& t, TrackNumber track,
                                           const Interval& wait) {
  if (const auto e = t.covering(track, wait.start)) return e;
  const Track& all = t.tracks[track];
  const size_t i = all.first_ending_after(wait.start);
  if (i < all.size() && all[i].start <= wait.end()) return all[i];
  return t.covering(track, wait.end());
}

void Desk::to_holder() {
  const std::optional<uint32_t> wanted = selection.on && (selection.interval.what() == Kind::kSpin)
                                             ? std::optional<uint32_t>(selection.interval.ref)
                                             : std::nullopt;
  for (const LockMoment& lock : moment.locks) {
    const LockTracks& tracks = timeline().locks[lock.lock];
    if (wanted ? tracks.thing != *wanted : lock.waiters.empty()) continue;
    for (const TrackNumber track : tracks.hold)
      if (const auto e = wanted ? held_during(timeline(), track, selection.interval)
                                : timeline().covering(track, cursor)) {
        select(track, *e, false);
        const double start = static_cast<double>(e->start), stop = static_cast<double>(e->end());
        if (start < span.view.t0 || stop > span.view.t1)
          show(start - span.view.span() * 0.1, std::max(stop, start + span.view.span() * 0.9));
        return;
      }
  }
  say("Nobody holds a lock that somebody waits for at the cursor");
}

void Desk::next_hit(int direction) {
  if (search.hits.empty()) {
    say(search.text.empty() ? "Type in the search field first"
                            : "Not found so far: " + search.text);
    return;
  }
  const size_t n = search.hits.size();
  if (search.at >= n) {
    search.at = 0;
    while (search.at + 1 < n && search.hits[search.at].start < cursor) ++search.at;
  } else {
    search.at = (search.at + (direction > 0 ? 1 : n - 1)) % n;
  }
  select(search.tracks[search.at], search.hits[search.at], true);
}

}  // namespace gui
