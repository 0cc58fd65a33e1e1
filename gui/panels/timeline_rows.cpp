// SPDX-License-Identifier: MIT
#include "gui/panels/timeline_rows.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "cpu/hw.h"

namespace gui {
namespace {

constexpr size_t kDepthMax = 8, kWaitersMax = 4, kHoldersMax = 3;

class Stacker {
 public:
  Stacker(const Desk& desk, TimelineParts& parts)
      : desk_(desk), look_(desk.look), parts_(parts), y_(parts.lanes.y - desk.span.scroll) {}

  void begin(Lane::What what, unsigned index) {
    top_ = y_;
    parts_.all.push_back({what, index, {}, {}});
    y_ += look_.s(3);
  }
  void row(TrackNumber track, float height, bool strip) {
    if (track != kNoTrack)
      parts_.all.back().rows.push_back(
          {track, {parts_.lanes.x, y_, parts_.lanes.w, height}, strip});
    y_ += height + 1;
  }
  void end(float least) {
    y_ = std::max(y_ + look_.s(3), top_ + least);
    parts_.all.back().box = {parts_.gutter.x, top_, parts_.gutter.w + parts_.lanes.w, y_ - top_};
  }
  void finish() { parts_.height = y_ - parts_.lanes.y + desk_.span.scroll; }

 private:
  const Desk& desk_;
  const Look& look_;
  TimelineParts& parts_;
  float y_, top_ = 0;
};

void cpu_lane(Stacker& s, const Look& look, const Timeline& t, unsigned cpu) {
  const CpuTracks& tracks = t.cpu[cpu];
  s.begin(Lane::What::kCpu, cpu);
  for (size_t d = 0; d < std::min(tracks.flame.size(), kDepthMax); ++d)
    s.row(tracks.flame[d], look.s(17), false);
  if (tracks.flame.empty()) s.row(kNoTrack, look.s(17), false);
  if (tracks.irqs_off != kNoTrack) s.row(tracks.irqs_off, look.s(3), true);
  if (tracks.preempt_off != kNoTrack) s.row(tracks.preempt_off, look.s(2), true);
  s.end(look.s(66));
}

void lock_lane(Stacker& s, const Look& look, const Timeline& t, unsigned lock) {
  const LockTracks& tracks = t.locks[lock];
  s.begin(Lane::What::kLock, lock);
  for (size_t i = 0; i < std::min(tracks.hold.size(), kHoldersMax); ++i)
    s.row(tracks.hold[i], look.s(16), false);
  for (size_t i = 0; i < std::min(tracks.wait.size(), kWaitersMax); ++i)
    s.row(tracks.wait[i], look.s(4), true);
  s.end(look.s(24));
}

void rcu_lane(Stacker& s, const Look& look, const Timeline& t) {
  s.begin(Lane::What::kRcu, 0);
  s.row(t.grace, look.s(16), false);
  for (const CpuTracks& cpu : t.cpu) {
    if (cpu.reader != kNoTrack) s.row(cpu.reader, look.s(5), true);
    if (cpu.quiescent != kNoTrack) s.row(cpu.quiescent, look.s(5), true);
  }
  s.end(look.s(40));
}

bool has_rcu(const Timeline& t) {
  return t.grace != kNoTrack || std::any_of(t.cpu.begin(), t.cpu.end(), [](const CpuTracks& c) {
           return c.reader != kNoTrack;
         });
}

}  // namespace

std::vector<unsigned> lock_lanes(const Timeline& t, size_t most) {
  std::vector<unsigned> order;
  const auto users = [&](unsigned i) {
    const uint32_t address = t.things[t.locks[i].thing].address;
    return address >= HW_MODULE_BASE && address < HW_PERCPU_BASE;
  };
  for (unsigned i = 0; i < t.locks.size(); ++i)
    if (users(i) || t.locks[i].contentions > 0) order.push_back(i);
  const auto rank = [&](unsigned i) {
    return std::tuple(!users(i), ~t.locks[i].contentions, ~t.locks[i].acquisitions, i);
  };
  std::sort(order.begin(), order.end(), [&](unsigned a, unsigned b) { return rank(a) < rank(b); });
  if (order.size() > most) order.resize(most);
  // Among those that are shown the order must not change as counts grow: the
  // user's own locks, then the kernel's, each as they were first seen.
  std::sort(order.begin(), order.end(), [&](unsigned a, unsigned b) {
    return std::tuple(!users(a), a) < std::tuple(!users(b), b);
  });
  return order;
}

TimelineParts lay_out_timeline(Desk& desk, const Rect& r, const Rect& body) {
  const Look& look = desk.look;
  TimelineParts p;
  p.panel = r;
  const float gutter = look.s(156), status = look.s(36);
  const bool tall = body.h > look.s(240);
  const float overview = tall ? look.s(34) : 0, ruler = look.s(24);
  p.overview = {body.x + gutter, body.y + look.s(4), body.w - gutter - look.s(6),
                overview - look.s(6)};
  p.ruler = {body.x + gutter, body.y + overview, body.w - gutter - look.s(6), ruler};
  const float top = body.y + overview + ruler, bottom = body.bottom() - status;
  p.gutter = {body.x, top, gutter, bottom - top};
  p.lanes = {body.x + gutter, top, body.w - gutter - look.s(6), bottom - top};
  p.status = {body.x, bottom, body.w, status};
  if (!desk.is_open()) return p;
  const Timeline& t = desk.timeline();
  Stacker s(desk, p);
  for (unsigned cpu = 0; cpu < t.cpu.size(); ++cpu) cpu_lane(s, look, t, cpu);
  for (const unsigned lock : lock_lanes(t, 8)) lock_lane(s, look, t, lock);
  if (has_rcu(t)) rcu_lane(s, look, t);
  s.finish();
  return p;
}

const Row* row_at(const TimelineParts& parts, ImVec2 at) {
  for (const Lane& lane : parts.all)
    for (const Row& row : lane.rows)
      if (at.y >= row.box.y - 1 && at.y < row.box.bottom() + 1) return &row;
  return nullptr;
}

std::optional<Interval> interval_near(const Desk& desk, const Row& row, double time) {
  const Timeline& t = desk.timeline();
  if (time < 0) return {};
  if (const auto e = t.covering(row.track, static_cast<uint64_t>(time))) return e;
  const Track& track = t.tracks[row.track];
  const double reach = 4 * desk.span.view.ns_per_px(row.box.w);
  const double from = std::max(0.0, time - reach);
  const size_t i = track.first_ending_after(static_cast<uint64_t>(from));
  for (size_t k = i > 0 ? i - 1 : 0; k < std::min(track.size(), i + 2); ++k) {
    const double start = static_cast<double>(track[k].start),
                 end = static_cast<double>(track[k].end());
    if (start <= time + reach && end >= from) return track[k];
  }
  return {};
}

}  // namespace gui
