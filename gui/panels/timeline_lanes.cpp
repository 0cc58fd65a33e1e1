// SPDX-License-Identifier: MIT
// The lanes themselves: intervals as bars, folded columns, hatching, labels.
#include <algorithm>
#include <cmath>

#include "gui/panels/timeline_rows.h"

namespace gui {
namespace {

struct Colors {
  ImU32 ground, ink;
};

Colors colors_of(const Theme& t, Kind kind, uint32_t ref, unsigned cpu) {
  switch (kind) {
    case Kind::kTask:
      return {t.task[ref % 4], t.task_text};
    case Kind::kFunction:
      return {t.function, t.function_text};
    case Kind::kSoftirq:
      return {t.softirq, t.softirq_text};
    case Kind::kHardirq:
      return {t.hardirq, t.hardirq_text};
    case Kind::kNmi:
      return {t.nmi, t.nmi_text};
    case Kind::kSpin:
      return {t.spin_base, t.text};
    case Kind::kHold:
      return {t.cpu[cpu % 4], t.cpu_text[cpu % 4]};
    case Kind::kWait:
      return {mix(t.panel, t.cpu[cpu % 4], 0.25f), t.text};
    case Kind::kIrqsOff:
      return {t.warn, t.text};
    case Kind::kPreemptOff:
      return {t.faint, t.text};
    case Kind::kReader:
      return {t.rcu_reader, t.text};
    case Kind::kGrace:
      return {t.grace, t.grace_text};
    case Kind::kMark:
      return {t.text, t.text};
    case Kind::kIdle:
      return {t.panel, t.faint};
  }
  return {t.function, t.function_text};
}

class RowPainter {
 public:
  RowPainter(Desk& desk, const TimelineParts& parts, const Paint& paint)
      : desk_(desk), t_(desk.timeline()), parts_(parts), paint_(paint), theme_(paint.theme()) {}

  void draw(const Row& row) {
    const View& v = desk_.span.view;
    const double per_px = v.ns_per_px(parts_.lanes.w);
    const auto column = static_cast<uint64_t>(std::max(1.0, per_px * 2));
    segments_.clear();
    const uint64_t from = v.t0 > 0 ? static_cast<uint64_t>(v.t0) : 0;
    if (v.t1 < 0) return;
    t_.tracks[row.track].query(from, static_cast<uint64_t>(v.t1), column, segments_);
    for (const Segment& s : segments_) {
      if (s.count == 1 && s.end - s.start >= column)
        bar(row, t_.tracks[row.track][s.index], s.end);
      else if (s.kind == Kind::kMark)
        diamond(row, s);
      else
        folded(row, s);
    }
    const Open& o = t_.open[row.track];
    if (!o.on) return;
    Interval e{};
    e.start = o.start & ((uint64_t{1} << 48) - 1);
    e.kind = static_cast<unsigned>(o.kind);
    e.cpu = o.cpu;
    e.ref = o.ref;
    bar(row, e, t_.last_time);
  }

 private:
  float x(uint64_t time) const {
    return std::floor(parts_.lanes.x +
                      desk_.span.view.x(static_cast<double>(time), parts_.lanes.w));
  }

  void bar(const Row& row, const Interval& e, uint64_t end) {
    const float x0 = x(e.start), x1 = std::max(x(end), x0 + 1);
    if (x1 < parts_.lanes.x || x0 > parts_.lanes.right()) return;
    Rect r = {x0, row.box.y, x1 - x0, row.box.h};
    const Kind kind = e.what();
    const bool idle = kind == Kind::kTask && is_idle(t_, e.ref);
    const Colors c = colors_of(theme_, kind, e.ref, e.cpu);
    const bool waits = kind == Kind::kSpin || kind == Kind::kWait;
    if (waits && r.w > 5)
      paint_.hatch(r, c.ground, kind == Kind::kSpin ? theme_.spin_stripe : theme_.cpu[e.cpu % 4]);
    else if (waits)
      paint_.rect(r, kind == Kind::kSpin ? theme_.spin_stripe : theme_.cpu[e.cpu % 4]);
    else if (!idle)
      paint_.rect({r.x, r.y, r.w > 3 ? r.w - 1 : r.w, r.h}, c.ground,
                  r.w > 8 && !row.strip ? 2.f : 0);
    if (!row.strip) label(row, e, r, idle ? theme_.faint : c.ink, idle);
    if (desk_.selection.on && desk_.selection.track == row.track &&
        desk_.selection.interval.start == e.start)
      paint_.frame({r.x - 1, r.y - 1, r.w + 2, r.h + 2}, theme_.text, 2, 2);
  }

  std::string words(const Interval& e, bool idle) const {
    const std::string name = t_.things.label(e.ref);
    switch (e.what()) {
      case Kind::kTask:
        return idle ? "idle" : name;
      case Kind::kFunction:
        return name + "()";
      case Kind::kSoftirq:
        return "softirq " + name;
      case Kind::kSpin:
        return "waits for " + name;
      case Kind::kHold:
        return "CPU" + std::to_string(e.cpu) + "  " + name;
      case Kind::kGrace:
        return "GP " + name;
      case Kind::kNmi:
        return "NMI";
      default:
        return name;
    }
  }

  void label(const Row& row, const Interval& e, const Rect& r, ImU32 ink, bool idle) {
    const Look& look = paint_.look();
    const float left = std::max(r.x, parts_.lanes.x) + look.s(4);
    const float right = std::min(r.right(), parts_.lanes.right()) - look.s(3);
    if (right - left < look.s(22)) return;
    const std::string text = words(e, idle);
    const Font font = Font::kTiny;
    const float y = row.box.y + (row.box.h - look.line(font)) / 2;
    if (e.what() == Kind::kSpin) {
      // A plate below the words: stripes make them hard to read.
      const float w = std::min(paint_.width(font, text) + look.s(6), right - left);
      paint_.rect({left - look.s(3), r.y, w, r.h}, theme_.spin_base);
    }
    paint_.fitted(font, left, y, right - left, ink, text);
    if (desk_.probes.on) desk_.probes.add("slice." + text, {left, r.y, right - left, r.h}, text);
  }

  void folded(const Row& row, const Segment& s) {
    const float x0 = x(s.start), x1 = std::max(x(s.end), x0 + 1);
    const Interval& first = t_.tracks[row.track][s.index];
    const Colors c = colors_of(theme_, s.kind, first.ref, first.cpu);
    const float h = row.strip ? row.box.h : std::max(2.f, std::floor(row.box.h * s.cover / 8.f));
    const ImU32 ground = s.kind == Kind::kSpin   ? theme_.spin_stripe
                         : s.kind == Kind::kTask ? mix(theme_.panel, c.ground, 0.8f)
                                                 : c.ground;
    paint_.rect({x0, row.box.bottom() - h, x1 - x0, h}, ground);
    if ((s.mask & kAlwaysSeen) == 0 || s.kind == Kind::kSpin) return;
    const bool spin = (s.mask & mask_of(Kind::kSpin)) != 0;
    paint_.rect({x0, row.box.y, x1 - x0, 2}, spin ? theme_.spin_stripe : theme_.nmi);
  }

  void diamond(const Row& row, const Segment& s) {
    const float cx = x(s.start), cy = row.box.y + row.box.h / 2, d = row.box.h * 0.7f;
    paint_.list()->AddQuadFilled({cx - d, cy}, {cx, cy - d}, {cx + d, cy}, {cx, cy + d},
                                 theme_.text);
  }

  Desk& desk_;
  const Timeline& t_;
  const TimelineParts& parts_;
  const Paint& paint_;
  const Theme& theme_;
  std::vector<Segment> segments_;
};

}  // namespace

void draw_lanes(Desk& desk, const TimelineParts& parts) {
  const Paint paint = paint_of(desk);
  const Theme& theme = paint.theme();
  const Rect& l = parts.lanes;
  paint.list()->PushClipRect({l.x, l.y}, {l.right(), l.bottom()}, true);
  for (const Tick& tick : parts.marks.ticks)
    paint.rect({std::floor(l.x + desk.span.view.x(tick.time, l.w)), l.y, 1, l.h}, theme.grid);
  RowPainter rows(desk, parts, paint);
  for (const Lane& lane : parts.all) {
    if (lane.box.bottom() < l.y || lane.box.y > l.bottom()) continue;
    paint.rect({l.x, std::floor(lane.box.bottom()) - 1, l.w, 1}, theme.grid);
    for (const Row& row : lane.rows) rows.draw(row);
  }
  draw_flows(desk, parts);
  paint.list()->PopClipRect();
}

}  // namespace gui
