// SPDX-License-Identifier: MIT
// Where everything goes, from 1280x720 up.
#include <algorithm>

#include "gui/draw/compat.h"
#include "gui/panels/panel.h"

namespace gui {
namespace {

struct Room {
  float w, h, gap;
};

// Right column: four panels when it is high enough, else two groups of tabs.
void right_column(Desk& desk, const Rect& r, const Room& room) {
  const Look& look = desk.look;
  const float g = room.gap;
  if (r.h >= look.s(900)) {
    const float locks = look.s(290), irq = look.s(310), rcu = look.s(184);
    const float rest = r.h - locks - irq - rcu - 3 * g;
    float y = r.y;
    draw_group(desk, "right.1", {"locks", "order", "variables"}, {r.x, y, r.w, locks});
    y += locks + g;
    draw_group(desk, "right.2", {"irq", "setup"}, {r.x, y, r.w, irq});
    y += irq + g;
    draw_group(desk, "right.3", {"rcu", "statistics"}, {r.x, y, r.w, rcu});
    y += rcu + g;
    draw_group(desk, "right.4", {"cpus", "schedule"}, {r.x, y, r.w, rest});
    return;
  }
  const float upper = std::floor((r.h - g) * 0.52f);
  draw_group(desk, "right.1", {"locks", "order", "rcu", "variables", "statistics"}, {r.x, r.y, r.w, upper});
  draw_group(desk, "right.2", {"cpus", "irq", "schedule", "setup"},
             {r.x, r.y + upper + g, r.w, r.h - upper - g});
}

void left_column(Desk& desk, const Rect& r, const Room& room) {
  const float lessons =
      std::min(std::floor(r.h * 0.45f),
               desk.look.s(62) + desk.look.s(30) * static_cast<float>(desk.course.lessons.size()));
  draw_group(desk, "left.1", {"lessons"}, {r.x, r.y, r.w, lessons});
  draw_group(desk, "left.2", {"lesson"},
             {r.x, r.y + lessons + room.gap, r.w, r.h - lessons - room.gap});
}

void centre_column(Desk& desk, const Rect& r, const Room& room) {
  const Look& look = desk.look;
  const float g = room.gap;
  // A low window keeps the timeline: of the log only its last lines stay.
  const bool low = r.h < look.s(760);
  const float log = look.s(low ? 84 : 150);
  const float source = std::floor(r.h * (low ? 0.27f : 0.25f));
  const float timeline = r.h - log - source - 2 * g;
  draw_timeline(desk, {r.x, r.y, r.w, timeline});
  draw_source(desk, {r.x, r.y + timeline + g, r.w, source});
  draw_group(desk, "bottom", {"log", "findings"}, {r.x, r.y + timeline + source + 2 * g, r.w, log});
}

void columns(Desk& desk, const Room& room) {
  const Look& look = desk.look;
  const float top = look.s(56) + room.gap, h = room.h - top - room.gap;
  const bool wide = room.w >= look.s(1580);
  const bool left = wide ? !desk.course.shown : desk.course.shown;
  const bool right = wide || !left;
  float x = room.gap, w = room.w - 2 * room.gap;
  if (desk.timeline_only) {
    draw_timeline(desk, {x, top, w, h});
    return;
  }
  if (left) {
    const float lw = look.s(300);
    left_column(desk, {x, top, lw, h}, room);
    x += lw + room.gap;
    w -= lw + room.gap;
  }
  if (right) {
    const float rw = std::min(look.s(wide ? 412 : 384), std::floor(room.w * 0.42f));
    w -= rw + room.gap;
    right_column(desk, {x + w + room.gap, top, rw, h}, room);
  }
  centre_column(desk, {x, top, w, h}, room);
}

}  // namespace

void draw_window(Desk& desk) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  desk.probes.clear();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::Begin("root", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoBringToFrontOnFocus |
                   ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar();
  const Face& ui = desk.look.face(Font::kUi);
  compat::push_font(ui.font, ui.px);
  columns(desk, {size.x, size.y, desk.look.s(8)});
  draw_topbar(desk, {0, 0, size.x, desk.look.s(56)});
  ImGui::PopFont();
  ImGui::End();
  compat::push_font(ui.font, ui.px);
  draw_overlays(desk, size);
  ImGui::PopFont();
}

}  // namespace gui
