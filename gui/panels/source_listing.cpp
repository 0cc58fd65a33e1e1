// SPDX-License-Identifier: MIT
// One listing: lines in colour; in the margin who is there, how often the line
// ran, and breakpoints.
#include <algorithm>
#include <filesystem>

#include "gui/panels/source_parts.h"

namespace gui {
namespace {

struct CpuHere {
  unsigned cpu;
  bool waits;
  std::string words;  // "waits for s.lock 12.0 us"
};

// The lock that a CPU has held longest, and for how long.
std::string held_by(const Desk& desk, unsigned cpu) {
  const Interval* longest = nullptr;
  uint32_t thing = 0;
  for (const LockMoment& lock : desk.moment.locks)
    for (const Interval& e : lock.holders)
      if (e.cpu == cpu && (longest == nullptr || e.start < longest->start)) {
        longest = &e;
        thing = desk.timeline().locks[lock.lock].thing;
      }
  if (longest == nullptr) return {};
  const uint64_t since = desk.cursor - std::min<uint64_t>(desk.cursor, longest->start);
  return "holds " + desk.timeline().things.label(thing) + " " +
         duration_text(static_cast<double>(since));
}

CpuHere here_of(const Desk& desk, unsigned cpu) {
  CpuHere here{cpu, false, desk.state.cpus[cpu].next};
  if (cpu >= desk.moment.cpus.size()) return here;
  const CpuMoment& m = desk.moment.cpus[cpu];
  here.waits = m.waits_for.has_value();
  if (here.waits) {
    const uint64_t since = desk.cursor - std::min(desk.cursor, m.waiting_since);
    here.words = "waits for " + desk.timeline().things.label(*m.waits_for) + " " +
                 duration_text(static_cast<double>(since));
  } else if (const std::string held = held_by(desk, cpu); !held.empty()) {
    here.words += " \xC2\xB7 " + held;
  }
  return here;
}

std::vector<CpuHere> cpus_at(const Desk& desk, const std::string& path, unsigned line) {
  std::vector<CpuHere> out;
  for (unsigned cpu = 0; cpu < desk.state.cpus.size(); ++cpu) {
    const auto where = place_of(desk, cpu);
    if (where && where->line == line && same_file(path, where->file))
      out.push_back(here_of(desk, cpu));
  }
  return out;
}

void toggle_breakpoint(Desk& desk, const std::string& path, unsigned line) {
  if (!desk.repeats()) {
    desk.say(Desk::kNotOnThreads);
    return;
  }
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

std::string short_count(uint64_t n) {
  if (n < 10'000) return std::to_string(n);
  return n < 10'000'000 ? std::to_string(n / 1000) + "k" : std::to_string(n / 1'000'000) + "M";
}

// Does the compiler complain of this line?
bool is_wrong(const Message& error, const std::string& path, unsigned line) {
  const std::string file = std::filesystem::path(path).filename().string();
  return error.detail.find(file + ":" + std::to_string(line) + ":") != std::string::npos;
}

class Listing {
 public:
  Listing(Desk& desk, const std::string& path, const Scroll& area, const std::string& id)
      : desk_(desk),
        look_(desk.look),
        theme_(*desk.look.theme),
        paint_(paint_of(desk)),
        path_(path),
        area_(area),
        id_(id),
        row_(look_.s(20)) {}

  void line(const SourceLine& text, unsigned number, float y) {
    const std::vector<CpuHere> here = cpus_at(desk_, path_, number);
    const bool waits =
        std::any_of(here.begin(), here.end(), [](const CpuHere& h) { return h.waits; });
    const float x = area_.x(), w = area_.width(), margin_w = look_.s(132);
    const bool broken_off = is_wrong(desk_.state.error, path_, number);
    const SourceTabs& s = desk_.source;
    const bool chosen = s.chosen == number && s.chosen_path == path_;
    if (!here.empty() || broken_off)
      paint_.rect({x, y, w, row_}, waits || broken_off ? theme_.bad_soft : theme_.here_soft);
    else if (chosen)
      paint_.rect({x, y, w, row_}, theme_.accent_soft);
    choose(number, {x + margin_w, y, w - margin_w, row_}, chosen);
    margin(number, here, waits, broken_off, y);
    words(text, x + look_.s(144), y);
    if (here.empty()) return;
    const std::string& note = here[0].words;
    const float code = x + look_.s(160) + paint_.width(Font::kMonoSmall, text.text);
    const float room = x + w - look_.s(10) - code;
    if (paint_.width(Font::kTiny, note) <= room)
      paint_.text_left_of(Font::kTiny, x + w - look_.s(10), y + look_.s(4),
                          waits ? theme_.bad : theme_.muted, note);
    else
      paint_.fitted(Font::kTiny, code, y + look_.s(4), room, waits ? theme_.bad : theme_.muted,
                    note);
  }
  float row() const { return row_; }

 private:
  // A click on the code lists the moments at which the line ran.
  void choose(unsigned number, const Rect& box, bool chosen) {
    if (!desk_.widgets.hit(id_ + "code." + std::to_string(number), box, chosen ? "chosen" : ""))
      return;
    desk_.source.chosen = chosen ? 0 : number;
    desk_.source.chosen_path = path_;
  }

  void margin(unsigned number, const std::vector<CpuHere>& here, bool waits, bool wrong, float y) {
    const float x = area_.x();
    const std::string name = id_ + "line." + std::to_string(number);
    const auto& marks = desk_.source.breakpoints[path_];
    const bool stop = std::find(marks.begin(), marks.end(), number) != marks.end();
    const Hits::Line* hits = desk_.hits.of(path_, number);
    const std::string count =
        hits == nullptr ? "" : short_count(hits->count) + (desk_.hits.sampled() ? "+" : "");
    if (desk_.widgets.hit(name, {x, y, look_.s(132), row_},
                          wrong  ? "error"
                          : stop ? "breakpoint"
                                 : count))
      toggle_breakpoint(desk_, path_, number);
    desk_.widgets.tip(!desk_.repeats() ? Desk::kNotOnThreads
                      : stop           ? "No breakpoint any more"
                                       : "Stop when a CPU comes to this line");
    if (!here.empty())
      paint_.rect({x, y, look_.s(3), row_}, waits ? theme_.spin_stripe : theme_.accent);
    if (stop || desk_.widgets.hovered())
      paint_.list()->AddCircleFilled({x + look_.s(128), y + row_ / 2}, look_.s(4.5f),
                                     stop ? theme_.bad : theme_.border, 16);
    float at = x + look_.s(8);
    for (const CpuHere& h : here) {
      if (at > x + look_.s(34)) break;
      paint_.chip(at, y + look_.s(2), h.cpu, look_.s(16));
      at += look_.s(18);
    }
    if (!count.empty())
      paint_.text_left_of(Font::kTiny, x + look_.s(84), y + look_.s(4), theme_.accent,
                          "\xC3\x97" + count);
    paint_.text_left_of(Font::kMonoSmall, x + look_.s(118), y + look_.s(2), theme_.faint,
                        std::to_string(number));
  }

  // What does not fit ends in an ellipsis.
  void words(const SourceLine& line, float x, float y) {
    const float advance = paint_.width(Font::kMonoSmall, "0");
    const float right = area_.x() + area_.width() - look_.s(4);
    for (const Word& w : line.words) {
      const std::string_view text(line.text.data() + w.begin, w.end - w.begin);
      if (text.find_first_not_of(' ') == std::string_view::npos) continue;
      const ImU32 color = w.ink == Ink::kKeyword    ? theme_.keyword
                          : w.ink == Ink::kLockCall ? theme_.lock_call
                          : w.ink == Ink::kComment  ? theme_.comment
                          : w.ink == Ink::kLiteral  ? theme_.literal
                                                    : theme_.text;
      const float at = x + advance * static_cast<float>(w.begin);
      const bool fits = at + advance * static_cast<float>(text.size() + 1) <= right;
      if (fits) {
        paint_.text(Font::kMonoSmall, at, y + look_.s(2), color, text);
        continue;
      }
      const float room = std::max(right - at, advance);
      if (!paint_.fitted(Font::kMonoSmall, at, y + look_.s(2), room, color, text))
        paint_.text(Font::kMonoSmall, std::min(at, right - advance), y + look_.s(2), color,
                    "\xE2\x80\xA6");
      return;
    }
  }

  Desk& desk_;
  const Look& look_;
  const Theme& theme_;
  Paint paint_;
  const std::string& path_;
  const Scroll& area_;
  const std::string& id_;
  float row_;
};

}  // namespace

void draw_listing(Desk& desk, SourcePane& pane, const Rect& body, const std::string& id) {
  const std::string path = pane.path;
  const SourceFile& file = source_file(desk, path);
  Scroll area(desk, id + "source.body", body);
  Listing listing(desk, path, area, id);
  const float top = ImGui::GetWindowPos().y, bottom = top + ImGui::GetWindowHeight();
  pane.first_seen = pane.last_seen = 0;
  for (unsigned n = 1; n <= file.lines.size(); ++n) {
    const float y = area.y() + listing.row() * static_cast<float>(n - 1) + desk.look.s(4);
    if (n == pane.scroll_to) area.bring_into_view(y, listing.row() * 2);
    if (y + listing.row() <= top || y >= bottom) continue;
    if (pane.first_seen == 0) pane.first_seen = n;
    pane.last_seen = n;
    listing.line(file.lines[n - 1], n, y);
  }
  pane.scroll_to = 0;
  area.reach(area.y() + listing.row() * static_cast<float>(file.lines.size() + 1));
}

void draw_line_moments(Desk& desk, const Rect& body) {
  SourceTabs& s = desk.source;
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const Hits::Line* hits = desk.hits.of(s.chosen_path, s.chosen);
  const uint64_t count = hits != nullptr ? hits->count : 0;
  const std::string title = "Line " + std::to_string(s.chosen) + " ran " +
                            (desk.hits.sampled() ? "at least " : "") + count_text(count) +
                            (count == 1 ? " time" : " times");
  p.fitted(Font::kSmallBold, body.x + look.s(10), body.y + look.s(8), body.w - look.s(44), t.text,
           title);
  desk.probes.add("moments", body, std::to_string(count));
  const Rect cross = {body.right() - look.s(30), body.y + look.s(5), look.s(24), look.s(22)};
  if (desk.widgets.button("moments.close", cross, "\xC3\x97")) s.chosen = 0;
  const float head = look.s(32), row = look.s(22);
  Scroll area(desk, "moments.body", {body.x, body.y + head, body.w, body.h - head});
  float y = area.y();
  const float top = ImGui::GetWindowPos().y, bottom = top + ImGui::GetWindowHeight();
  const size_t n = hits != nullptr ? hits->moments.size() : 0;
  for (size_t i = 0; i < n; ++i, y += row) {
    if (y + row <= top || y >= bottom) continue;
    const Hits::Moment& m = hits->moments[i];
    const Rect box = {area.x() + look.s(4), y, area.width() - look.s(8), row};
    if (desk.widgets.hit("moments." + std::to_string(i), box, std::to_string(m.step)))
      desk.go_to_step(m.step, m.time);
    if (desk.widgets.hovered() || m.time == desk.cursor) p.rect(box, t.hover, look.s(4));
    p.chip(box.x + look.s(6), y + look.s(3), static_cast<unsigned>(m.cpu), look.s(16));
    p.text(Font::kMonoSmall, box.x + look.s(30), y + look.s(3), t.text, moment_text(m.time));
  }
  area.reach(y + look.s(4));
}

}  // namespace gui
