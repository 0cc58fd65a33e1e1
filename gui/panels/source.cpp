// SPDX-License-Identifier: MIT
// The C file as the user wrote it, with where each CPU is.
#include <algorithm>
#include <filesystem>
#include <set>

#include "gui/draw/icons.h"
#include "gui/panels/panel.h"

namespace gui {
namespace {

struct CpuHere {
  unsigned cpu;
  bool waits;
  std::string words;  // "waits for s.lock 12.0 us"
};

bool same_file(const std::string& path, const std::string& named) {
  return path == named ||
         std::filesystem::path(path).filename() == std::filesystem::path(named).filename();
}

// Where the machine stands: valid when the cursor is at its position.
std::optional<run::Location> line_of(const Desk& desk, unsigned cpu) {
  if (cpu >= desk.state.cpus.size()) return {};
  return desk.state.cpus[cpu].user_where;
}

std::vector<CpuHere> cpus_at(const Desk& desk, const std::string& path, unsigned line) {
  std::vector<CpuHere> out;
  for (unsigned cpu = 0; cpu < desk.state.cpus.size(); ++cpu) {
    const auto where = line_of(desk, cpu);
    if (!where || where->line != line || !same_file(path, where->file)) continue;
    CpuHere here{cpu, false, {}};
    if (cpu < desk.moment.cpus.size()) {
      const CpuMoment& m = desk.moment.cpus[cpu];
      here.waits = m.waits_for.has_value();
      const double since =
          static_cast<double>(desk.cursor - std::min(desk.cursor, m.waiting_since));
      if (here.waits)
        here.words =
            "waits for " + desk.timeline().things.label(*m.waits_for) + " " + duration_text(since);
      else
        here.words = desk.state.cpus[cpu].next;
    }
    out.push_back(here);
  }
  return out;
}

const SourceFile& file_of(Desk& desk, const std::string& path) {
  const auto [it, fresh] = desk.source.files.try_emplace(path);
  if (fresh) it->second = load_source(path);
  return it->second;
}

// Moves to the line of the CPU that the selection is on, else of any.
void follow_cursor(Desk& desk, const std::string& path, bool step_moved) {
  if (!desk.source.follow || !step_moved) return;
  const unsigned chosen =
      desk.selection.on ? static_cast<unsigned>(desk.selection.interval.cpu) : 0;
  for (unsigned k = 0; k < desk.state.cpus.size(); ++k) {
    const unsigned cpu = (chosen + k) % static_cast<unsigned>(desk.state.cpus.size());
    const auto where = line_of(desk, cpu);
    if (!where || !same_file(path, where->file)) continue;
    desk.source.scroll_to = where->line;
    return;
  }
}

void toggle_breakpoint(Desk& desk, const std::string& path, unsigned line) {
  auto& lines = desk.source.breakpoints[path];
  const auto it = std::find(lines.begin(), lines.end(), line);
  if (it == lines.end())
    lines.push_back(line);
  else
    lines.erase(it);
  if (!desk.machine) return;
  desk.machine->with([all = desk.source.breakpoints](run::Session& s) {
    std::vector<uint32_t> pcs;
    for (const auto& [file, wanted] : all)
      for (const unsigned n : wanted)
        for (const uint32_t pc : s.symbols().pcs_of_line(file, n)) pcs.push_back(pc);
    s.set_breakpoints(pcs);
  });
}

class Listing {
 public:
  Listing(Desk& desk, const std::string& path, const Scroll& area)
      : desk_(desk),
        look_(desk.look),
        theme_(*desk.look.theme),
        paint_(paint_of(desk)),
        path_(path),
        area_(area),
        row_(look_.s(20)) {}

  void line(const SourceLine& text, unsigned number, float y) {
    const std::vector<CpuHere> here = cpus_at(desk_, path_, number);
    const bool waits =
        std::any_of(here.begin(), here.end(), [](const CpuHere& h) { return h.waits; });
    const float x = area_.x(), w = area_.width();
    const bool broken_off =
        desk_.state.error.detail.find(":" + std::to_string(number) + ":") != std::string::npos;
    if (!here.empty() || broken_off)
      paint_.rect({x, y, w, row_}, waits || broken_off ? theme_.bad_soft : theme_.here_soft);
    margin(number, here, waits, y);
    words(text, x + look_.s(98), y);
    if (here.empty()) return;
    const std::string& note = here[0].words;
    paint_.text_left_of(Font::kTiny, x + w - look_.s(10), y + look_.s(4),
                        waits ? theme_.bad : theme_.muted, note);
  }
  float row() const { return row_; }

 private:
  void margin(unsigned number, const std::vector<CpuHere>& here, bool waits, float y) {
    const float x = area_.x();
    const Rect box = {x, y, look_.s(92), row_};
    const std::string id = "line." + std::to_string(number);
    const auto& marks = desk_.source.breakpoints[path_];
    const bool stop = std::find(marks.begin(), marks.end(), number) != marks.end();
    if (desk_.widgets.hit(id, box, stop ? "breakpoint" : ""))
      toggle_breakpoint(desk_, path_, number);
    if (!here.empty())
      paint_.rect({x, y, look_.s(3), row_}, waits ? theme_.spin_stripe : theme_.accent);
    if (stop || desk_.widgets.hovered())
      paint_.list()->AddCircleFilled({x + look_.s(82), y + row_ / 2}, look_.s(4.5f),
                                     stop ? theme_.bad : theme_.border, 16);
    float at = x + look_.s(8);
    for (const CpuHere& h : here) {
      if (at > x + look_.s(34)) break;
      paint_.chip(at, y + look_.s(2), h.cpu, look_.s(16));
      at += look_.s(18);
    }
    paint_.text_left_of(Font::kMonoSmall, x + look_.s(74), y + look_.s(2), theme_.faint,
                        std::to_string(number));
  }

  void words(const SourceLine& line, float x, float y) {
    const float advance = paint_.width(Font::kMonoSmall, "0");
    for (const Word& w : line.words) {
      const std::string_view text(line.text.data() + w.begin, w.end - w.begin);
      if (text.find_first_not_of(' ') == std::string_view::npos) continue;
      const ImU32 color = w.ink == Ink::kKeyword    ? theme_.keyword
                          : w.ink == Ink::kLockCall ? theme_.lock_call
                          : w.ink == Ink::kComment  ? theme_.comment
                          : w.ink == Ink::kLiteral  ? theme_.literal
                                                    : theme_.text;
      paint_.text(Font::kMonoSmall, x + advance * static_cast<float>(w.begin), y + look_.s(2),
                  color, text);
    }
  }

  Desk& desk_;
  const Look& look_;
  const Theme& theme_;
  Paint paint_;
  const std::string& path_;
  const Scroll& area_;
  float row_;
};

void tabs(Desk& desk, const Rect& r) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint paint = paint_of(desk);
  float x = r.x + look.s(84);
  for (const std::string& path : desk.state.sources) {
    const std::string name = std::filesystem::path(path).filename().string();
    std::vector<unsigned> here;
    for (unsigned cpu = 0; cpu < desk.state.cpus.size(); ++cpu)
      if (const auto where = line_of(desk, cpu); where && same_file(path, where->file))
        here.push_back(cpu);
    const float words = paint.width(Font::kMonoSmall, name);
    const float chips = look.s(19) * static_cast<float>(std::min<size_t>(here.size(), 4));
    const Rect tab = {x, r.y, words + chips + look.s(24), look.s(34)};
    const bool on = desk.source.shown == path;
    if (desk.widgets.hit("source.tab." + name, tab, on ? "1" : "0")) desk.source.shown = path;
    if (on) paint.rect({tab.x, tab.y, tab.w, look.s(2)}, t.accent);
    paint.text(Font::kMonoSmall, x + look.s(8), r.y + look.s(9), on ? t.text : t.muted, name);
    for (size_t k = 0; k < std::min<size_t>(here.size(), 4); ++k)
      paint.chip(x + words + look.s(14) + look.s(19) * static_cast<float>(k), r.y + look.s(9),
                 here[k], look.s(16));
    x = tab.right() + look.s(2);
  }
  const std::string follow = "Follow cursor";
  const float left = r.right() - look.s(52) - paint.width(Font::kSmall, follow);
  if (desk.widgets.toggle("source.follow", left, r.y + look.s(9), desk.source.follow, follow))
    desk.source.follow = !desk.source.follow;
}

}  // namespace

void draw_source(Desk& desk, const Rect& r) {
  const Rect body = draw_frame(desk, r, "Source");
  desk.probes.add("panel.source", r, desk.source.shown);
  if (desk.state.sources.empty()) return;
  auto& s = desk.source;
  if (std::find(desk.state.sources.begin(), desk.state.sources.end(), s.shown) ==
      desk.state.sources.end())
    s.shown = desk.state.sources[0];
  tabs(desk, r);
  const std::string path = s.shown;
  const SourceFile& file = file_of(desk, path);
  int& last_step = desk.choice_of["source.step"];
  const int now = static_cast<int>(desk.state.position.step & 0x7fffffff);
  follow_cursor(desk, path, now != last_step);
  last_step = now;
  Scroll area(desk, "source.body", body);
  Listing listing(desk, path, area);
  const float top = ImGui::GetWindowPos().y, bottom = top + ImGui::GetWindowHeight();
  for (unsigned n = 1; n <= file.lines.size(); ++n) {
    const float y = area.y() + listing.row() * static_cast<float>(n - 1) + desk.look.s(4);
    if (n == s.scroll_to) area.bring_into_view(y, listing.row() * 2);
    if (y + listing.row() > top && y < bottom) listing.line(file.lines[n - 1], n, y);
  }
  s.scroll_to = 0;
  area.reach(area.y() + listing.row() * static_cast<float>(file.lines.size() + 1));
}

}  // namespace gui
