// SPDX-License-Identifier: MIT
// What went wrong, in plain language and in Linux's own words: failures first,
// then what might go wrong.
#include <algorithm>
#include <numeric>

#include "gui/panels/panel.h"

namespace gui {
namespace {

// Draws one finding; returns its height.
float draw_finding(Desk& desk, const check::Finding& f, size_t n, const Rect& r, bool explain) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint paint = paint_of(desk);
  const bool warning = is_warning(f);
  const ImU32 ground = warning ? t.warn_soft : t.bad_soft, ink = warning ? t.warn : t.bad;
  const std::string id = "finding." + std::to_string(n);
  const bool open = desk.choice_of[id] != 0;
  const Rect head = {r.x, r.y, r.w, look.s(28)};
  const float tools = look.s(190);
  if (desk.widgets.hit(id, {r.x, r.y, r.w - tools, head.h}, f.kind)) desk.choice_of[id] = !open;
  paint.rect(head, desk.widgets.hovered() ? t.hover : ground, look.s(4));
  float at = r.x + look.s(10);
  at += paint.badge(at, r.y + look.s(6), f.kind, ink, t.panel) + look.s(8);
  paint.chip(at, r.y + look.s(5), f.cpu, look.s(17));
  at += look.s(25);
  paint.fitted(Font::kSmallBold, at, r.y + look.s(6), head.right() - tools - at, ink, f.title);
  if (desk.widgets.button(id + ".show",
                          {head.right() - tools, r.y + look.s(2), look.s(90), look.s(24)}, "Show"))
    desk.go_to_finding(f);
  if (desk.widgets.button(id + ".report",
                          {head.right() - look.s(94), r.y + look.s(2), look.s(86), look.s(24)},
                          open ? "Less" : "Report"))
    desk.choice_of[id] = !open;
  float bottom = head.bottom() + look.s(4);
  if (explain || open)
    bottom += paint.wrapped(Font::kSmall, r.x + look.s(12), bottom + look.s(2), r.w - look.s(24),
                            t.text, f.explain) +
              look.s(8);
  if (open)
    bottom += paint.wrapped(Font::kMonoSmall, r.x + look.s(12), bottom, r.w - look.s(24), t.muted,
                            f.text) +
              look.s(6);
  return bottom - r.y;
}

}  // namespace

void draw_findings(Desk& desk, const Rect& body) {
  const auto& all = desk.state.findings;
  std::vector<size_t> order(all.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_partition(order.begin(), order.end(), [&](size_t i) { return !is_warning(all[i]); });
  Scroll area(desk, "findings.body", body);
  const Look& look = desk.look;
  float y = area.y() + look.s(6);
  const float x = area.x() + look.s(8), w = area.width() - look.s(16);
  for (size_t k = 0; k < order.size(); ++k)
    y += draw_finding(desk, all[order[k]], order[k], {x, y, w, 0}, k == 0);
  if (all.empty())
    paint_of(desk).text(Font::kSmall, area.x() + look.s(12), y, look.theme->faint,
                        "Nothing is wrong so far");
  area.reach(y);
}

}  // namespace gui
