// SPDX-License-Identifier: MIT
#include "gui/panels/panel.h"

#include <algorithm>
#include <string>

namespace gui {

const Panel& find_panel(std::string_view id) {
  static constexpr Panel kAll[] = {
      {"locks", "Locks", draw_locks},
      {"order", "Order", draw_lock_order},
      {"irq", "Interrupts", draw_interrupts},
      {"rcu", "RCU", draw_rcu},
      {"cpus", "CPUs", draw_cpus},
      {"log", "Kernel log", draw_log},
      {"findings", "Findings", draw_findings},
      {"statistics", "Statistics", draw_statistics},
      {"variables", "Variables", draw_variables},
      {"proc", "/proc", draw_proc},
      {"lessons", "Lessons", draw_lessons},
      {"lesson", "Lesson", draw_lesson_text},
      {"schedule", "You schedule", draw_schedule},
      {"setup", "Setup", draw_setup},
  };
  const auto* it =
      std::find_if(std::begin(kAll), std::end(kAll), [&](const Panel& p) { return id == p.id; });
  return it == std::end(kAll) ? kAll[0] : *it;
}

Rect draw_frame(Desk& desk, const Rect& r, std::string_view title, std::string_view sub) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const float head = look.s(34), round = look.s(6);
  p.rect(r, t.panel, round);
  p.rect_round_on_top({r.x, r.y, r.w, head}, t.header, round);
  p.rect({r.x, r.y + head - 1, r.w, 1}, t.border);
  p.frame(r, t.border, round);
  float x = r.x + look.s(12);
  const float middle = r.y + (head - look.line(Font::kBold)) / 2;
  p.text(Font::kBold, x, middle, t.text, title);
  x += p.width(Font::kBold, title) + look.s(10);
  p.fitted(Font::kSmall, x, r.y + (head - look.line(Font::kSmall)) / 2 + look.s(1),
           r.right() - x - look.s(8), t.muted, sub);
  return {r.x + 1, r.y + head, r.w - 2, r.h - head - 1};
}

namespace {

std::string badge_of(const Desk& desk, std::string_view id) {
  if (id == "findings" && !desk.state.findings.empty())
    return std::to_string(desk.state.findings.size());
  return {};
}

// One tab of a group's header; returns where the next one goes.
float draw_tab(Desk& desk, std::string& chosen, const Panel& panel, float x, float y, float h) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const std::string badge = badge_of(desk, panel.id);
  const float words = p.width(Font::kSmallBold, panel.title);
  const float extra = badge.empty() ? 0 : p.badge_width(badge) + look.s(6);
  const Rect tab = {x, y, words + extra + look.s(16), h};
  const bool on = chosen == panel.id;
  if (desk.widgets.hit(std::string("tab.") + panel.id, tab, on ? "1" : "0")) chosen = panel.id;
  const ImU32 ink = on ? t.text : desk.widgets.hovered() ? t.text : t.muted;
  p.text(Font::kSmallBold, x + look.s(8), y + (h - look.line(Font::kSmallBold)) / 2, ink,
         panel.title);
  const auto& found = desk.state.findings;
  const bool mild = std::all_of(found.begin(), found.end(), is_warning);
  if (!badge.empty())
    p.badge(x + look.s(12) + words, y + (h - p.badge_height()) / 2, badge,
            mild ? t.warn_soft : t.bad_soft, mild ? t.warn : t.bad);
  if (on) p.rect({x + look.s(4), y, tab.w - look.s(8), look.s(2)}, t.accent);
  return tab.right();
}

}  // namespace

void draw_group(Desk& desk, std::string_view group, const std::vector<const char*>& ids,
                const Rect& r) {
  if (r.w < 40 || r.h < desk.look.s(40)) return;
  std::string& chosen = desk.tab_of[std::string(group)];
  if (std::find(ids.begin(), ids.end(), chosen) == ids.end()) chosen = ids[0];
  Rect body;
  if (ids.size() == 1) {
    body = draw_frame(desk, r, find_panel(ids[0]).title);
  } else {
    body = draw_frame(desk, r, "");
    float x = r.x + desk.look.s(4);
    for (const char* id : ids) x = draw_tab(desk, chosen, find_panel(id), x, r.y, desk.look.s(34));
  }
  desk.probes.add("panel." + chosen, r);
  find_panel(chosen).draw(desk, body);
}

Scroll::Scroll(Desk& desk, std::string_view id, const Rect& body) {
  ImGui::SetCursorScreenPos({body.x, body.y});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, desk.look.theme->panel);
  ImGui::BeginChild(std::string(id).c_str(), {body.w, body.h - desk.look.s(4)}, false,
                    ImGuiWindowFlags_NoNav);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  x_ = at.x;
  y_ = bottom_ = at.y;
  width_ = ImGui::GetContentRegionAvail().x;
}

Scroll::~Scroll() {
  ImGui::SetCursorScreenPos({x_, y_});
  ImGui::Dummy({1, std::max(1.f, bottom_ - y_)});
  ImGui::EndChild();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
}

void Scroll::bring_into_view(float y, float h) const {
  const float top = ImGui::GetWindowPos().y, height = ImGui::GetWindowHeight();
  if (y < top || y + h > top + height) ImGui::SetScrollY(y - y_ - height * 0.35f);
}

}  // namespace gui
