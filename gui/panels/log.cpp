// SPDX-License-Identifier: MIT
// The kernel log: filter, and a click goes to the step that wrote a line. What
// the checkers found stands between the lines, where it was found.
#include <algorithm>

#include "gui/panels/panel.h"

namespace gui {
namespace {

bool passes(const run::LogLine& line, int filter) {
  const auto has = [&](const char* word) { return line.text.find(word) != std::string::npos; };
  switch (filter) {
    case 1:
      return line.level <= 4;
    case 2:
      return has("lock") || has("mutex") || has("sem");
    case 3:
      return has("rcu") || has("RCU");
    case 4:
      return has("irq") || has("IRQ") || has("NMI");
    default:
      return true;
  }
}

// Lines and findings, by step.
std::vector<run::LogLine> merged(const Desk& desk) {
  std::vector<run::LogLine> all = desk.state.log;
  for (const check::Finding& f : desk.state.findings) {
    const bool printed = std::any_of(all.begin(), all.end(), [&](const run::LogLine& line) {
      return line.text.find(f.title) != std::string::npos;
    });
    if (!printed) all.push_back({f.step, f.time_ns, f.cpu, is_warning(f) ? 4u : 3u, f.title});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const run::LogLine& a, const run::LogLine& b) { return a.step < b.step; });
  return all;
}

void draw_line(Desk& desk, const run::LogLine& line, size_t number, const Rect& r) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint paint = paint_of(desk);
  const bool future = line.time_ns > desk.cursor;
  if (desk.widgets.hit("log." + std::to_string(number), r, line.text))
    desk.go_to_step(line.step, line.time_ns);
  if (line.level <= 3) paint.rect(r, t.bad_soft);
  if (desk.widgets.hovered()) paint.rect(r, t.hover);
  const std::string when = moment_text(line.time_ns).substr(0, 9);
  const float y = r.y + look.s(2);
  paint.text(Font::kMonoSmall, r.x + look.s(12), y, t.faint, when);
  const float x = r.x + look.s(24) + paint.width(Font::kMonoSmall, "0.000 000");
  paint.chip(x, r.y + look.s(2), line.cpu, look.s(16));
  const ImU32 ink = future ? t.faint : line.level <= 3 ? t.bad : line.level == 4 ? t.warn : t.text;
  paint.fitted(Font::kMonoSmall, x + look.s(26), y, r.right() - x - look.s(34), ink, line.text);
}

}  // namespace

void draw_log(Desk& desk, const Rect& body) {
  const Look& look = desk.look;
  static const std::vector<std::string_view> kFilters = {"All", "Warnings", "Locks", "RCU", "IRQ"};
  int& filter = desk.choice_of["log.filter"];
  const float w = desk.widgets.segmented_width(kFilters);
  const int picked = desk.widgets.segmented("log", body.right() - w - look.s(10),
                                            body.y - look.s(31), kFilters, filter);
  if (picked >= 0) filter = picked;
  Scroll area(desk, "log.body", body);
  const float row = look.s(20);
  float y = area.y() + look.s(4);
  const float top = ImGui::GetWindowPos().y, bottom = top + ImGui::GetWindowHeight();
  const bool at_end = ImGui::GetScrollY() >= ImGui::GetScrollMaxY() - 2;
  const std::vector<run::LogLine> lines = merged(desk);
  for (size_t n = 0; n < lines.size(); ++n) {
    const run::LogLine& line = lines[n];
    if (!passes(line, filter)) continue;
    if (y + row > top && y < bottom) draw_line(desk, line, n, {area.x(), y, area.width(), row});
    y += row;
  }
  if (lines.empty())
    paint_of(desk).text(Font::kSmall, area.x() + look.s(12), y, look.theme->faint,
                        "Nothing was printed yet");
  area.reach(y + look.s(4));
  int& seen = desk.choice_of["log.seen"];
  if (at_end && seen != static_cast<int>(lines.size())) ImGui::SetScrollY(y);
  seen = static_cast<int>(lines.size());
}

}  // namespace gui
