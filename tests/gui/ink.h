// SPDX-License-Identifier: MIT
// What a frame put on the screen, read back from what ImGui hands to the
// rasteriser: is text cut off, does text lie on text, is it in the window?
#pragma once

#include <imgui.h>

#include <string>
#include <vector>

#include "gui/draw/paint.h"

namespace ink {

struct Glyph {
  gui::Rect box, clip;
  int list;
};

// Glyphs in the order of drawing; those that something opaque was drawn over
// are left out.
std::vector<Glyph> glyphs(const ImDrawData& data);

// One line for each fault. Lines of text may be cut above and below (they
// scroll), never at the sides.
std::vector<std::string> faults(const ImDrawData& data, float width, float height);

}  // namespace ink
