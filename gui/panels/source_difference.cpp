// SPDX-License-Identifier: MIT
// What differs between the two variants of a lesson.
#include "gui/model/diff.h"
#include "gui/panels/source_parts.h"

namespace gui {
namespace {

std::vector<std::string> lines_of(Desk& desk, const run::Lesson& lesson, const char* variant) {
  std::vector<std::string> out;
  for (const SourceLine& line : source_file(desk, lesson.file(variant).string()).lines)
    out.push_back(line.text);
  return out;
}

std::string line_number(unsigned n) { return n == 0 ? std::string() : std::to_string(n); }

void draw_diff_line(Desk& desk, const DiffLine& line, const Rect& r) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const bool gone = line.what == DiffLine::What::kOnlyFirst;
  const bool come = line.what == DiffLine::What::kOnlySecond;
  if (gone || come) p.rect(r, gone ? t.bad_soft : t.good_soft);
  const float y = r.y + look.s(2);
  if (line.what == DiffLine::What::kGap) {
    p.text(Font::kMonoSmall, r.x + look.s(96), y, t.faint, "\xE2\x80\xA6");
    return;
  }
  p.text_left_of(Font::kMonoSmall, r.x + look.s(40), y, t.faint, line_number(line.first));
  p.text_left_of(Font::kMonoSmall, r.x + look.s(78), y, t.faint, line_number(line.second));
  p.text(Font::kMonoSmall, r.x + look.s(90), y, gone ? t.bad : t.good,
         gone   ? "-"
         : come ? "+"
                : "");
  p.fitted(Font::kMonoSmall, r.x + look.s(108), y, r.w - look.s(116), t.text, line.text);
}

}  // namespace

void draw_difference(Desk& desk, const Rect& body) {
  if (desk.course.at >= desk.course.lessons.size()) return;
  const run::Lesson& lesson = desk.course.lessons[desk.course.at];
  const auto lines = diff(lines_of(desk, lesson, "broken"), lines_of(desk, lesson, "fixed"));
  desk.probes.add("difference", body, std::to_string(lines.size()));
  Scroll area(desk, "difference.body", body);
  const float row = desk.look.s(20);
  float y = area.y() + desk.look.s(4);
  for (const DiffLine& line : lines) {
    draw_diff_line(desk, line, {area.x(), y, area.width(), row});
    y += row;
  }
  area.reach(y + desk.look.s(4));
}

}  // namespace gui
