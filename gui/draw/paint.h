// SPDX-License-Identifier: MIT
// Strokes of the brush that several panels share. Positions are screen pixels
// and are rounded to whole ones.
#pragma once

#include <imgui.h>

#include <string_view>

#include "gui/draw/look.h"

namespace gui {

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;
  float right() const { return x + w; }
  float bottom() const { return y + h; }
  bool contains(ImVec2 p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
};

class Paint {
 public:
  Paint(const Look& look, ImDrawList* list) : look_(look), list_(list) {}

  float width(Font font, std::string_view text) const;
  void text(Font font, float x, float y, ImU32 color, std::string_view text) const;
  // Cut with an ellipsis to fit; false: nothing fits and nothing was drawn.
  bool fitted(Font font, float x, float y, float room, ImU32 color, std::string_view text) const;
  // Right edge at `right`; returns the left edge.
  float text_left_of(Font font, float right, float y, ImU32 color, std::string_view text) const;
  void centred(Font font, const Rect& box, ImU32 color, std::string_view text) const;
  // Words broken at `room`; returns the height used.
  float wrapped(Font font, float x, float y, float room, ImU32 color, std::string_view text) const;

  void rect(const Rect& r, ImU32 color, float rounding = 0) const;
  void rect_round_on_top(const Rect& r, ImU32 color, float rounding) const;
  void frame(const Rect& r, ImU32 color, float rounding = 0, float thickness = 1) const;
  // Diagonal stripes: waiting. Anchored to the screen, so they stand still.
  void hatch(const Rect& r, ImU32 base, ImU32 stripe) const;
  void line(float x0, float y0, float x1, float y1, ImU32 color, float thickness = 1) const;

  // A word in a box; returns its width. Height is badge_height().
  float badge(float x, float y, std::string_view text, ImU32 ground, ImU32 color) const;
  float badge_width(std::string_view text) const;
  float badge_height() const { return look_.line(Font::kTiny) + look_.s(4); }
  // The chip of a CPU: its colour and always its number. CPUs from 4 on reuse
  // the hues as outlines.
  void chip(float x, float y, unsigned cpu, float size, bool lit = true) const;
  ImU32 cpu_color(unsigned cpu) const { return look_.theme->cpu[cpu % 4]; }

  const Look& look() const { return look_; }
  const Theme& theme() const { return *look_.theme; }
  ImDrawList* list() const { return list_; }

 private:
  void box(float x0, float y0, float x1, float y1, ImU32 color) const;
  void rounded(const Rect& r, ImU32 color, int radius, bool below) const;
  void corners(const Rect& r, ImU32 color, const class Corner& corner, bool below,
               bool parts_only) const;

  const Look& look_;
  ImDrawList* list_;
};

}  // namespace gui
