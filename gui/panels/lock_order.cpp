// SPDX-License-Identifier: MIT
// What lockdep has learnt: which lock was taken under which, and where first.
#include <algorithm>
#include <cmath>

#include "gui/draw/icons.h"
#include "gui/panels/panel.h"

namespace gui {
namespace {

std::vector<Rect> boxes_of(const Desk& desk, const OrderGraph& g, const Rect& in) {
  const Look& look = desk.look;
  std::vector<size_t> in_row;
  for (const auto& n : g.nodes) {
    const auto row = static_cast<size_t>(n.y * static_cast<float>(g.layers));
    in_row.resize(std::max(in_row.size(), row + 1));
    ++in_row[row];
  }
  const size_t most = in_row.empty() ? 1 : *std::max_element(in_row.begin(), in_row.end());
  const float w = std::min(look.s(118), in.w / static_cast<float>(most) - look.s(8));
  const float h = std::min(look.s(22), in.h / static_cast<float>(g.layers + 1));
  std::vector<Rect> boxes;
  for (const auto& n : g.nodes)
    boxes.push_back({std::floor(in.x + n.x * in.w - w / 2), std::floor(in.y + n.y * in.h - h / 2),
                     std::floor(w), std::floor(h)});
  return boxes;
}

void draw_nodes(Desk& desk, const OrderGraph& g, const std::vector<Rect>& boxes) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  for (size_t i = 0; i < boxes.size(); ++i) {
    const OrderGraph::Node& n = g.nodes[i];
    const Rect& box = boxes[i];
    p.rect(box, n.in_cycle ? t.bad_soft : t.raised, look.s(4));
    p.frame(box, n.in_cycle ? t.bad : t.border, look.s(4), n.in_cycle ? look.s(2) : 1);
    const float w = std::min(p.width(Font::kTiny, n.name), box.w - look.s(8));
    p.fitted(Font::kTiny, box.x + (box.w - w) / 2, box.y + (box.h - look.line(Font::kTiny)) / 2,
             box.w - look.s(8), t.text, n.name);
    desk.widgets.hit("order.node." + n.name, box, n.in_cycle ? "cycle" : "");
    desk.widgets.tip(n.name);
  }
}

// Downwards from the lock that was held; the edge that closes a circle goes up
// and leaves at the sides, so that it is not hidden by the one downwards.
void draw_edges(Desk& desk, const OrderGraph& g, const std::vector<Rect>& boxes) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  for (const auto& e : g.edges) {
    const bool drawn = e.from != OrderGraph::kNowhere && e.to != OrderGraph::kNowhere;
    if (!drawn || e.from == e.to || e.implied) continue;
    const Rect &a = boxes[e.from], &b = boxes[e.to];
    const ImU32 ink = e.in_cycle ? t.bad : t.muted;
    const float ax = a.x + a.w / 2, bx = b.x + b.w / 2;
    if (b.y > a.y) {
      draw_arrow(p.list(), {ax, a.bottom() + 1}, {bx, b.y - 1}, ink, look.s(7));
      continue;
    }
    const float side = std::max(a.right(), b.right()) + look.s(18);
    const ImVec2 from = {a.right() + 1, a.y + a.h / 2}, to = {b.right() + 1, b.y + b.h / 2};
    p.list()->AddLine(from, {side, from.y}, ink, look.s(1.5f));
    p.list()->AddLine({side, from.y}, {side, to.y}, ink, look.s(1.5f));
    draw_arrow(p.list(), {side, to.y}, to, ink, look.s(7));
  }
}

void show_place(Desk& desk, const std::string& place) {
  const size_t colon = place.rfind(':');
  if (colon == std::string::npos) return;
  for (const std::string& path : desk.state.sources)
    if (path.ends_with(place.substr(0, colon))) {
      desk.source.follow = false;
      desk.source.left.path = path;
      desk.source.left.scroll_to = static_cast<unsigned>(std::atoi(place.c_str() + colon + 1));
    }
}

void draw_list(Desk& desk, const OrderGraph& g, const Rect& body) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  Scroll area(desk, "order.body", body);
  const Paint p = paint_of(desk);
  const float row = look.s(21);
  float y = area.y();
  const float top = ImGui::GetWindowPos().y, bottom = top + ImGui::GetWindowHeight();
  for (size_t i = 0; i < g.edges.size(); ++i, y += row) {
    if (y + row <= top || y >= bottom) continue;
    const OrderGraph::Edge& e = g.edges[i];
    const Rect box = {area.x() + look.s(4), y, area.width() - look.s(8), row};
    const std::string words = e.held + " \xE2\x86\x92 " + e.taken;
    if (desk.widgets.hit("order." + std::to_string(i), box, words + " " + e.place))
      show_place(desk, e.place);
    desk.widgets.tip(e.taken + " was taken while " + e.held + " was held; first at " + e.place);
    if (e.in_cycle) p.rect(box, t.bad_soft, look.s(3));
    if (desk.widgets.hovered()) p.rect(box, t.hover, look.s(3));
    const float at = box.x + look.s(8), ty = y + look.s(3);
    const float place = std::min(p.width(Font::kTiny, e.place), box.w * 0.42f);
    p.fitted(Font::kMonoSmall, at, ty, box.w - place - look.s(24), e.in_cycle ? t.bad : t.text,
             words);
    p.fitted(Font::kTiny, box.right() - place - look.s(8), ty + look.s(2), place + 1, t.muted,
             e.place);
  }
  area.reach(y);
}

}  // namespace

void draw_lock_order(Desk& desk, const Rect& body) {
  const OrderGraph& g = desk.lock_order;
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const std::string words = g.edges.empty() ? "no order yet" : g.cycle ? "a circle" : "no circle";
  p.fitted(Font::kTiny, body.x + look.s(12), body.y + look.s(8),
           body.w - p.badge_width(words) - look.s(32), t.faint,
           "ABOVE: HELD \xC2\xB7 BELOW: TAKEN UNDER IT");
  p.badge(body.right() - look.s(12) - p.badge_width(words), body.y + look.s(5), words,
          g.cycle ? t.bad : t.good_soft, g.cycle ? t.panel : t.good);
  desk.probes.add("order", body, words);
  if (g.edges.empty()) {
    p.wrapped(Font::kSmall, body.x + look.s(12), body.y + look.s(32), body.w - look.s(24), t.faint,
              "lockdep notes here which lock was taken while which was held, and where first. "
              "Locks that are taken one at a time have no order.");
    return;
  }
  const float head = look.s(28), least = look.s(21) * 2;
  const float graph = std::clamp(look.s(44) * static_cast<float>(g.layers), look.s(60),
                                 std::max(look.s(60), body.h - head - least));
  const Rect in = {body.x + look.s(8), body.y + head, body.w - look.s(16), graph};
  const std::vector<Rect> boxes = boxes_of(desk, g, in);
  draw_edges(desk, g, boxes);
  draw_nodes(desk, g, boxes);
  p.rect({body.x, in.bottom() + look.s(2), body.w, 1}, t.border);
  draw_list(desk, g,
            {body.x, in.bottom() + look.s(4), body.w, body.bottom() - in.bottom() - look.s(4)});
}

}  // namespace gui
