// SPDX-License-Identifier: MIT
#include "tests/house/functions.h"

#include <algorithm>
#include <cctype>

namespace house {

namespace {

// Where the literal or comment that begins at `i` ends; i if none begins there.
size_t skip_from(std::string_view text, size_t i) {
  const std::string_view rest = text.substr(i);
  const auto find = [&](std::string_view what, size_t from) {
    const size_t found = text.find(what, from);
    return found == std::string_view::npos ? text.size() : found + what.size();
  };
  if (rest.starts_with("//")) return std::min(text.size(), find("\n", i) - 1);
  if (rest.starts_with("/*")) return find("*/", i + 2);
  if (rest.starts_with("R\"")) {
    const size_t open = text.find('(', i);
    return find(")" + std::string(text.substr(i + 2, open - i - 2)) + "\"", open);
  }
  const bool digit_separator = i > 0 && std::isxdigit(static_cast<unsigned char>(text[i - 1])) != 0;
  if (text[i] != '"' && (text[i] != '\'' || digit_separator)) return i;
  size_t end = i + 1;
  while (end < text.size() && text[end] != text[i] && text[end] != '\n') {
    end += text[end] == '\\' ? 2 : 1;
  }
  return std::min(text.size(), end + 1);
}

size_t end_of_directive(std::string_view text, size_t i) {
  while (i < text.size() && text[i] != '\n') {
    i += text[i] == '\\' ? 2 : 1;  // a continued line
  }
  return std::min(i, text.size());
}

bool begins_with_word(std::string_view head, std::string_view word) {
  return head.starts_with(word) &&
         (head.size() == word.size() ||
          std::isalnum(static_cast<unsigned char>(head[word.size()])) == 0);
}

// Does `{` after this head open a function's body?
bool is_function_head(std::string_view head) {
  for (const char* word : {"namespace", "enum", "extern \"C\"", "do", "else"}) {
    if (begins_with_word(head, word)) return false;
  }
  const bool type = begins_with_word(head, "struct") || begins_with_word(head, "class") ||
                    begins_with_word(head, "union");
  if (type && !head.ends_with(") ") && !head.ends_with(")")) return false;
  const size_t parenthesis = head.find('(');
  if (parenthesis == std::string_view::npos) return false;
  const size_t equals = head.find('=');  // an initialiser, unless it is operator=
  return equals > parenthesis || head.substr(0, equals).ends_with("operator");
}

std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

size_t line_of(std::string_view text, size_t position) {
  return static_cast<size_t>(
      std::count(text.begin(), text.begin() + static_cast<long>(position), '\n'));
}

}  // namespace

std::string code_only(std::string_view text) {
  std::string out(text);
  bool line_start = true;
  for (size_t i = 0; i < text.size();) {
    size_t end = skip_from(text, i);
    if (line_start && text[i] == '#') end = end_of_directive(text, i);
    for (size_t k = i; k < end; ++k) {
      if (out[k] != '\n') out[k] = ' ';
    }
    if (end == i) end = i + 1;
    line_start = text[end - 1] == '\n' ||
                 (line_start && std::isspace(static_cast<unsigned char>(text[i])) != 0);
    i = end;
  }
  return out;
}

std::vector<Function> functions_of(std::string_view text) {
  const std::string code = code_only(text);
  std::vector<Function> found;
  size_t head_begin = 0, depth_inside = 0;  // braces open since a body began
  for (size_t i = 0; i < code.size(); ++i) {
    if (depth_inside > 0) {
      if (code[i] == '{') ++depth_inside;
      if (code[i] == '}' && --depth_inside == 0) {
        found.back().lines = line_of(code, i) - found.back().line + 1;
        head_begin = i + 1;
      }
    } else if (code[i] == '{') {
      const std::string head = folded(std::string_view(code).substr(head_begin, i - head_begin));
      if (is_function_head(head)) {
        const size_t first = code.find_first_not_of(" \t\n", head_begin);
        found.push_back({head, line_of(code, first), 0});
        depth_inside = 1;
      }
      if (depth_inside == 0) head_begin = i + 1;
    } else if (code[i] == '}' || code[i] == ';') {
      head_begin = i + 1;
    }
  }
  return found;
}

}  // namespace house
