// SPDX-License-Identifier: MIT
// Where everything goes, from 1280x720 up.
#include <algorithm>
#include <cmath>
#include <string>

#include "gui/draw/compat.h"
#include "gui/panels/panel.h"

namespace gui {
namespace {

// Sizes that a person may change by dragging the gap beside a part.
class Layout {
 public:
  explicit Layout(Desk& desk) : gap(desk.look.s(8)), desk_(desk) {}

  // In px: as it was dragged, or as usual; within what leaves room for the rest.
  float size(const char* part, float usual, float least, float most) const {
    const auto it = desk_.settings.sizes.find(part);
    const float px = it == desk_.settings.sizes.end() ? usual : desk_.look.s(it->second);
    return std::floor(std::clamp(px, least, std::max(least, most)));
  }
  // `from`: the edge of the part that stays where it is.
  void grip(const char* part, const Rect& r, float from) {
    const bool upright = r.h > r.w;
    const float at = upright ? r.x + r.w / 2 : r.y + r.h / 2;
    const auto words = std::to_string(static_cast<int>(std::fabs(at - from) / desk_.look.scale));
    const auto mouse = desk_.widgets.grip(std::string("split.") + part, r, upright, words);
    if (mouse) desk_.settings.sizes[part] = (std::fabs(*mouse - from) - gap / 2) / desk_.look.scale;
  }
  // One part above the other; `upper` px high.
  void below(const char* part, const Rect& r, float upper) {
    grip(part, {r.x, r.y + upper, r.w, gap}, r.y);
  }

  const float gap;

 private:
  Desk& desk_;
};

struct Part {
  const char* group;
  std::vector<const char*> panels;
  float usual;  // px high; of the last one: what is left
};

// Panels one above the other, with gaps that can be dragged.
void stack(Desk& desk, Layout& layout, Rect r, const std::vector<Part>& parts) {
  const float least = desk.look.s(90);
  for (size_t i = 0; i < parts.size(); ++i) {
    const Part& p = parts[i];
    const auto after = static_cast<float>(parts.size() - i - 1);
    const bool last = i + 1 == parts.size();
    const float h =
        last ? r.h : layout.size(p.group, p.usual, least, r.h - after * (least + layout.gap));
    draw_group(desk, p.group, p.panels, {r.x, r.y, r.w, h});
    if (!last) layout.below(p.group, r, h);
    r.y += h + layout.gap;
    r.h -= h + layout.gap;
  }
}

// Four panels when it is high enough, else two groups of tabs.
void right_column(Desk& desk, Layout& layout, const Rect& r) {
  const Look& look = desk.look;
  if (r.h >= look.s(900))
    stack(desk, layout, r,
          {{"right.1", {"locks", "order", "variables"}, look.s(290)},
           {"right.2", {"irq", "setup"}, look.s(310)},
           {"right.3", {"rcu", "statistics"}, look.s(184)},
           {"right.4", {"cpus", "schedule"}, 0}});
  else
    stack(desk, layout, r,
          {{"right.upper",
            {"locks", "order", "rcu", "variables", "statistics"},
            (r.h - layout.gap) * 0.52f},
           {"right.lower", {"cpus", "irq", "schedule", "setup"}, 0}});
}

void left_column(Desk& desk, Layout& layout, const Rect& r) {
  const float rows = desk.look.s(30) * static_cast<float>(desk.course.lessons.size());
  stack(desk, layout, r,
        {{"left.1", {"lessons"}, std::min(r.h * 0.45f, desk.look.s(62) + rows)},
         {"left.2", {"lesson"}, 0}});
}

void centre_column(Desk& desk, Layout& layout, const Rect& r) {
  const Look& look = desk.look;
  const float g = layout.gap, least = look.s(80);
  // A low window keeps the timeline: of the log only its last lines stay.
  const bool low = r.h < look.s(760);
  const float log = layout.size("log", look.s(low ? 84 : 150), look.s(70), r.h * 0.4f);
  const float source = layout.size("source", r.h * (low ? 0.27f : 0.25f), least, r.h * 0.55f);
  const float timeline = r.h - log - source - 2 * g;
  const Rect middle = {r.x, r.y + timeline + g, r.w, source};
  draw_timeline(desk, {r.x, r.y, r.w, timeline});
  layout.grip("source", {r.x, middle.y - g, r.w, g}, middle.bottom());
  draw_source(desk, middle);
  layout.grip("log", {r.x, middle.bottom(), r.w, g}, r.bottom());
  draw_group(desk, "bottom", {"log", "findings", "proc"}, {r.x, middle.bottom() + g, r.w, log});
}

void columns_of_panels(Desk& desk, ImVec2 window) {
  const Look& look = desk.look;
  Layout layout(desk);
  const float g = layout.gap, top = look.s(56) + g, h = window.y - top - g;
  const bool wide = window.x >= look.s(1580);
  const bool left = wide ? !desk.course.shown : desk.course.shown;
  const bool right = wide || !left;
  float x = g, w = window.x - 2 * g;
  if (desk.timeline_only) {
    draw_timeline(desk, {x, top, w, h});
    return;
  }
  if (left) {
    const float lw = layout.size("left", look.s(300), look.s(240), window.x * 0.3f);
    left_column(desk, layout, {x, top, lw, h});
    layout.grip("left", {x + lw, top, g, h}, x);
    x += lw + g;
    w -= lw + g;
  }
  if (right) {
    const float usual = std::min(look.s(wide ? 412 : 384), window.x * 0.42f);
    const float rw = layout.size("right", usual, std::min(look.s(330), usual), window.x * 0.42f);
    w -= rw + g;
    right_column(desk, layout, {x + w + g, top, rw, h});
    layout.grip("right", {x + w, top, g, h}, x + w + g + rw);
  }
  centre_column(desk, layout, {x, top, w, h});
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
  columns_of_panels(desk, size);
  draw_topbar(desk, {0, 0, size.x, desk.look.s(56)});
  ImGui::PopFont();
  ImGui::End();
  compat::push_font(ui.font, ui.px);
  draw_overlays(desk, size);
  ImGui::PopFont();
}

}  // namespace gui
