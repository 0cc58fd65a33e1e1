// SPDX-License-Identifier: MIT
// Licence lines, words that do not belong here, and how wide and long things are.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "tests/house/functions.h"
#include "tests/house/tree.h"

namespace house {
namespace {

constexpr size_t kFileLines = 400, kFunctionLines = 60, kColumns = 100, kLessonLines = 120;

// Files that have no place for a comment, or whose first line has a meaning.
bool has_no_licence_line(const File& file) {
  for (const char* suffix : {".json", ".golden", ".txt", ".png", "LICENSE", ".gitignore",
                             ".clang-format", "lesson.md"}) {
    if (file.has_suffix(suffix)) return true;
  }
  return false;
}

size_t columns(const std::string& line) {
  size_t column = 0;
  for (const char c : line) {
    if (c == '\t') {
      column = (column / 8 + 1) * 8;
    } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {  // not inside a UTF-8 letter
      ++column;
    }
  }
  return column;
}

bool is_measured(const File& file) {
  return file.is_code() || file.has_suffix(".cmake") || file.has_suffix("CMakeLists.txt") ||
         file.path.find('.') == std::string::npos;
}

TEST(Words, every_file_says_its_licence_in_the_first_lines) {
  for (const File& file : tree()) {
    if (has_no_licence_line(file)) continue;
    const size_t head = std::min<size_t>(file.lines.size(), 2);  // a script's #! comes first
    const bool said =
        std::any_of(file.lines.begin(), file.lines.begin() + static_cast<long>(head),
                    [](const std::string& line) {
                      return line.find("SPDX-License-Identifier: MIT") != std::string::npos;
                    });
    EXPECT_TRUE(said) << file.path;
  }
}

TEST(Words, nothing_is_put_off_switched_off_or_tied_to_a_machine) {
  // Written in halves, so that this file is not its own finding.
  const std::pair<const char*, const char*> halves[] = {
      {"TO", "DO"},   {"FIX", "ME"},  {"DISABLED", "_"}, {"GTEST", "_SKIP"}, {"#if", " 0"},
      {"/wo", "rk/"}, {"/ho", "me/"}, {"/ro", "ot/"},    {"/Us", "ers/"}};
  for (const File& file : tree()) {
    if (file.has_suffix(".png")) continue;
    for (size_t i = 0; i < file.lines.size(); ++i) {
      for (const auto& [front, back] : halves) {
        const std::string word = std::string(front) + back;
        EXPECT_EQ(file.lines[i].find(word), std::string::npos) << at(file, i) << word;
      }
    }
  }
}

TEST(Sizes, files_are_at_most_400_lines_and_lessons_120) {
  for (const File& file : tree()) {
    if (!is_measured(file)) continue;
    const size_t limit = file.is_under("demos") ? kLessonLines : kFileLines;
    EXPECT_LE(file.lines.size(), limit) << file.path;
  }
}

TEST(Sizes, lines_are_at_most_100_columns) {
  for (const File& file : tree()) {
    if (!is_measured(file)) continue;
    for (size_t i = 0; i < file.lines.size(); ++i) {
      EXPECT_LE(columns(file.lines[i]), kColumns) << at(file, i);
    }
  }
}

TEST(Sizes, functions_are_at_most_60_lines) {
  size_t seen = 0;
  for (const File& file : tree()) {
    if (!file.is_code()) continue;
    for (const Function& function : functions_of(file.text)) {
      ++seen;
      EXPECT_LE(function.lines, kFunctionLines) << at(file, function.line) << function.head;
    }
  }
  EXPECT_GT(seen, 100u);
}

}  // namespace
}  // namespace house
