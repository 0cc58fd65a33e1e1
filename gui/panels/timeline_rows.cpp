// SPDX-License-Identifier: MIT
#include "gui/panels/timeline_rows.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "cpu/window.h"

namespace gui {
namespace {

constexpr size_t kDepthMax = 8, kWaitersMax = 4, kHoldersMax = 3;

// Rows of a flame that something in (or next to) the view needs.
size_t depth_in_view(const Timeline& t, const CpuTracks& tracks, const View& view) {
  const double before = view.t0 - view.span() / 2;
  const uint64_t from = before > 0 ? static_cast<uint64_t>(before) : 0;
  const double until = view.t1 + view.span() / 2;
  for (size_t d = std::min(tracks.flame.size(), kDepthMax); d > 0; --d) {
    const TrackNumber n = tracks.flame[d - 1];
    if (t.open[n].on && static_cast<double>(t.open[n].start) <= until) return d;
    const size_t i = t.tracks[n].first_ending_after(from);
    if (i < t.tracks[n].size() && static_cast<double>(t.tracks[n][i].start) <= until) return d;
  }
  return 1;
}

// Lanes grow at once, so that nothing is cut off, and shrink gently.
void follow_depths(Span& span, const Timeline& t) {
  const float share = 1 - std::exp(-ImGui::GetIO().DeltaTime * 5);
  const bool fresh = span.depth.size() != t.cpu.size();
  if (fresh) span.depth.assign(t.cpu.size(), 1);
  for (size_t cpu = 0; cpu < t.cpu.size(); ++cpu) {
    const auto wanted = static_cast<float>(depth_in_view(t, t.cpu[cpu], span.view));
    float& depth = span.depth[cpu];
    depth = wanted > depth || fresh || depth - wanted < 0.02f ? wanted
                                                              : depth + (wanted - depth) * share;
    span.settling = span.settling || depth != wanted;
  }
}

class Stacker {
 public:
  // `stretch` above 1: there is room to spare.
  Stacker(const Desk& desk, TimelineParts& parts, float stretch)
      : desk_(desk),
        look_(desk.look),
        parts_(parts),
        stretch_(stretch),
        y_(parts.lanes.y - desk.span.scroll) {
    parts.all.clear();
  }

  void begin(Lane::What what, unsigned index) {
    top_ = y_;
    parts_.all.push_back({what, index, {}, {}});
    y_ += look_.s(3);
  }
  void row(TrackNumber track, float height, bool strip) {
    const float h = std::floor(height * (strip ? 1 : stretch_));
    over(track, h, strip);
    y_ += h + 1;
  }
  // In the place of the row that would be next.
  void over(TrackNumber track, float height, bool strip) {
    if (track != kNoTrack)
      parts_.all.back().rows.push_back(
          {track, {parts_.lanes.x, y_, parts_.lanes.w, height}, strip});
  }
  void end(float least) {
    y_ = std::max(y_ + look_.s(3), top_ + least * std::min(stretch_, 1.15f));
    parts_.all.back().box = {parts_.gutter.x, top_, parts_.gutter.w + parts_.lanes.w, y_ - top_};
  }
  void finish() { parts_.height = y_ - parts_.lanes.y + desk_.span.scroll; }

 private:
  const Desk& desk_;
  const Look& look_;
  TimelineParts& parts_;
  float stretch_, y_, top_ = 0;
};

void cpu_lane(Stacker& s, const Look& look, const Timeline& t, unsigned cpu, float depth) {
  const CpuTracks& tracks = t.cpu[cpu];
  s.begin(Lane::What::kCpu, cpu);
  for (size_t d = 0; d < std::min(tracks.flame.size(), kDepthMax); ++d) {
    const float part = std::min(1.f, depth - static_cast<float>(d));
    if (part > 0) s.row(tracks.flame[d], look.s(17) * part, false);
  }
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
    s.over(cpu.quiescent, look.s(5), true);
    s.row(cpu.reader, look.s(5), true);
  }
  s.end(look.s(40));
}

bool has_rcu(const Timeline& t) {
  return t.grace != kNoTrack || std::any_of(t.cpu.begin(), t.cpu.end(), [&](const CpuTracks& c) {
           return c.reader != kNoTrack && (t.tracks[c.reader].size() > 0 || t.open[c.reader].on);
         });
}

}  // namespace

std::vector<unsigned> lock_lanes(const Timeline& t, size_t most) {
  std::vector<unsigned> order;
  const auto users = [&](unsigned i) {
    const uint32_t address = t.things[t.locks[i].thing].address;
    return cpu::in_module(address);
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
  const float overview = tall ? look.s(34) : 0, scale = look.s(24);
  p.overview = {body.x + gutter, body.y + look.s(4), body.w - gutter - look.s(6),
                overview - look.s(6)};
  p.ruler = {body.x + gutter, body.y + overview, body.w - gutter - look.s(6), scale};
  const float top = body.y + overview + scale, bottom = body.bottom() - status;
  p.gutter = {body.x, top, gutter, bottom - top};
  p.lanes = {body.x + gutter, top, body.w - gutter - look.s(6), bottom - top};
  p.status = {body.x, bottom, body.w, status};
  if (!desk.is_open()) return p;
  const Timeline& t = desk.timeline();
  p.marks = ruler(desk.span.view, p.ruler.w, look.s(96));
  desk.span.settling = false;
  follow_depths(desk.span, t);
  const std::vector<unsigned> locks = lock_lanes(t, 8);
  for (float stretch = 1, rounds = 0; rounds < 2; ++rounds) {
    Stacker s(desk, p, stretch);
    for (unsigned cpu = 0; cpu < t.cpu.size(); ++cpu)
      cpu_lane(s, look, t, cpu, desk.span.depth[cpu]);
    for (const unsigned lock : locks) lock_lane(s, look, t, lock);
    if (has_rcu(t)) rcu_lane(s, look, t);
    s.finish();
    stretch = std::min(1.5f, (p.lanes.h - look.s(8)) / std::max(1.f, p.height));
    if (stretch <= 1.02f) break;
  }
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
