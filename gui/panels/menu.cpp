// SPDX-License-Identifier: MIT
// The menu of the top bar: what can be saved.
#include "gui/panels/panel.h"

namespace gui {

void draw_menu(Desk& desk, ImVec2 window) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  std::vector<const ActionInfo*> entries;
  for (const ActionInfo& a : actions())
    if (a.group == "File" && a.action != Action::kMenu) entries.push_back(&a);
  const float row = look.s(32), w = std::min(window.x - look.s(24), look.s(430));
  const Rect r = {window.x - w - look.s(12), look.s(54), w,
                  row * static_cast<float>(entries.size()) + look.s(12)};
  begin_sheet(desk, "menu", r);
  const Paint p = paint_of(desk);
  desk.probes.add("menu", r, "open");
  Action chosen = Action::kNone;
  float y = r.y + look.s(6);
  for (const ActionInfo* a : entries) {
    const Rect box = {r.x + look.s(6), y, r.w - look.s(12), row - look.s(2)};
    if (desk.widgets.hit("menu." + std::string(a->name), box)) chosen = a->action;
    if (desk.widgets.hovered()) p.rect(box, t.hover, look.s(4));
    const float keys = p.width(Font::kTiny, a->keys) + look.s(20);
    p.fitted(Font::kSmall, box.x + look.s(10), y + look.s(7), box.w - keys - look.s(16), t.text,
             a->help);
    p.text_left_of(Font::kTiny, box.right() - look.s(10), y + look.s(9), t.muted, a->keys);
    y += row;
  }
  const bool away = ImGui::IsMouseClicked(0) && !r.contains(ImGui::GetIO().MousePos) &&
                    ImGui::GetIO().MousePos.y > look.s(56);
  ImGui::End();
  if (chosen == Action::kNone && !away) return;
  desk.menu = false;
  desk.act(chosen);
}

}  // namespace gui
