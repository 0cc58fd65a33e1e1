// SPDX-License-Identifier: MIT
// What went wrong, in plain language and in Linux's own words.
#include <algorithm>

#include "gui/panels/panel.h"

namespace gui {
namespace {

// Draws one finding; returns its height.
float draw_finding(Desk& desk, const check::Finding& f, size_t n, float x, float y, float w) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint paint = paint_of(desk);
  const std::string id = "finding." + std::to_string(n);
  const bool open = desk.choice_of[id] != 0;
  const Rect head = {x, y, w, look.s(28)};
  const float tools = look.s(190);
  if (desk.widgets.hit(id, {x, y, w - tools, head.h}, f.kind)) desk.choice_of[id] = !open;
  paint.rect(head, desk.widgets.hovered() ? t.hover : t.bad_soft);
  float at = x + look.s(10);
  at += paint.badge(at, y + look.s(6), f.kind, t.bad, t.panel) + look.s(8);
  paint.chip(at, y + look.s(5), f.cpu, look.s(17));
  at += look.s(25);
  paint.fitted(Font::kSmallBold, at, y + look.s(6), head.right() - tools - at, t.bad, f.title);
  if (desk.widgets.button(id + ".show",
                          {head.right() - tools, y + look.s(2), look.s(90), look.s(24)}, "Show"))
    desk.go_to_finding(f);
  if (desk.widgets.button(id + ".report",
                          {head.right() - look.s(94), y + look.s(2), look.s(86), look.s(24)},
                          open ? "Less" : "Report"))
    desk.choice_of[id] = !open;
  float bottom = head.bottom() + look.s(6);
  bottom += paint.wrapped(Font::kSmall, x + look.s(12), bottom, w - look.s(24), t.text, f.explain);
  if (open) {
    bottom += look.s(8);
    bottom +=
        paint.wrapped(Font::kMonoSmall, x + look.s(12), bottom, w - look.s(24), t.muted, f.text);
  }
  return bottom + look.s(10) - y;
}

}  // namespace

void draw_findings(Desk& desk, const Rect& body) {
  Scroll area(desk, "findings.body", body);
  const Look& look = desk.look;
  float y = area.y() + look.s(6);
  for (size_t n = 0; n < desk.state.findings.size(); ++n)
    y += draw_finding(desk, desk.state.findings[n], n, area.x() + look.s(8), y,
                      area.width() - look.s(16));
  if (desk.state.findings.empty())
    paint_of(desk).text(Font::kSmall, area.x() + look.s(12), y, look.theme->faint,
                        "Nothing is wrong so far");
  area.reach(y);
}

}  // namespace gui
