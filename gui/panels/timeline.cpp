// SPDX-License-Identifier: MIT
#include <algorithm>

#include "gui/panels/timeline_rows.h"

namespace gui {
namespace {

// The legend at the right of the header; returns its left edge.
float legend(Desk& desk, const Rect& r) {
  const Paint paint = paint_of(desk);
  const Theme& t = paint.theme();
  const Look& look = desk.look;
  const struct {
    const char* words;
    ImU32 color;
    bool hatched;
  } entries[] = {{"NMI", t.nmi, false},           {"hardirq", t.hardirq, false},
                 {"softirq", t.softirq, false},   {"waits", t.spin_base, true},
                 {"function", t.function, false}, {"task", t.task[0], false},
                 {"irqs off", t.warn, false}};
  float x = r.right() - look.s(14);
  const float y = r.y + look.s(11), box = look.s(11), least = r.x + look.s(330);
  for (const auto& e : entries) {
    const float w = paint.width(Font::kTiny, e.words) + box + look.s(22);
    if (x - w < least) break;
    x -= w;
    if (e.hatched)
      paint.hatch({x, y, box, box}, t.spin_base, t.spin_stripe);
    else
      paint.rect({x, y, box, box}, e.color, 2);
    paint.text(Font::kTiny, x + box + look.s(6), y - look.s(1), t.muted, e.words);
  }
  return x;
}

// How much is indexed, and how far that is behind the machine.
std::string how_much(const Feed& feed) {
  constexpr uint64_t kWorthSaying = 50'000;
  constexpr auto kDot = " \xC2\xB7 ";
  std::string words =
      cpus_text(feed.timeline().cpu.size()) + kDot + count_text(feed.timeline().events) + " events";
  if (feed.behind() > kWorthSaying)
    words += kDot + ("catching up: " + count_text(feed.behind())) + " behind";
  if (feed.lost() > 0)
    words += kDot + ("not drawn: " + count_text(feed.lost())) + " (the trace was full)";
  return words;
}

void nothing_yet(Desk& desk, const Rect& body) {
  const Paint paint = paint_of(desk);
  const std::string words = !desk.state.busy.empty() ? desk.state.busy + "\xE2\x80\xA6"
                            : desk.state.error.sentence.empty()
                                ? "Choose a lesson, or drop a C file on the window"
                                : "No machine: see the message";
  paint.centred(Font::kUi, body, paint.theme().muted, words);
}

}  // namespace

void draw_status(Desk& desk, const TimelineParts& parts) {
  const Paint paint = paint_of(desk);
  const Theme& t = paint.theme();
  const Look& look = desk.look;
  const Rect& s = parts.status;
  paint.rect({s.x, s.y, s.w, s.h}, t.header);
  paint.rect({s.x, s.y, s.w, 1}, t.border);
  const Rect zoom = {s.right() - look.s(90), s.y + look.s(5), look.s(84), s.h - look.s(10)};
  const Rect holder = {zoom.x - look.s(112), zoom.y, look.s(106), zoom.h};
  if (desk.widgets.button("select.zoom", zoom, "Zoom to  F", false, desk.selection.on))
    desk.act(Action::kZoomSelection);
  const bool waits = desk.selection.on && desk.selection.interval.what() == Kind::kSpin;
  if (desk.widgets.button("select.holder", holder, "Go to holder", false, waits))
    desk.act(Action::kToHolder);
  const std::string words = desk.selection.on
                                ? sentence(desk.timeline(), desk.selection.interval)
                                : "Click anything to select it; drag the ruler to measure";
  const float y = s.y + (s.h - look.line(Font::kSmall)) / 2;
  paint.fitted(desk.selection.on ? Font::kSmallBold : Font::kSmall, s.x + look.s(12), y,
               holder.x - s.x - look.s(24), desk.selection.on ? t.text : t.muted, words);
  desk.probes.add("select.words", {s.x, s.y, holder.x - s.x, s.h}, words);
}

void draw_timeline(Desk& desk, const Rect& r) {
  std::string sub;
  if (desk.is_open()) sub = how_much(*desk.feed);
  const Rect body = draw_frame(desk, r, "Timeline", sub);
  desk.probes.add("panel.timeline", r, sub);
  desk.timeline_rect = r;
  legend(desk, r);
  if (!desk.is_open()) {
    nothing_yet(desk, body);
    return;
  }
  const TimelineParts parts = lay_out_timeline(desk, r, body);
  timeline_mouse(desk, parts);
  draw_overview(desk, parts);
  draw_ruler(desk, parts);
  draw_lanes(desk, parts);
  draw_gutter(desk, parts);
  draw_cursor(desk, parts);
  draw_status(desk, parts);
}

}  // namespace gui
