// SPDX-License-Identifier: MIT
#include "gui/model/source.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <sstream>

namespace gui {
namespace {

constexpr auto kKeywords = std::to_array<std::string_view>(
    {"auto",     "bool",   "break",  "case",   "char",     "const",  "continue", "default",
     "do",       "double", "else",   "enum",   "extern",   "float",  "for",      "goto",
     "if",       "inline", "int",    "long",   "register", "return", "short",    "signed",
     "sizeof",   "static", "struct", "switch", "typedef",  "union",  "unsigned", "void",
     "volatile", "while",  "u8",     "u16",    "u32",      "u64",    "s32",      "s64",
     "size_t",   "NULL",   "true",   "false",  "__init",   "__exit"});

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool is_lock_call(std::string_view w) {
  static constexpr auto kParts = std::to_array<std::string_view>(
      {"lock", "mutex_", "rcu_", "down", "up_", "synchronize_", "seq", "smp_", "wait_event",
       "complet", "local_irq_", "local_bh_", "preempt_", "READ_ONCE", "WRITE_ONCE", "atomic_"});
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return w.find(part) != std::string_view::npos; });
}

std::string expand_tabs(std::string_view line) {
  std::string out;
  for (const char c : line) {
    if (c == '\t')
      out.append(8 - out.size() % 8, ' ');
    else if (c != '\r')
      out += c;
  }
  return out;
}

size_t end_of_string(const std::string& s, size_t i) {
  const char quote = s[i++];
  while (i < s.size() && s[i] != quote) i += s[i] == '\\' ? 2 : 1;
  return std::min(i + 1, s.size());
}

// One line; `in_comment` is carried from line to line.
std::vector<Word> words_of(const std::string& s, bool& in_comment) {
  std::vector<Word> out;
  const auto add = [&](size_t a, size_t b, Ink ink) {
    out.push_back({static_cast<unsigned>(a), static_cast<unsigned>(b), ink});
  };
  for (size_t i = 0; i < s.size();) {
    size_t end = i + 1;
    Ink ink = Ink::kPlain;
    if (in_comment || s.compare(i, 2, "/*") == 0) {
      const size_t close = s.find("*/", in_comment ? i : i + 2);
      in_comment = close == std::string::npos;
      end = in_comment ? s.size() : close + 2;
      ink = Ink::kComment;
    } else if (s.compare(i, 2, "//") == 0) {
      end = s.size();
      ink = Ink::kComment;
    } else if (s[i] == '"' || s[i] == '\'') {
      end = end_of_string(s, i);
      ink = Ink::kLiteral;
    } else if (s[i] == '#' && s.find_first_not_of(' ') == i) {
      while (end < s.size() && is_word(s[end])) ++end;
      ink = Ink::kKeyword;
    } else if (is_word(s[i])) {
      while (end < s.size() && is_word(s[end])) ++end;
      const std::string_view w(s.data() + i, end - i);
      if (std::find(kKeywords.begin(), kKeywords.end(), w) != kKeywords.end())
        ink = Ink::kKeyword;
      else if (end < s.size() && s[end] == '(' && is_lock_call(w))
        ink = Ink::kLockCall;
    } else {
      while (end < s.size() && !is_word(s[end]) &&
             std::string_view("\"'/").find(s[end]) == std::string_view::npos)
        ++end;
    }
    add(i, end, ink);
    i = end;
  }
  return out;
}

}  // namespace

SourceFile parse_source(std::string name, std::string_view text) {
  SourceFile file{std::move(name), {}};
  bool in_comment = false;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    SourceLine out{expand_tabs(line), {}};
    out.words = words_of(out.text, in_comment);
    file.lines.push_back(std::move(out));
  }
  return file;
}

SourceFile load_source(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (in) text << in.rdbuf();
  return parse_source(path, text.str());
}

}  // namespace gui
