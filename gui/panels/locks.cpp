// SPDX-License-Identifier: MIT
// Locks at the cursor, and who waits for whom.
#include <algorithm>
#include <cmath>

#include "gui/draw/icons.h"
#include "gui/model/waitgraph.h"
#include "gui/panels/panel.h"

namespace gui {
namespace {

struct Columns {
  float name, holder, waiters, held, longest;  // left, left, left, right, right
};

Columns columns(const Look& look, float x, float w) {
  const float right = x + w - look.s(12);
  return {x + look.s(12), x + w * 0.36f, x + w * 0.6f, right - look.s(62), right};
}

void heading(Desk& desk, const Columns& c, float y) {
  const Paint p = paint_of(desk);
  const ImU32 ink = desk.look.theme->faint;
  p.text(Font::kTiny, c.name, y, ink, "LOCK");
  p.text(Font::kTiny, c.holder, y, ink, "HOLDER");
  p.fitted(Font::kTiny, c.waiters, y, c.held - c.waiters - desk.look.s(34), ink, "WAITERS");
  p.text_left_of(Font::kTiny, c.held, y, ink, "HELD");
  p.text_left_of(Font::kTiny, c.longest, y, ink, "LONGEST");
}

// As many chips as there is room for, then how many more.
void draw_waiters(const Paint& p, const LockMoment& lock, const Columns& c, float y, float chip) {
  const float room = c.held - p.look().s(48) - c.waiters, step = chip + p.look().s(3);
  const size_t n = lock.waiters.size();
  const auto fit = static_cast<size_t>(std::max(0.f, room / step));
  const auto with_rest = static_cast<size_t>(std::max(0.f, (room - p.look().s(14)) / step));
  const size_t shown = n <= fit ? n : with_rest;
  float x = c.waiters;
  for (size_t i = 0; i < shown; ++i, x += step) p.chip(x, y, lock.waiters[i].cpu, chip);
  if (shown == n) return;
  const std::string rest = (shown > 0 ? "+" : "") + std::to_string(n - shown);
  p.text(Font::kTiny, x, y + p.look().s(2), p.theme().muted, rest);
}

void draw_row(Desk& desk, const LockMoment& lock, const Columns& c, const Rect& r) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const Timeline& line = desk.timeline();
  const LockTracks& tracks = line.locks[lock.lock];
  const std::string name = line.things.label(tracks.thing);
  const bool contended = !lock.waiters.empty();
  if (desk.widgets.hit("lock." + name, r,
                       lock.holders.empty() ? "free"
                       : contended          ? "contended"
                                            : "held") &&
      !lock.holders.empty())
    desk.select(tracks.hold[0], lock.holders[0], false);
  if (contended) p.rect(r, t.bad_soft);
  if (desk.widgets.hovered()) p.rect(r, t.hover);
  if (contended) p.rect({r.x, r.y, look.s(3), r.h}, t.spin_stripe);
  const float y = r.y + look.s(4), chip = look.s(17);
  p.fitted(Font::kMonoSmall, c.name, y, c.holder - c.name - look.s(8), t.text, name);
  const std::string use =
      count_text(tracks.acquisitions) + " taken, " + count_text(tracks.contentions) + " contended";
  p.fitted(Font::kTiny, c.name, y + look.s(17), c.waiters - c.name - look.s(8), t.faint, use);
  if (lock.holders.empty()) {
    p.text(Font::kTiny, c.holder, y + look.s(2), t.faint, "free");
  } else {
    const Interval& h = lock.holders[0];
    p.chip(c.holder, y, h.cpu, chip);
    p.fitted(Font::kTiny, c.holder + chip + look.s(6), y + look.s(2),
             c.waiters - c.holder - chip - look.s(12), t.text, line.things.label(h.ref));
    const uint64_t held = desk.cursor - std::min<uint64_t>(desk.cursor, h.start);
    p.text_left_of(Font::kTiny, c.held, y + look.s(2), contended ? t.bad : t.text,
                   duration_text(static_cast<double>(held)));
  }
  draw_waiters(p, lock, c, y, chip);
  p.text_left_of(Font::kTiny, c.longest, y + look.s(2), t.muted,
                 tracks.longest_hold == 0
                     ? std::string("\xE2\x80\x93")
                     : duration_text(static_cast<double>(tracks.longest_hold)));
}

void draw_node(Desk& desk, const Paint& p, const WaitGraph::Node& n, const Rect& box) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const std::string name = desk.timeline().things.label(n.ref);
  const ImU32 edge = n.in_cycle || n.is_lock ? t.bad : p.cpu_color(n.cpu);
  const float round = n.is_lock ? look.s(4) : box.h / 2;
  p.rect(box, n.is_lock ? t.bad_soft : t.panel, round);
  p.frame(box, edge, round, look.s(2));
  if (n.is_lock) {
    const float w = std::min(p.width(Font::kTiny, name), box.w - look.s(10));
    p.fitted(Font::kTiny, box.x + (box.w - w) / 2, box.y + (box.h - look.line(Font::kTiny)) / 2,
             box.w - look.s(10), t.text, name);
  } else {
    p.chip(box.x + look.s(7), box.y + (box.h - look.s(16)) / 2, n.cpu, look.s(16));
    p.fitted(Font::kTiny, box.x + look.s(28), box.y + (box.h - look.line(Font::kTiny)) / 2,
             box.w - look.s(34), t.text, name);
  }
  desk.probes.add("graph." + name, box, n.in_cycle ? "cycle" : "");
}

// Where the straight line from the centre of `box` to `to` leaves the box.
ImVec2 border_point(const Rect& box, ImVec2 to) {
  const ImVec2 c = {box.x + box.w / 2, box.y + box.h / 2};
  const float dx = to.x - c.x, dy = to.y - c.y;
  const float sx = dx == 0 ? 1e9f : box.w / 2 / std::fabs(dx);
  const float sy = dy == 0 ? 1e9f : box.h / 2 / std::fabs(dy);
  const float s = std::min({sx, sy, 1.f});
  return {c.x + dx * s, c.y + dy * s};
}

void draw_graph(Desk& desk, const Rect& r) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const WaitGraph g = wait_graph(desk.timeline(), desk.moment);
  p.text(Font::kTiny, r.x + look.s(12), r.y + look.s(4), t.faint, "WAIT-FOR GRAPH");
  const std::string words = g.cycle ? "DEADLOCK: a cycle" : "no cycle";
  p.badge(r.right() - look.s(12) - p.badge_width(words), r.y + look.s(2), words,
          g.cycle ? t.bad : t.good_soft, g.cycle ? t.panel : t.good);
  desk.probes.add("graph", r, g.cycle ? "cycle" : "no cycle");
  const Rect in = {r.x + look.s(8), r.y + look.s(24), r.w - look.s(16), r.h - look.s(30)};
  if (g.nodes.empty()) {
    p.text(Font::kTiny, r.x + look.s(12), in.y + look.s(4), t.faint, "nobody waits at the cursor");
    return;
  }
  const float w = std::min(look.s(118), in.w * (g.cycle ? 0.3f : 0.2f)), h = look.s(24);
  std::vector<Rect> boxes;
  for (const auto& n : g.nodes) {
    const float x = std::clamp(in.x + n.x * in.w - w / 2, in.x, in.right() - w);
    const float y = std::clamp(in.y + n.y * in.h - h / 2, in.y, in.bottom() - h);
    boxes.push_back({std::floor(x), std::floor(y), w, h});
  }
  for (const auto& e : g.edges) {
    const Rect &from = boxes[e.from], &to = boxes[e.to];
    const ImVec2 a = border_point(from, {to.x + to.w / 2, to.y + to.h / 2});
    const ImVec2 b = border_point(to, {from.x + from.w / 2, from.y + from.h / 2});
    draw_arrow(p.list(), a, b, e.in_cycle ? t.bad : t.muted, look.s(7));
  }
  for (size_t i = 0; i < boxes.size(); ++i) draw_node(desk, p, g.nodes[i], boxes[i]);
}

}  // namespace

void draw_locks(Desk& desk, const Rect& body) {
  if (!desk.is_open()) return;
  const Look& look = desk.look;
  const float graph = std::min(look.s(132), std::floor(body.h * 0.45f));
  const Rect table = {body.x, body.y + look.s(22), body.w, body.h - graph - look.s(22)};
  heading(desk, columns(look, body.x, body.w), body.y + look.s(6));
  {
    Scroll area(desk, "locks.body", table);
    const Columns c = columns(look, area.x(), area.width());
    float y = area.y();
    for (const LockMoment& lock : desk.moment.locks) {
      draw_row(desk, lock, c, {area.x(), y, area.width(), look.s(38)});
      y += look.s(39);
    }
    if (desk.moment.locks.empty())
      paint_of(desk).text(Font::kSmall, area.x() + look.s(12), y + look.s(4), look.theme->faint,
                          "No lock was taken yet");
    area.reach(y);
  }
  paint_of(desk).rect({body.x, body.bottom() - graph, body.w, 1}, look.theme->border);
  draw_graph(desk, {body.x, body.bottom() - graph, body.w, graph});
}

}  // namespace gui
