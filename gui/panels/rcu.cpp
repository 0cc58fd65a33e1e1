// SPDX-License-Identifier: MIT
// RCU at the cursor: the grace period, who still reads, callbacks.
#include <algorithm>

#include "gui/draw/icons.h"
#include "gui/panels/panel.h"

namespace gui {
namespace {

size_t before(const Chunked<uint64_t, 8>& times, uint64_t time) {
  size_t low = 0, high = times.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (times[middle] <= time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

bool passed(const Timeline& t, unsigned cpu, const Interval& grace, uint64_t now) {
  const TrackNumber track = t.cpu[cpu].quiescent;
  if (track == kNoTrack) return false;
  const Track& marks = t.tracks[track];
  const size_t i = marks.first_ending_after(grace.start);
  return i < marks.size() && marks[i].start <= now;
}

void draw_cpu(Desk& desk, unsigned n, const Rect& r) {
  const Theme& t = *desk.look.theme;
  const Look& look = desk.look;
  const Paint p = paint_of(desk);
  const bool reading = desk.moment.cpus[n].reading;
  const bool done =
      desk.moment.grace && passed(desk.timeline(), n, *desk.moment.grace, desk.cursor);
  const ImU32 color = done ? t.good : reading ? t.warn : t.border;
  p.rect(r, t.header, look.s(5));
  p.frame(r, color, look.s(5));
  p.chip(r.x + look.s(7), r.y + look.s(5), n, look.s(17));
  if (done) draw_tick(p.list(), {r.right() - look.s(14), r.y + look.s(13)}, look.s(5), t.good);
  const char* words = done                ? "passed"
                      : reading           ? "in reader"
                      : desk.moment.grace ? "awaited"
                                          : "quiet";
  p.fitted(Font::kTiny, r.x + look.s(8), r.y + look.s(27), r.w - look.s(12),
           done      ? t.good
           : reading ? t.warn
                     : t.muted,
           words);
  desk.probes.add("rcu.cpu" + std::to_string(n), r, words);
}

}  // namespace

void draw_rcu(Desk& desk, const Rect& body) {
  if (!desk.is_open()) return;
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  Scroll area(desk, "rcu.body", body);
  const Paint p = paint_of(desk);
  float y = area.y() + look.s(8);
  const float x = area.x() + look.s(12), w = area.width() - look.s(24);
  std::string grace = "no grace period";
  if (desk.moment.grace)
    grace = "GP " + desk.timeline().things.label(desk.moment.grace->ref) + " in progress for " +
            duration_text(static_cast<double>(desk.cursor - desk.moment.grace->start));
  p.badge(x, y, grace, desk.moment.grace ? t.grace : t.raised,
          desk.moment.grace ? t.grace_text : t.muted);
  desk.probes.add("rcu.grace", {x, y, w, look.s(18)}, grace);
  y += look.s(26);
  const float gap = look.s(8), cell = std::floor((w - 3 * gap) / 4), h = look.s(46);
  for (unsigned n = 0; n < desk.moment.cpus.size(); ++n) {
    draw_cpu(desk, n, {x + static_cast<float>(n % 4) * (cell + gap), y, cell, h});
    if (n % 4 == 3 || n + 1 == desk.moment.cpus.size()) y += h + gap;
  }
  const size_t queued = before(desk.timeline().callbacks_queued, desk.cursor);
  const size_t invoked = before(desk.timeline().callbacks_invoked, desk.cursor);
  p.text(Font::kTiny, x, y, t.faint, "CALLBACKS");
  p.text_left_of(Font::kTiny, x + w, y, t.muted,
                 count_text(queued) + " queued \xC2\xB7 " + count_text(invoked) +
                     " invoked \xC2\xB7 " + count_text(queued - std::min(queued, invoked)) +
                     " waiting");
  y += look.s(18);
  p.rect({x, y, w, look.s(8)}, t.raised, look.s(3));
  if (queued > 0)
    p.rect({x, y, w * static_cast<float>(std::min(invoked, queued)) / static_cast<float>(queued),
            look.s(8)},
           t.good, look.s(3));
  area.reach(y + look.s(16));
}

}  // namespace gui
