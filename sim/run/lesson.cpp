// SPDX-License-Identifier: MIT
#include "sim/run/lesson.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <tuple>
#include <utility>

#include "sim/core/error.h"
#include "sim/run/nearest.h"
#include "sim/run/quantity.h"
#include "sim/run/settings.h"

namespace run {

namespace {

std::string_view trim(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// Takes the first line off text.
std::string_view next_line(std::string_view& text) {
  const size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::string a_verdict(std::string_view key, std::string_view value) {
  const std::vector<std::string>& all = verdicts();
  if (std::find(all.begin(), all.end(), value) != all.end()) return std::string(value);
  const std::string near = nearest(value, all);
  throw sim::UserError(fmt::format("{}: there is no verdict \"{}\"{}", key, value,
                                   near.empty() ? "" : fmt::format("; the nearest is {}", near)));
}

void set_key(Lesson& lesson, std::string_view key, std::string_view value) {
  if (key == "title") {
    lesson.title = value;
  } else if (key == "chapter") {
    lesson.chapter = value;
  } else if (key == "question") {
    lesson.question = value;
  } else if (key == "order") {
    lesson.order = static_cast<unsigned>(parse_number(key, value, 0, 1'000'000));
  } else if (key == "expect-broken") {
    lesson.expect_broken = a_verdict(key, value);
  } else if (key == "expect-fixed") {
    lesson.expect_fixed = a_verdict(key, value);
  } else {
    set(lesson.config, key, value);
  }
}

void require_all(const Lesson& lesson, const std::string& origin) {
  const std::pair<const char*, const std::string*> needed[] = {
      {"title", &lesson.title},
      {"chapter", &lesson.chapter},
      {"question", &lesson.question},
      {"expect-broken", &lesson.expect_broken},
      {"expect-fixed", &lesson.expect_fixed}};
  for (const auto& [key, value] : needed) {
    if (value->empty()) {
      throw sim::UserError(fmt::format("{}: the front matter lacks \"{}:\"", origin, key));
    }
  }
}

bool may_repeat(std::string_view key) {
  return std::any_of(settings().begin(), settings().end(),
                     [&](const Setting& s) { return s.many && s.name == key; });
}

std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    throw sim::UserError(fmt::format("cannot read {}", path.string()));
  }
  return text.str();
}

// As short as it can be said from here: messages name files by it.
std::filesystem::path from_here(const std::filesystem::path& path) {
  const std::filesystem::path near = path.lexically_proximate(std::filesystem::current_path());
  return *near.begin() == ".." ? path : near;
}

std::vector<std::string> lesson_names(const std::vector<Lesson>& lessons) {
  std::vector<std::string> names;
  for (const Lesson& lesson : lessons) names.push_back(lesson.name);
  return names;
}

}  // namespace

const std::vector<std::string>& verdicts() {
  static const std::vector<std::string> all{"use-after-free", "oops",      "bug",        "deadlock",
                                            "livelock",       "invariant", "stall",      "context",
                                            "lock-order",     "data-race", "step-limit", "clean"};
  return all;
}

const std::vector<std::string>& Lesson::variants() {
  static const std::vector<std::string> both{"broken", "fixed"};
  return both;
}

std::filesystem::path Lesson::file(const std::string& variant) const {
  return folder / (variant + ".c");
}

const std::string& Lesson::expected(const std::string& variant) const {
  return variant == "fixed" ? expect_fixed : expect_broken;
}

Lesson parse_lesson(std::string_view text, const std::string& origin) {
  Lesson lesson;
  unsigned number = 1;
  std::set<std::string, std::less<>> seen;
  if (trim(next_line(text)) != "---") {
    throw sim::UserError(fmt::format("{}:1: a lesson begins with a line of ---", origin));
  }
  while (true) {
    if (text.empty()) {
      throw sim::UserError(fmt::format("{}: the front matter has no closing ---", origin));
    }
    const std::string_view line = trim(next_line(text));
    ++number;
    if (line == "---") break;
    const size_t colon = line.find(':');
    const std::string_view key = trim(line.substr(0, colon));
    if (colon == std::string_view::npos || key.empty()) {
      throw sim::UserError(
          fmt::format("{}:{}: expected \"key: value\", not \"{}\"", origin, number, line));
    }
    if (!seen.emplace(key).second && !may_repeat(key)) {
      throw sim::UserError(fmt::format("{}:{}: \"{}\" is given twice", origin, number, key));
    }
    try {
      set_key(lesson, key, trim(line.substr(colon + 1)));
    } catch (const sim::UserError& error) {
      throw sim::UserError(fmt::format("{}:{}: {}", origin, number, error.what()));
    }
  }
  require_all(lesson, origin);
  lesson.text = std::string(text);
  return lesson;
}

std::vector<Lesson> load_lessons() { return load_lessons(home() / "demos"); }

std::vector<Lesson> load_lessons(const std::filesystem::path& folder) {
  std::vector<Lesson> lessons;
  std::error_code none;  // no folder: no lessons
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    const std::filesystem::path file = entry.path() / "lesson.md";
    if (!std::filesystem::exists(file)) continue;
    lessons.push_back(parse_lesson(read_text(file), file.string()));
    lessons.back().name = entry.path().filename().string();
    lessons.back().folder = from_here(entry.path());
  }
  std::sort(lessons.begin(), lessons.end(), [](const Lesson& a, const Lesson& b) {
    return std::tie(a.order, a.name) < std::tie(b.order, b.name);
  });
  return lessons;
}

Variant find_variant(const std::vector<Lesson>& lessons, const std::string& name) {
  const size_t slash = name.find('/');
  const std::string lesson_name = name.substr(0, slash);
  const std::string variant = slash == std::string::npos ? "broken" : name.substr(slash + 1);
  const auto lesson = std::find_if(lessons.begin(), lessons.end(),
                                   [&](const Lesson& l) { return l.name == lesson_name; });
  if (lesson == lessons.end()) {
    const std::string near = nearest(lesson_name, lesson_names(lessons));
    throw sim::UserError(fmt::format(
        "there is no lesson \"{}\"; {}", lesson_name,
        near.empty() ? "`lockstep list` names them all" : fmt::format("the nearest is {}", near)));
  }
  const std::vector<std::string>& all = Lesson::variants();
  if (std::find(all.begin(), all.end(), variant) == all.end()) {
    throw sim::UserError(fmt::format("lesson {} has no variant \"{}\"; it has {}", lesson_name,
                                     variant, fmt::join(all, " and ")));
  }
  return {*lesson, variant};
}

Program build_variant(const Variant& variant, const CompileOptions& options) {
  CompileOptions named = options;
  named.name = variant.name();
  return build_program({variant.lesson.file(variant.variant)}, named);
}

}  // namespace run
