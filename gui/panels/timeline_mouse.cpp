// SPDX-License-Identifier: MIT
// The mouse on the timeline: zoom at the mouse, drag to pan, ruler to measure.
#include <algorithm>
#include <cmath>

#include "gui/panels/timeline_rows.h"

namespace gui {
namespace {

constexpr float kDragPx = 4;

double time_at(const Desk& desk, const Rect& lanes, float x) {
  return desk.span.view.time(static_cast<double>(x - lanes.x), lanes.w);
}

void wheel(Desk& desk, const TimelineParts& parts, const ImGuiIO& io) {
  if (io.MouseWheel == 0 && io.MouseWheelH == 0) return;
  Span& s = desk.span;
  s.follow = s.fit = false;
  s.moving = false;
  if (parts.gutter.contains(io.MousePos)) {
    s.scroll -= io.MouseWheel * desk.look.s(40);
    return;
  }
  const double sideways = static_cast<double>(io.MouseWheelH + (io.KeyShift ? io.MouseWheel : 0));
  if (sideways != 0) s.view.pan(-sideways * s.view.span() * 0.1, desk.end());
  if (io.KeyShift || io.MouseWheel == 0) return;
  const double factor = io.KeyCtrl ? 0.95 : 0.8;
  s.view.zoom(s.hover, std::pow(factor, static_cast<double>(io.MouseWheel)), desk.end());
}

void click(Desk& desk, const TimelineParts& parts, const ImGuiIO& io) {
  const double time = std::max(0.0, time_at(desk, parts.lanes, io.MousePos.x));
  desk.measure = {};
  const Row* row = row_at(parts, io.MousePos);
  const auto e = row ? interval_near(desk, *row, time) : std::nullopt;
  if (e)
    desk.selection = {true, row->track, *e};
  else
    desk.selection = {};
  if (!desk.state.playing) desk.go_to(static_cast<uint64_t>(time));
}

void lanes_mouse(Desk& desk, const TimelineParts& parts) {
  const ImGuiIO& io = ImGui::GetIO();
  const Rect& l = parts.lanes;
  desk.widgets.hit("timeline.lanes", l);
  if (ImGui::IsItemHovered()) {
    desk.span.hover = time_at(desk, l, io.MousePos.x);
    wheel(desk, parts, io);
    if (ImGui::IsMouseDoubleClicked(0) && desk.selection.on) desk.act(Action::kZoomSelection);
  }
  if (ImGui::IsItemActive() && ImGui::IsMouseDragging(0, kDragPx)) {
    if (io.KeyCtrl) {
      if (!desk.measure.dragging)
        desk.measure = {true, true, time_at(desk, l, io.MouseClickedPos[0].x), 0};
      desk.measure.to = time_at(desk, l, io.MousePos.x);
      return;
    }
    desk.span.follow = desk.span.fit = desk.span.moving = false;
    desk.span.view.pan(-static_cast<double>(io.MouseDelta.x) * desk.span.view.ns_per_px(l.w),
                       desk.end());
    desk.span.scroll -= io.MouseDelta.y;
  }
  const ImVec2 from = io.MouseClickedPos[0];
  const bool still =
      std::fabs(io.MousePos.x - from.x) <= kDragPx && std::fabs(io.MousePos.y - from.y) <= kDragPx;
  if (ImGui::IsItemDeactivated() && desk.measure.dragging) {
    desk.act(Action::kZoomSelection);
    desk.measure = {};
  } else if (ImGui::IsItemDeactivated() && still) {
    click(desk, parts, io);
  }
}

void ruler_mouse(Desk& desk, const TimelineParts& parts) {
  const ImGuiIO& io = ImGui::GetIO();
  desk.widgets.hit("timeline.ruler", parts.ruler);
  if (ImGui::IsItemHovered()) wheel(desk, parts, io);
  if (ImGui::IsItemActive() && ImGui::IsMouseDragging(0, kDragPx)) {
    if (!desk.measure.dragging)
      desk.measure = {true, true, time_at(desk, parts.lanes, io.MouseClickedPos[0].x), 0};
    desk.measure.to = time_at(desk, parts.lanes, io.MousePos.x);
  } else if (ImGui::IsItemDeactivated()) {
    if (!desk.measure.dragging)
      desk.go_to(static_cast<uint64_t>(std::max(0.0, time_at(desk, parts.lanes, io.MousePos.x))));
    desk.measure.dragging = false;
  }
}

void overview_mouse(Desk& desk, const TimelineParts& parts) {
  const Rect& o = parts.overview;
  if (o.h <= 0) return;
  desk.widgets.hit("timeline.overview", o);
  if (!ImGui::IsItemActive()) return;
  const double middle =
      static_cast<double>((ImGui::GetIO().MousePos.x - o.x) / o.w) * std::max(1.0, desk.end());
  const double half = desk.span.view.span() / 2;
  desk.span.follow = desk.span.fit = desk.span.moving = false;
  desk.span.view.show(middle - half, middle + half, desk.end());
}

}  // namespace

void timeline_mouse(Desk& desk, const TimelineParts& parts) {
  desk.span.width = static_cast<double>(parts.lanes.w);
  if (!desk.span.moving) desk.span.hover = static_cast<double>(desk.cursor);
  lanes_mouse(desk, parts);
  ruler_mouse(desk, parts);
  overview_mouse(desk, parts);
  desk.widgets.hit("timeline.gutter", parts.gutter);
  if (ImGui::IsItemHovered()) wheel(desk, parts, ImGui::GetIO());
  desk.span.scroll = std::clamp(desk.span.scroll, 0.f, std::max(0.f, parts.height - parts.lanes.h));
}

}  // namespace gui
