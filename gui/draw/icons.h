// SPDX-License-Identifier: MIT
// Pictograms, drawn rather than taken from a font.
#pragma once

#include "gui/draw/widgets.h"

namespace gui {

void draw_icon(ImDrawList* list, Icon icon, ImVec2 centre, float radius, ImU32 color);
void draw_tick(ImDrawList* list, ImVec2 centre, float size, ImU32 color);
// From tail to head, with a point at the head.
// The same as a curve that leaves and arrives downwards or upwards, so that it
// lies over as little of the rows between as can be.
void draw_curve(ImDrawList* list, ImVec2 tail, ImVec2 head, ImU32 color, float size);
void draw_arrow(ImDrawList* list, ImVec2 tail, ImVec2 head, ImU32 color, float size);

}  // namespace gui
