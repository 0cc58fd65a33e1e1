// SPDX-License-Identifier: MIT
// You schedule: pick who takes the next step, and try to break the lesson.
#include <algorithm>

#include "gui/panels/panel.h"

namespace gui {
namespace {

// What there is to say about how the attempt stands.
std::string standing(const Desk& desk) {
  if (!desk.repeats()) return Desk::kNotOnThreads;
  if (!desk.state.findings.empty()) return "You broke it: " + desk.state.findings.back().kind;
  if (!desk.state.finished) return "Nothing is wrong so far. Pick who goes next.";
  if (desk.state.verdict == "clean") return "It ended well. Undo some steps and try another order.";
  return "It ended: " + desk.state.verdict;
}

void draw_option(Desk& desk, const run::Option& option, const Rect& r) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  constexpr unsigned kFirstSource = 64;
  if (desk.widgets.hit("schedule." + std::to_string(option.id), r, option.text) && desk.machine)
    desk.machine->with([id = option.id](run::Session& s) { s.choose(id); });
  p.rect(r, desk.widgets.hovered() ? t.hover : t.raised, look.s(5));
  float x = r.x + look.s(8);
  if (option.id < kFirstSource)
    p.chip(x, r.y + look.s(6), option.id, look.s(18));
  else
    p.rect({x, r.y + look.s(6), look.s(18), look.s(18)}, t.hardirq, look.s(4));
  x += look.s(26);
  p.fitted(Font::kSmall, x, r.y + look.s(7), r.right() - x - look.s(8), t.text, option.text);
}

}  // namespace

void draw_schedule(Desk& desk, const Rect& body) {
  const Look& look = desk.look;
  Scroll area(desk, "schedule.body", body);
  const float x = area.x() + look.s(12), w = area.width() - look.s(24);
  float y = area.y() + look.s(8);
  const Paint p = paint_of(desk);
  const std::string words = standing(desk);
  y += p.wrapped(Font::kSmall, x, y, w,
                 desk.state.findings.empty() ? look.theme->muted : look.theme->bad, words) +
       look.s(8);
  desk.probes.add("schedule.standing", {x, y, w, look.s(18)}, words);
  for (const run::Option& option : desk.state.options) {
    draw_option(desk, option, {x, y, w, look.s(30)});
    y += look.s(34);
  }
  if (desk.widgets.button("schedule.undo", {x, y, look.s(110), look.s(28)}, "Undo a step", false,
                          desk.repeats()) &&
      desk.machine)
    desk.machine->step(run::Unit::kStep, {}, -1);
  area.reach(y + look.s(36));
}

}  // namespace gui
