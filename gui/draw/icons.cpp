// SPDX-License-Identifier: MIT
#include "gui/draw/icons.h"

#include <algorithm>
#include <cmath>

namespace gui {
namespace {

// A triangle whose point is at centre + side * r; side is 1 (right) or -1.
void wedge(ImDrawList* list, ImVec2 c, float back, float tip, float half, float side, ImU32 color) {
  list->AddTriangleFilled({c.x + side * back, c.y - half}, {c.x + side * tip, c.y},
                          {c.x + side * back, c.y + half}, color);
}

void bar(ImDrawList* list, ImVec2 c, float from, float to, float half, ImU32 color) {
  list->AddRectFilled({c.x + from, c.y - half}, {c.x + to, c.y + half}, color);
}

void sun(ImDrawList* list, ImVec2 c, float r, ImU32 color) {
  list->AddCircleFilled(c, r * .45f, color, 20);
  for (int i = 0; i < 8; ++i) {
    const float a = static_cast<float>(i) * 0.7853982f;
    list->AddLine({c.x + std::cos(a) * r * .68f, c.y + std::sin(a) * r * .68f},
                  {c.x + std::cos(a) * r, c.y + std::sin(a) * r}, color, r * .22f);
  }
}

}  // namespace

void draw_icon(ImDrawList* list, Icon icon, ImVec2 c, float r, ImU32 color) {
  switch (icon) {
    case Icon::kPlay:
      wedge(list, c, -r * .6f, r * .9f, r * .85f, 1, color);
      break;
    case Icon::kPause:
      bar(list, c, -r * .65f, -r * .15f, r * .8f, color);
      bar(list, c, r * .15f, r * .65f, r * .8f, color);
      break;
    case Icon::kForward:
      wedge(list, c, -r * .75f, r * .45f, r * .8f, 1, color);
      bar(list, c, r * .5f, r * .8f, r * .8f, color);
      break;
    case Icon::kBack:
      wedge(list, c, -r * .75f, r * .45f, r * .8f, -1, color);
      bar(list, c, -r * .8f, -r * .5f, r * .8f, color);
      break;
    case Icon::kEnd:
      wedge(list, c, -r * .95f, -r * .05f, r * .7f, 1, color);
      wedge(list, c, -r * .05f, r * .8f, r * .7f, 1, color);
      break;
    case Icon::kStart:
      wedge(list, c, -r * .95f, -r * .05f, r * .7f, -1, color);
      wedge(list, c, -r * .05f, r * .8f, r * .7f, -1, color);
      break;
    case Icon::kTheme:
      sun(list, c, r, color);
      break;
    case Icon::kSearch:
      list->AddCircle({c.x - r * .15f, c.y - r * .15f}, r * .6f, color, 20, r * .22f);
      list->AddLine({c.x + r * .3f, c.y + r * .3f}, {c.x + r * .85f, c.y + r * .85f}, color,
                    r * .25f);
      break;
    case Icon::kMenu:
      for (const float y : {-.6f, 0.f, .6f})
        list->AddRectFilled({c.x - r * .8f, c.y + r * y - r * .12f},
                            {c.x + r * .8f, c.y + r * y + r * .12f}, color);
      break;
  }
}

void draw_tick(ImDrawList* list, ImVec2 c, float size, ImU32 color) {
  const ImVec2 points[3] = {
      {c.x - size, c.y}, {c.x - size * .25f, c.y + size * .75f}, {c.x + size, c.y - size * .75f}};
  list->AddPolyline(points, 3, color, 0, size * .5f);
}

namespace {

// A point at the head, seen from `from`; returns where the line must end.
ImVec2 point(ImDrawList* list, ImVec2 from, ImVec2 head, ImU32 color, float size) {
  const float dx = head.x - from.x, dy = head.y - from.y;
  const float length = std::max(1e-3f, std::sqrt(dx * dx + dy * dy));
  const float ux = dx / length, uy = dy / length;
  const ImVec2 neck = {head.x - ux * size, head.y - uy * size};
  list->AddTriangleFilled(head, {neck.x - uy * size * .5f, neck.y + ux * size * .5f},
                          {neck.x + uy * size * .5f, neck.y - ux * size * .5f}, color);
  return neck;
}

}  // namespace

void draw_curve(ImDrawList* list, ImVec2 tail, ImVec2 head, ImU32 color, float size) {
  const float dx = head.x - tail.x, dy = head.y - tail.y;
  if (dx * dx + dy * dy < 1) return;
  const bool steep = std::fabs(dx) < size * 3;
  const ImVec2 leave =
      steep ? ImVec2{tail.x, tail.y + dy * .4f} : ImVec2{tail.x + dx * .12f, tail.y + dy * .85f};
  const ImVec2 arrive =
      steep ? ImVec2{head.x, head.y - dy * .4f} : ImVec2{head.x - dx * .4f, head.y - dy * .06f};
  const ImVec2 end = point(list, arrive, head, color, size);
  list->AddBezierCubic(tail, leave, arrive, end, color, size * .22f);
}

void draw_arrow(ImDrawList* list, ImVec2 tail, ImVec2 head, ImU32 color, float size) {
  const float dx = head.x - tail.x, dy = head.y - tail.y;
  if (dx * dx + dy * dy < 1) return;
  list->AddLine(tail, point(list, tail, head, color, size), color, size * .25f);
}

}  // namespace gui
