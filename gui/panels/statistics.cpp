// SPDX-License-Identifier: MIT
// lock_stat and softirqs, counted from the trace.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "gui/panels/interrupts_parts.h"

namespace gui {
namespace {

using Cells = std::vector<std::string>;

// A name and right-aligned numbers.
void draw_cells(const Paint& p, float x, float w, float y, const Cells& cells, ImU32 ink) {
  const float column = std::min(p.look().s(66), w * 0.62f / static_cast<float>(cells.size() - 1));
  p.fitted(Font::kTiny, x, y, w - column * static_cast<float>(cells.size() - 1), ink, cells[0]);
  float right = x + w;
  for (size_t i = cells.size() - 1; i > 0; --i) {
    p.text_left_of(Font::kTiny, right, y, ink, cells[i]);
    right -= column;
  }
}

std::vector<uint32_t> by_wait(const Timeline& t) {
  std::vector<uint32_t> order(t.locks.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return t.locks[a].total_wait != t.locks[b].total_wait
               ? t.locks[a].total_wait > t.locks[b].total_wait
               : t.locks[a].acquisitions > t.locks[b].acquisitions;
  });
  if (order.size() > 40) order.resize(40);
  return order;
}

// Like /proc/interrupts: a row a vector, a column a CPU.
float draw_taken(Desk& desk, const Paint& p, float x, float y, float w) {
  const auto& vectors = desk.timeline().vectors;
  const size_t cpus = std::min<size_t>(vectors.size(), 6);
  if (cpus == 0) return y;
  Cells head = {"INTERRUPT"};
  for (size_t cpu = 0; cpu < cpus; ++cpu) head.push_back("CPU" + std::to_string(cpu));
  draw_cells(p, x, w, y, head, p.theme().faint);
  const float row = p.look().s(19);
  y += row;
  for (unsigned v = 1; v < 256; ++v) {
    Cells cells = {vector_words(desk, v)};
    uint64_t all = 0;
    for (size_t cpu = 0; cpu < cpus; ++cpu) {
      all += vectors[cpu][v].delivered;
      cells.push_back(count_text(vectors[cpu][v].delivered));
    }
    if (all == 0) continue;
    draw_cells(p, x, w, y, cells, p.theme().text);
    std::string id = "taken." + cells[0];
    std::replace(id.begin(), id.end(), ' ', '-');
    desk.probes.add(id, {x, y, w, row}, std::to_string(all));
    y += row;
  }
  return y;
}

}  // namespace

void draw_statistics(Desk& desk, const Rect& body) {
  if (!desk.is_open()) return;
  const Look& look = desk.look;
  const Theme& theme = *look.theme;
  const Timeline& t = desk.timeline();
  Scroll area(desk, "statistics.body", body);
  const Paint p = paint_of(desk);
  const float x = area.x() + look.s(12), w = area.width() - look.s(24), row = look.s(19);
  float y = area.y() + look.s(8);
  draw_cells(p, x, w, y, {"LOCK", "taken", "contended", "wait max", "hold max"}, theme.faint);
  y += row;
  for (const uint32_t i : by_wait(t)) {
    const LockTracks& l = t.locks[i];
    draw_cells(p, x, w, y,
               {t.things.label(l.thing), count_text(l.acquisitions), count_text(l.contentions),
                duration_text(static_cast<double>(l.longest_wait)),
                duration_text(static_cast<double>(l.longest_hold))},
               l.contentions ? theme.text : theme.muted);
    y += row;
  }
  y += look.s(8);
  draw_cells(p, x, w, y, {"SOFTIRQ", "runs", "time"}, theme.faint);
  y += row;
  for (unsigned n = 0; n < t.softirqs.runs.size(); ++n) {
    if (t.softirqs.runs[n] == 0) continue;
    draw_cells(p, x, w, y,
               {std::string(softirq_name(n)), count_text(t.softirqs.runs[n]),
                duration_text(static_cast<double>(t.softirqs.ns[n]))},
               theme.text);
    y += row;
  }
  y = draw_taken(desk, p, x, y + look.s(8), w);
  desk.probes.add("statistics.locks", body, std::to_string(t.locks.size()));
  area.reach(y);
}

}  // namespace gui
