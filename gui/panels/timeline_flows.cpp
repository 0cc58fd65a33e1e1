// SPDX-License-Identifier: MIT
// Arrows: interrupts between processors, wake-ups, locks handed over.
#include <algorithm>

#include "gui/draw/icons.h"
#include "gui/panels/timeline_rows.h"

namespace gui {
namespace {

constexpr size_t kArrowsMax = 60;     // more would only be a thicket
constexpr uint64_t kReach = 100'000;  // ns; an arrow that starts in the selection ends by then

std::optional<ImVec2> place(const TimelineParts& parts, const View& view, unsigned cpu,
                            unsigned depth, uint64_t time) {
  for (const Lane& lane : parts.all) {
    if (lane.what != Lane::What::kCpu || lane.index != cpu || lane.rows.empty()) continue;
    const size_t row = std::min<size_t>(depth > 0 ? depth - 1 : 0, lane.rows.size() - 1);
    const Rect& box = lane.rows[row].box;
    const float x = parts.lanes.x + view.x(static_cast<double>(time), parts.lanes.w);
    return ImVec2{x, box.y + box.h / 2};
  }
  return {};
}

bool touches(const Flow& f, const Selection& s) {
  const uint64_t from = s.interval.start, to = s.interval.end() + 1;
  return (f.from_cpu == s.interval.cpu && f.from_time >= from && f.from_time <= to) ||
         (f.to_cpu == s.interval.cpu && f.to_time >= from && f.to_time <= to);
}

// The first flow that ends at `time` or later; they are in order of their ends.
size_t first_after(const Timeline& t, double time) {
  size_t low = 0, high = t.flows.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (static_cast<double>(t.flows[middle].to_time) < time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

// All in view when they are few, else those of the selection.
std::vector<const Flow*> flows_shown(const Desk& desk) {
  const Timeline& t = desk.timeline();
  const View& v = desk.span.view;
  size_t begin = first_after(t, v.t0), end = first_after(t, v.t1);
  const bool few = end - begin <= kArrowsMax;
  if (!few) {
    if (!desk.selection.on) return {};
    const Interval& chosen = desk.selection.interval;
    begin = std::max(begin, first_after(t, static_cast<double>(chosen.start)));
    end = std::min(end, first_after(t, static_cast<double>(chosen.end() + kReach)));
  }
  std::vector<const Flow*> out;
  for (size_t i = begin; i < std::min(end + 1, t.flows.size()) && out.size() < kArrowsMax; ++i)
    if (few || touches(t.flows[i], desk.selection)) out.push_back(&t.flows[i]);
  return out;
}

}  // namespace

void draw_flows(Desk& desk, const TimelineParts& parts) {
  const Paint paint = paint_of(desk);
  const Theme& t = paint.theme();
  const Look& look = desk.look;
  for (const Flow* f : flows_shown(desk)) {
    const auto from = place(parts, desk.span.view, f->from_cpu, f->from_depth, f->from_time);
    const auto to = place(parts, desk.span.view, f->to_cpu, f->to_depth, f->to_time);
    if (!from || !to) continue;
    const ImU32 color = f->kind == FlowKind::kIpi    ? t.hardirq
                        : f->kind == FlowKind::kWake ? t.muted
                                                     : t.text;
    paint.list()->AddCircleFilled(*from, look.s(2.5f), color, 12);
    draw_curve(paint.list(), *from, *to, color, look.s(6));
  }
}

}  // namespace gui
