// SPDX-License-Identifier: MIT
// The few controls the window is made of. Each draws itself at a rectangle,
// reports a probe under its id and returns what happened in this frame.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "gui/draw/paint.h"
#include "gui/draw/probe.h"

namespace gui {

enum class Icon { kPlay, kPause, kForward, kBack, kEnd, kStart, kTheme, kSearch, kMenu };

class Widgets {
 public:
  Widgets(const Look& look, Probes& probes) : look_(look), probes_(probes) {}

  // An invisible button: true when it was clicked.
  bool hit(std::string_view id, const Rect& r, std::string_view value = {});
  bool hovered() const { return hovered_; }

  bool button(std::string_view id, const Rect& r, std::string_view label, bool primary = false,
              bool enabled = true);
  bool icon(std::string_view id, const Rect& r, Icon icon, bool primary = false,
            bool enabled = true);
  bool toggle(std::string_view id, float x, float y, bool on, std::string_view label = {});
  // Returns the index that was clicked, or -1. Ids are id.LABEL. Bit n of `greyed`:
  // label n cannot be chosen.
  int segmented(std::string_view id, float x, float y, const std::vector<std::string_view>& labels,
                int current, uint32_t greyed = 0);
  float segmented_width(const std::vector<std::string_view>& labels) const;
  // Buttons in as many rows as they need; y comes back below them. Returns the index
  // that was clicked, or -1. Ids are id.LABEL.
  int choices(std::string_view id, float x, float& y, float w,
              const std::vector<std::string>& labels, std::string_view chosen = {});
  // value in [0, 1]; true while it is dragged.
  bool slider(std::string_view id, const Rect& r, float* value, ImU32 color);
  // The gap between two panels, to be dragged: where the mouse has it while it
  // does, across the gap. `upright`: it parts left from right.
  std::optional<float> grip(std::string_view id, const Rect& r, bool upright,
                            std::string_view value);
  float button_width(std::string_view label) const;
  float row() const { return look_.s(28); }
  // Words beside the mouse when the last widget is hovered. Probe: "tip".
  void tip(std::string_view words) const;

 private:
  Paint paint() const { return {look_, ImGui::GetWindowDrawList()}; }
  const Look& look_;
  Probes& probes_;
  bool hovered_ = false, held_ = false;
};

}  // namespace gui
