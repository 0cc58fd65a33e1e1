// SPDX-License-Identifier: MIT
// Above and over the lanes: overview, ruler, cursor, measure, bookmarks.
#include <algorithm>
#include <cmath>

#include "gui/panels/timeline_rows.h"

namespace gui {
namespace {

// One row a CPU, the whole run, 300 columns: tasks behind, then interruptions
// and waiting as high as their share of the column.
class Overview {
 public:
  Overview(Desk& desk, const Paint& paint, const Rect& r)
      : t_(desk.timeline()), paint_(paint), theme_(paint.theme()), r_(r) {
    end_ = std::max(1.0, desk.end());
  }

  void draw() {
    const size_t n = std::min<size_t>(t_.cpu.size(), 8);
    h_ = std::max(2.f, std::floor((r_.h - 4) / static_cast<float>(std::max<size_t>(1, n))));
    for (size_t cpu = 0; cpu < n; ++cpu) {
      y_ = r_.y + 2 + static_cast<float>(cpu) * h_;
      const auto& flame = t_.cpu[cpu].flame;
      for (size_t d = 0; d < std::min<size_t>(flame.size(), 6); ++d) row(flame[d], d == 0);
    }
  }

 private:
  float x(uint64_t time) const {
    return r_.x + static_cast<float>(static_cast<double>(time) / end_ * static_cast<double>(r_.w));
  }

  void row(TrackNumber track, bool tasks) {
    segments_.clear();
    t_.tracks[track].query(0, static_cast<uint64_t>(end_),
                           static_cast<uint64_t>(std::max(1.0, end_ / 300)), segments_);
    for (const Segment& s : segments_)
      block(s.start, s.end, s.kind, t_.tracks[track][s.index].ref, s.count == 1 ? 8 : s.cover,
            tasks);
    const Open& o = t_.open[track];
    if (o.on) block(o.start, t_.last_time, o.kind, o.ref, 8, tasks);
  }

  void block(uint64_t start, uint64_t end, Kind kind, uint32_t ref, unsigned cover, bool tasks) {
    if (tasks && is_idle(t_, ref)) return;
    if (!tasks && (kind == Kind::kFunction || kind == Kind::kTask)) return;
    const ImU32 color = kind == Kind::kSpin      ? theme_.spin_stripe
                        : kind == Kind::kHardirq ? theme_.hardirq
                        : kind == Kind::kSoftirq ? theme_.softirq
                        : kind == Kind::kNmi     ? theme_.nmi
                                                 : mix(theme_.panel, theme_.task[ref % 4], 0.6f);
    const float share = std::sqrt(static_cast<float>(cover) / 8.f);
    const float h = std::max(1.f, std::floor((h_ - 1) * share));
    const float x0 = x(start);
    paint_.rect({x0, y_ + h_ - 1 - h, std::max(1.f, std::min(x(end), r_.right()) - x0), h}, color);
  }

  const Timeline& t_;
  const Paint& paint_;
  const Theme& theme_;
  const Rect& r_;
  double end_ = 1;
  float h_ = 2, y_ = 0;
  std::vector<Segment> segments_;
};

void mark(Desk& desk, const TimelineParts& parts, double time, ImU32 color) {
  const Rect& o = parts.overview;
  if (o.h <= 0) return;
  const float x = o.x + static_cast<float>(time / std::max(1.0, desk.end())) * o.w;
  paint_of(desk).rect({std::floor(x) - 1, o.y, 2, o.h}, color);
}

void cursor_label(Desk& desk, const TimelineParts& parts, float x) {
  const Paint paint = paint_of(desk);
  const Look& look = desk.look;
  const std::string words = parts.marks.label(static_cast<double>(desk.cursor));
  const float w = paint.width(Font::kTiny, words) + look.s(14), h = look.s(18);
  const float left = std::clamp(x - w / 2, parts.ruler.x, parts.ruler.right() - w);
  paint.rect({std::floor(left), parts.ruler.y + look.s(3), std::floor(w), h}, paint.theme().accent,
             look.s(4));
  paint.centred(Font::kTiny, {left, parts.ruler.y + look.s(3), w, h}, paint.theme().on_accent,
                words);
}

void measured(Desk& desk, const TimelineParts& parts) {
  if (!desk.measure.on) return;
  const Paint paint = paint_of(desk);
  const Theme& t = paint.theme();
  const Rect& l = parts.lanes;
  const double from = std::min(desk.measure.from, desk.measure.to),
               to = std::max(desk.measure.from, desk.measure.to);
  const float x0 = std::floor(l.x + desk.span.view.x(from, l.w)),
              x1 = std::floor(l.x + desk.span.view.x(to, l.w));
  const Rect& r = parts.ruler;
  paint.rect({x0, r.bottom() - 3, std::max(1.f, x1 - x0), 3}, t.accent);
  for (const float x : {x0, x1}) paint.rect({x, r.bottom(), 1, l.h}, t.accent);
  const std::string words = duration_text(to - from);
  const float w = paint.badge_width(words);
  const float left = std::clamp((x0 + x1 - w) / 2, l.x, l.right() - w);
  paint.badge(left, l.y + desk.look.s(4), words, t.accent, t.on_accent);
  desk.probes.add("measure", {x0, r.y, x1 - x0, r.h}, words);
}

}  // namespace

void draw_overview(Desk& desk, const TimelineParts& parts) {
  const Rect& r = parts.overview;
  if (r.h <= 0) return;
  const Paint paint = paint_of(desk);
  const Theme& t = paint.theme();
  const Look& look = desk.look;
  paint.text(Font::kTiny, parts.gutter.x + look.s(12), r.y + (r.h - look.line(Font::kTiny)) / 2,
             t.muted, "0 \xE2\x80\x93 " + duration_text(desk.end()));
  paint.rect(r, t.app, look.s(3));
  Overview(desk, paint, r).draw();
  for (const check::Finding& f : desk.state.findings)
    mark(desk, parts, static_cast<double>(f.time_ns), t.bad);
  for (const Bookmark& b : desk.bookmarks) mark(desk, parts, static_cast<double>(b.time), t.warn);
  mark(desk, parts, static_cast<double>(desk.cursor), t.accent);
  const double end = std::max(1.0, desk.end());
  const float x0 = r.x + static_cast<float>(std::clamp(desk.span.view.t0 / end, 0.0, 1.0)) * r.w;
  const float x1 = r.x + static_cast<float>(std::clamp(desk.span.view.t1 / end, 0.0, 1.0)) * r.w;
  paint.frame({x0, r.y, std::max(4.f, x1 - x0), r.h}, t.accent, look.s(3), look.s(2));
}

void draw_ruler(Desk& desk, const TimelineParts& parts) {
  const Paint paint = paint_of(desk);
  const Theme& t = paint.theme();
  const Look& look = desk.look;
  const Rect& r = parts.ruler;
  paint.rect({parts.gutter.x, r.bottom() - 1, parts.gutter.w + r.w, 1}, t.border);
  if (parts.marks.base > 0)
    paint.fitted(Font::kTiny, parts.gutter.x + look.s(12), r.y + look.s(5),
                 parts.gutter.w - look.s(14), t.muted,
                 "+ " + moment_text(static_cast<uint64_t>(parts.marks.base)));
  paint.list()->PushClipRect({r.x, r.y}, {r.right(), r.bottom()}, true);
  for (const Tick& tick : parts.marks.ticks) {
    const float x = std::floor(r.x + desk.span.view.x(tick.time, r.w));
    paint.rect({x, r.bottom() - look.s(5), 1, look.s(5)}, t.border);
    if (x + look.s(4) + paint.width(Font::kTiny, tick.label) < r.right())
      paint.text(Font::kTiny, x + look.s(4), r.y + look.s(5), t.muted, tick.label);
  }
  paint.list()->PopClipRect();
}

void draw_cursor(Desk& desk, const TimelineParts& parts) {
  const Paint paint = paint_of(desk);
  const Theme& t = paint.theme();
  const Rect& l = parts.lanes;
  const auto line = [&](double time, ImU32 color, float width) {
    if (time < desk.span.view.t0 || time > desk.span.view.t1) return -1.f;
    const float x = std::floor(l.x + desk.span.view.x(time, l.w));
    paint.rect({x, l.y, width, l.h}, color);
    return x;
  };
  for (const check::Finding& f : desk.state.findings)
    line(static_cast<double>(f.time_ns), t.bad, 1);
  for (const Bookmark& b : desk.bookmarks) {
    const float x = line(static_cast<double>(b.time), t.warn, 1);
    if (x >= 0) paint.badge(x + 2, l.bottom() - paint.badge_height(), b.label, t.warn_soft, t.warn);
  }
  measured(desk, parts);
  const float x = line(static_cast<double>(desk.cursor), t.accent, desk.look.s(2));
  if (x >= 0) cursor_label(desk, parts, x);
}

}  // namespace gui
