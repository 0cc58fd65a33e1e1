// SPDX-License-Identifier: MIT
// The course: its list with progress, and the text of a lesson.
#include <algorithm>

#include "gui/draw/icons.h"
#include "gui/panels/panel.h"

namespace gui {
namespace {

bool done(const Desk& desk, const run::Lesson& lesson) {
  const auto& all = desk.course.done;
  return std::find(all.begin(), all.end(), lesson.name) != all.end();
}

void draw_entry(Desk& desk, size_t n, const Rect& r) {
  const run::Lesson& lesson = desk.course.lessons[n];
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const bool current = n == desk.course.at, finished = done(desk, lesson);
  if (desk.widgets.hit("lesson." + lesson.name, r, current ? "current" : finished ? "done" : ""))
    desk.open_lesson(n, "broken");
  if (current)
    p.rect(r, t.accent_soft, look.s(5));
  else if (desk.widgets.hovered())
    p.rect(r, t.hover, look.s(5));
  const ImVec2 c = {r.x + look.s(18), r.y + r.h / 2};
  if (finished) {
    p.list()->AddCircleFilled(c, look.s(8), t.good, 24);
    draw_tick(p.list(), c, look.s(4), t.panel);
  } else {
    p.list()->AddCircle(c, look.s(7), current ? t.accent : t.faint, 24, look.s(2));
    if (current) p.list()->AddCircleFilled(c, look.s(3.5f), t.accent, 16);
  }
  const Font font = current ? Font::kSmallBold : Font::kSmall;
  p.fitted(font, r.x + look.s(34), r.y + (r.h - look.line(font)) / 2, r.w - look.s(40),
           current || finished ? t.text : t.muted, lesson.title);
}

// Markdown, as little of it as lessons use. Returns the height.
class Prose {
 public:
  Prose(Desk& desk, float x, float y, float w)
      : look_(desk.look), theme_(*desk.look.theme), paint_(paint_of(desk)), x_(x), y_(y), w_(w) {}

  float draw(const std::string& text) {
    std::string paragraph;
    bool code = false;
    size_t at = 0;
    while (at <= text.size()) {
      const size_t end = std::min(text.find('\n', at), text.size());
      const std::string line = text.substr(at, end - at);
      at = end + 1;
      if (line.starts_with("```")) {
        flush(paragraph);
        code = !code;
      } else if (code) {
        paint_.fitted(Font::kMonoSmall, x_ + look_.s(6), y_, w_, theme_.text, line);
        y_ += look_.line(Font::kMonoSmall) + look_.s(3);
      } else if (line.empty()) {
        flush(paragraph);
      } else if (line.starts_with("#")) {
        flush(paragraph);
        y_ += look_.s(4);
        y_ += paint_.wrapped(Font::kSmallBold, x_, y_, w_, theme_.text,
                             line.substr(line.find_first_not_of("# "))) +
              look_.s(6);
      } else {
        if (line.starts_with("- ") || line.starts_with("* ") ||
            (line.size() > 2 && std::isdigit(static_cast<unsigned char>(line[0])) &&
             line[1] == '.'))
          flush(paragraph);
        paragraph += (paragraph.empty() ? "" : " ") + line;
      }
    }
    flush(paragraph);
    return y_;
  }

 private:
  void flush(std::string& paragraph) {
    if (paragraph.empty()) return;
    std::string plain;
    for (const char c : paragraph)
      if (c != '`' && c != '*') plain += c;
    float indent = 0;
    if (plain.starts_with("- ") || paragraph.starts_with("* ")) {
      paint_.list()->AddCircleFilled({x_ + look_.s(5), y_ + look_.s(9)}, look_.s(2), theme_.accent);
      plain.erase(0, plain.find_first_not_of("- "));
      indent = look_.s(16);
    }
    y_ += paint_.wrapped(Font::kSmall, x_ + indent, y_, w_ - indent, theme_.muted, plain) +
          look_.s(8);
    paragraph.clear();
  }

  const Look& look_;
  const Theme& theme_;
  Paint paint_;
  float x_, y_, w_;
};

// The text's sections, each with its heading.
std::vector<std::string> sections(const std::string& text) {
  std::vector<std::string> out;
  size_t at = 0;
  while (at < text.size()) {
    const size_t next = text.find("\n#", at);
    out.push_back(text.substr(at, next - at));
    at = next == std::string::npos ? text.size() : next + 1;
  }
  return out;
}

bool reached(const Desk& desk, const run::Lesson& lesson) {
  return done(desk, lesson) ||
         (desk.state.finished && desk.state.verdict == lesson.expected(desk.course.variant));
}

// What to watch is told at once; why it is so with a hint, or when it was seen.
size_t sections_told(const Desk& desk, const run::Lesson& lesson, size_t all) {
  return reached(desk, lesson) ? all : std::min<size_t>(all, 1 + desk.course.hints);
}

std::string goal(const Desk& desk, const run::Lesson& lesson) {
  const std::string& expected = lesson.expected(desk.course.variant);
  if (!desk.state.finished && desk.state.findings.empty())
    return "Expected: " + expected + ". Press Space, or step with the arrow keys.";
  return desk.state.verdict == expected
             ? "Reached: " + expected
             : "This run: " + desk.state.verdict + ", expected " + expected;
}

}  // namespace

void draw_lessons(Desk& desk, const Rect& body) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint p = paint_of(desk);
  const size_t n = desk.course.lessons.size();
  size_t finished = 0;
  for (const run::Lesson& lesson : desk.course.lessons) finished += done(desk, lesson);
  p.text_left_of(Font::kSmall, body.right() - look.s(12), body.y - look.s(25), t.muted,
                 std::to_string(finished) + " of " + std::to_string(n));
  const Rect bar = {body.x + look.s(12), body.y + look.s(8), body.w - look.s(24), look.s(4)};
  p.rect(bar, t.border, look.s(2));
  if (n > 0)
    p.rect({bar.x, bar.y, bar.w * static_cast<float>(finished) / static_cast<float>(n), bar.h},
           t.good, look.s(2));
  Scroll area(desk, "lessons.body", {body.x, body.y + look.s(18), body.w, body.h - look.s(18)});
  float y = area.y();
  for (size_t i = 0; i < n; ++i) {
    draw_entry(desk, i, {area.x() + look.s(6), y, area.width() - look.s(12), look.s(30)});
    y += look.s(30);
  }
  area.reach(y);
}

namespace {

// Below the text: which variant, what differs, a hint, the next lesson.
void lesson_tools(Desk& desk, const Rect& body, float foot, bool more) {
  const Look& look = desk.look;
  const float top = body.bottom() - foot, x = body.x + look.s(12), gap = look.s(6);
  paint_of(desk).rect({body.x, top, body.w, 1}, look.theme->border);
  const int picked =
      desk.widgets.segmented("lesson.variant", x, top + look.s(8), {"broken", "fixed"},
                             desk.course.variant == "broken" ? 0 : 1);
  if (picked >= 0) desk.open_lesson(desk.course.at, picked == 0 ? "broken" : "fixed");
  const float left = x + desk.widgets.segmented_width({"broken", "fixed"}) + gap;
  const Rect difference = {left, top + look.s(8), body.right() - look.s(12) - left, look.s(28)};
  if (desk.widgets.button("lesson.difference", difference, "Difference"))
    desk.act(Action::kDifference);
  const float half = std::floor((body.w - look.s(24) - gap) / 2), low = top + look.s(42);
  if (desk.widgets.button("lesson.hint", {x, low, half, look.s(28)}, "Hint", false, more))
    desk.act(Action::kHint);
  if (desk.widgets.button("lesson.next", {x + half + gap, low, half, look.s(28)}, "Next lesson",
                          true))
    desk.act(Action::kNextLesson);
}

}  // namespace

void draw_lesson_text(Desk& desk, const Rect& body) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  if (desk.course.at >= desk.course.lessons.size()) {
    paint_of(desk).wrapped(
        Font::kSmall, body.x + look.s(12), body.y + look.s(10), body.w - look.s(24), t.muted,
        desk.files.empty() ? "Choose a lesson above, or drop a C file on the window."
                           : "Your own file. F5 compiles it again.");
    return;
  }
  const run::Lesson& lesson = desk.course.lessons[desk.course.at];
  const float foot = look.s(78);
  const std::vector<std::string> parts = sections(lesson.text);
  const size_t told = sections_told(desk, lesson, parts.size());
  {
    Scroll area(desk, "lesson.body", {body.x, body.y, body.w, body.h - foot});
    const Paint p = paint_of(desk);
    const float x = area.x() + look.s(14), w = area.width() - look.s(28);
    float y = area.y() + look.s(10);
    p.fitted(Font::kTiny, x, y, w, t.accent, lesson.chapter);
    y += look.s(18);
    y += p.wrapped(Font::kBold, x, y, w, t.text, lesson.title) + look.s(8);
    y += p.wrapped(Font::kSmall, x, y, w, t.text, lesson.question) + look.s(8);
    const std::string words = goal(desk, lesson);
    y += p.wrapped(Font::kSmallBold, x, y, w, t.accent, words) + look.s(12);
    desk.probes.add("lesson.goal", {x, y, w, look.s(18)}, words);
    for (size_t i = 0; i < told; ++i) y = Prose(desk, x, y, w).draw(parts[i]);
    desk.probes.add("lesson.sections", {x, y, w, look.s(4)}, std::to_string(told));
    area.reach(y + look.s(8));
  }
  lesson_tools(desk, body, foot, told < parts.size());
}

}  // namespace gui
