// SPDX-License-Identifier: MIT
#include "gui/draw/widgets.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "gui/draw/icons.h"

namespace gui {

bool Widgets::hit(std::string_view id, const Rect& r, std::string_view value) {
  if (r.w < 1 || r.h < 1) return false;
  ImGui::SetCursorScreenPos({r.x, r.y});
  const bool clicked = ImGui::InvisibleButton(std::string(id).c_str(), {r.w, r.h});
  hovered_ = ImGui::IsItemHovered();
  held_ = ImGui::IsItemActive();
  if (ImGui::IsItemVisible()) probes_.add(id, r, value);
  return clicked;
}

float Widgets::button_width(std::string_view label) const {
  return std::ceil(paint().width(Font::kSmall, label)) + look_.s(22);
}

bool Widgets::button(std::string_view id, const Rect& r, std::string_view label, bool primary,
                     bool enabled) {
  const bool clicked = hit(id, r, label) && enabled;
  if (!enabled) probes_.add(id, r, label, false);
  const Theme& t = *look_.theme;
  ImU32 ground = primary ? t.accent : held_ ? t.accent_soft : hovered_ ? t.hover : t.raised;
  if (primary && hovered_) ground = mix(ground, 0xFFFFFFFFu, 0.12f);
  if (!enabled) ground = t.header;
  const ImU32 ink = !enabled ? t.faint : primary ? t.on_accent : t.text;
  paint().rect(r, ground, look_.s(5));
  paint().centred(primary ? Font::kSmallBold : Font::kSmall, r, ink, label);
  return clicked;
}

bool Widgets::icon(std::string_view id, const Rect& r, Icon which, bool primary, bool enabled) {
  const std::string_view value = which == Icon::kPause ? "pause" : "";
  const bool clicked = hit(id, r, value) && enabled;
  if (!enabled) probes_.add(id, r, value, false);
  const Theme& t = *look_.theme;
  ImU32 ground = primary ? t.accent : held_ ? t.accent_soft : hovered_ ? t.hover : t.raised;
  if (primary && hovered_) ground = mix(ground, 0xFFFFFFFFu, 0.12f);
  if (!enabled) ground = t.header;
  paint().rect(r, ground, look_.s(5));
  draw_icon(ImGui::GetWindowDrawList(), which, {r.x + r.w / 2, r.y + r.h / 2}, look_.s(7),
            !enabled  ? t.faint
            : primary ? t.on_accent
                      : t.text);
  return clicked;
}

bool Widgets::toggle(std::string_view id, float x, float y, bool on, std::string_view label) {
  const float w = look_.s(28), h = look_.s(16);
  const float words = label.empty() ? 0 : look_.s(8) + paint().width(Font::kSmall, label);
  const bool clicked = hit(id, {x, y, w + words, h}, on ? "1" : "0");
  const Theme& t = *look_.theme;
  paint().rect({x, y, w, h}, on ? t.accent : t.border, h / 2);
  const float knob = on ? x + w - h / 2 : x + h / 2;
  ImGui::GetWindowDrawList()->AddCircleFilled({knob, y + h / 2}, h / 2 - look_.s(2), 0xFFFFFFFFu,
                                              20);
  if (!label.empty())
    paint().text(Font::kSmall, x + w + look_.s(8), y + (h - look_.line(Font::kSmall)) / 2,
                 hovered_ ? t.text : t.muted, label);
  return clicked;
}

float Widgets::segmented_width(const std::vector<std::string_view>& labels) const {
  float w = 0;
  for (const auto label : labels) w += std::ceil(paint().width(Font::kSmall, label)) + look_.s(20);
  return w;
}

int Widgets::segmented(std::string_view id, float x, float y,
                       const std::vector<std::string_view>& labels, int current, uint32_t greyed) {
  const Theme& t = *look_.theme;
  const float h = row();
  paint().rect({x, y, segmented_width(labels), h}, t.raised, look_.s(5));
  int clicked = -1;
  for (int i = 0; i < static_cast<int>(labels.size()); ++i) {
    const std::string_view label = labels[static_cast<size_t>(i)];
    const float w = std::ceil(paint().width(Font::kSmall, label)) + look_.s(20);
    const std::string name = std::string(id) + "." + std::string(label);
    const Rect box = {x, y, w, h};
    const std::string_view value = i == current ? "1" : "0";
    const bool grey = (greyed >> i & 1) != 0;
    if (hit(name, box, value) && !grey) clicked = i;
    if (grey) probes_.add(name, box, value, false);
    if (i == current)
      paint().rect({x + 2, y + 2, w - 4, h - 4}, mix(t.raised, t.text, 0.13f), look_.s(4));
    const ImU32 ink = grey ? t.faint : i == current || hovered_ ? t.text : t.muted;
    paint().centred(Font::kSmall, box, ink, label);
    x += w;
  }
  return clicked;
}

int Widgets::choices(std::string_view id, float x, float& y, float w,
                     const std::vector<std::string>& labels, std::string_view chosen) {
  int clicked = -1;
  float at = x;
  for (size_t i = 0; i < labels.size(); ++i) {
    const float width = std::min(button_width(labels[i]), w);
    if (at + width > x + w && at > x) {
      at = x;
      y += look_.s(30);
    }
    const std::string name = std::string(id) + "." + labels[i];
    if (button(name, {at, y, width, look_.s(26)}, labels[i], labels[i] == chosen))
      clicked = static_cast<int>(i);
    at += width + look_.s(5);
  }
  y += look_.s(30);
  return clicked;
}

bool Widgets::slider(std::string_view id, const Rect& r, float* value, ImU32 color) {
  hit(id, r, std::to_string(static_cast<int>(*value * 100 + 0.5f)));
  const bool dragged = held_;
  const float knob = look_.s(7), run = std::max(1.f, r.w - 2 * knob);
  if (dragged) *value = std::clamp((ImGui::GetIO().MousePos.x - r.x - knob) / run, 0.f, 1.f);
  const float y = r.y + r.h / 2, x = r.x + knob + run * *value;
  const Theme& t = *look_.theme;
  paint().rect({r.x + knob, y - look_.s(2), run, look_.s(4)}, t.border, look_.s(2));
  paint().rect({r.x + knob, y - look_.s(2), x - r.x - knob, look_.s(4)}, color, look_.s(2));
  ImDrawList* const list = ImGui::GetWindowDrawList();
  list->AddCircleFilled({x, y}, knob, 0xFFFFFFFFu, 24);
  list->AddCircle({x, y}, knob, color, 24, look_.s(hovered_ || dragged ? 3 : 2));
  return dragged;
}

std::optional<float> Widgets::grip(std::string_view id, const Rect& r, bool upright,
                                   std::string_view value) {
  hit(id, r, value);
  if (!hovered_ && !held_) return {};
  ImGui::SetMouseCursor(upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  const float thick = look_.s(2);
  const Rect mark = upright ? Rect{r.x + (r.w - thick) / 2, r.y, thick, r.h}
                            : Rect{r.x, r.y + (r.h - thick) / 2, r.w, thick};
  paint().rect(mark, held_ ? look_.theme->accent : look_.theme->border);
  if (!held_) return {};
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  return upright ? mouse.x : mouse.y;
}

void Widgets::tip(std::string_view words) const {
  if (!hovered_) return;
  ImGui::BeginTooltip();
  ImGui::TextUnformatted(words.data(), words.data() + words.size());
  ImGui::EndTooltip();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  probes_.add("tip", {mouse.x, mouse.y, 1, 1}, words);
}

}  // namespace gui
