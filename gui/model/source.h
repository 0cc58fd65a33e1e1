// SPDX-License-Identifier: MIT
// A C file as lines of coloured words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gui {

enum class Ink : unsigned char { kPlain, kKeyword, kLockCall, kComment, kLiteral };

struct Word {
  unsigned begin, end;  // bytes of the line
  Ink ink;
};

struct SourceLine {
  std::string text;  // tabs expanded to 8 columns
  std::vector<Word> words;
};

struct SourceFile {
  std::string name;
  std::vector<SourceLine> lines;
};

SourceFile parse_source(std::string name, std::string_view text);
// Empty when it cannot be read.
SourceFile load_source(const std::string& path);

}  // namespace gui
