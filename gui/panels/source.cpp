// SPDX-License-Identifier: MIT
// The C files as the user wrote them, with where each CPU is: one listing, or
// two when the CPUs are too far apart for one.
#include <algorithm>
#include <filesystem>

#include "gui/panels/source_parts.h"

namespace gui {

bool same_file(const std::string& path, const std::string& named) {
  return path == named ||
         std::filesystem::path(path).filename() == std::filesystem::path(named).filename();
}

// Valid when the cursor is at the machine's position.
std::optional<run::Location> place_of(const Desk& desk, unsigned cpu) {
  if (cpu >= desk.state.cpus.size()) return {};
  return desk.state.cpus[cpu].user_where;
}

const SourceFile& source_file(Desk& desk, const std::string& path) {
  const auto [it, fresh] = desk.source.files.try_emplace(path);
  if (fresh) it->second = load_source(path);
  return it->second;
}

namespace {

// The program's files; those that did not compile if there is no program.
const std::vector<std::string>& shown_files(const Desk& desk) {
  const bool failed = !desk.state.error.sentence.empty() && !desk.files.empty();
  return failed ? desk.files : desk.state.sources;
}

// The user's file that a place is in; empty: not one of them.
std::string path_of(const Desk& desk, const run::Location& where) {
  for (const std::string& path : desk.state.sources)
    if (same_file(path, where.file)) return path;
  return {};
}

// Does the pane show it already, with a line to spare on either side?
bool shows(const SourcePane& pane, const std::string& path, unsigned line) {
  return pane.path == path && line > pane.first_seen && line + 1 < pane.last_seen;
}

// CPUs by how much one wants to see their line: the selected one first, then
// those that wait, then those that run.
std::vector<unsigned> by_interest(const Desk& desk) {
  std::vector<unsigned> order;
  for (unsigned cpu = 0; cpu < desk.state.cpus.size(); ++cpu)
    if (place_of(desk, cpu)) order.push_back(cpu);
  const auto rank = [&](unsigned cpu) {
    if (desk.selection.on && desk.selection.interval.cpu == cpu) return 0;
    if (desk.step_cpu == cpu) return 1;
    return cpu < desk.moment.cpus.size() && desk.moment.cpus[cpu].waits_for ? 2 : 3;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](unsigned a, unsigned b) { return rank(a) < rank(b); });
  return order;
}

// Moves the panes to where the CPUs have gone.
void follow(Desk& desk) {
  SourceTabs& s = desk.source;
  const uint64_t now = desk.state.position.step;
  if (!s.follow || s.step == now) return;
  s.step = now;
  bool first = true;
  for (const unsigned cpu : by_interest(desk)) {
    const auto where = place_of(desk, cpu);
    const std::string path = path_of(desk, *where);
    if (path.empty()) continue;
    if (first) {
      s.left.path = path;
      s.left.scroll_to = where->line;
      const unsigned half = (s.left.last_seen - s.left.first_seen) / 2;
      if (!shows(s.left, path, where->line)) {  // where it will be
        s.left.first_seen = where->line > half ? where->line - half : 0;
        s.left.last_seen = s.left.first_seen + 2 * half;
      }
    } else if (!shows(s.left, path, where->line)) {
      s.split = true;
      s.right.path = path;
      s.right.scroll_to = where->line;
      return;
    }
    first = false;
  }
}

// One tab a file, with the CPUs that are in it. Returns the right edge.
float tabs(Desk& desk, const Rect& r, float right) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint paint = paint_of(desk);
  float x = r.x + look.s(84);
  for (const std::string& path : shown_files(desk)) {
    const std::string name = std::filesystem::path(path).filename().string();
    std::vector<unsigned> here;
    for (unsigned cpu = 0; cpu < desk.state.cpus.size(); ++cpu)
      if (const auto where = place_of(desk, cpu); where && same_file(path, where->file))
        here.push_back(cpu);
    const float words = paint.width(Font::kMonoSmall, name);
    const size_t chips = std::min<size_t>(here.size(), 4);
    const Rect tab = {x, r.y, words + look.s(19) * static_cast<float>(chips) + look.s(24),
                      look.s(34)};
    if (tab.right() > right) break;
    const bool on = desk.source.left.path == path;
    if (desk.widgets.hit("source.tab." + name, tab, on ? "1" : "0")) desk.source.left.path = path;
    if (on) paint.rect({tab.x, tab.y, tab.w, look.s(2)}, t.accent);
    paint.text(Font::kMonoSmall, x + look.s(8), r.y + look.s(9), on ? t.text : t.muted, name);
    for (size_t k = 0; k < chips; ++k)
      paint.chip(x + words + look.s(14) + look.s(19) * static_cast<float>(k), r.y + look.s(9),
                 here[k], look.s(16));
    x = tab.right() + look.s(2);
  }
  return x;
}

void header(Desk& desk, const Rect& r) {
  const Look& look = desk.look;
  const Paint paint = paint_of(desk);
  const std::string follow = "Follow cursor";
  const float left = r.right() - look.s(52) - paint.width(Font::kSmall, follow);
  tabs(desk, r, left - look.s(8));
  if (!desk.widgets.toggle("source.follow", left, r.y + look.s(9), desk.source.follow, follow))
    return;
  desk.source.follow = !desk.source.follow;
  desk.source.step = UINT64_MAX;
}

}  // namespace

void draw_source(Desk& desk, const Rect& r) {
  SourceTabs& s = desk.source;
  desk.probes.add("panel.source", r, s.left.path);
  if (desk.course.difference && desk.course.at < desk.course.lessons.size()) {
    const Rect body = draw_frame(desk, r, "Difference", "from broken.c to fixed.c");
    const Rect close = {r.right() - desk.look.s(72), r.y + desk.look.s(4), desk.look.s(64),
                        desk.look.s(26)};
    if (desk.widgets.button("difference.close", close, "Close")) desk.act(Action::kDifference);
    draw_difference(desk, body);
    return;
  }
  const Rect body = draw_frame(desk, r, "Source");
  const auto& all = shown_files(desk);
  if (all.empty()) return;
  for (SourcePane* pane : {&s.left, &s.right})
    if (std::find(all.begin(), all.end(), pane->path) == all.end()) pane->path = all[0];
  header(desk, r);
  follow(desk);
  const Look& look = desk.look;
  const bool wide = body.w > look.s(760);
  if (s.chosen == 0 && !(s.split && wide)) {
    draw_listing(desk, s.left, body, "");
    return;
  }
  const float side = s.chosen != 0 ? look.s(236) : std::floor(body.w / 2);
  draw_listing(desk, s.left, {body.x, body.y, body.w - side, body.h}, "");
  paint_of(desk).rect({body.right() - side, body.y, 1, body.h}, look.theme->border);
  const Rect right = {body.right() - side + 1, body.y, side - 1, body.h};
  if (s.chosen != 0)
    draw_line_moments(desk, right);
  else
    draw_listing(desk, s.right, right, "right.");
}

}  // namespace gui
