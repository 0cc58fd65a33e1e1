// SPDX-License-Identifier: MIT
#include "sim/run/source.h"

#include <algorithm>
#include <cctype>

#include "sim/core/error.h"
#include "sim/run/file.h"

namespace run {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Behind the comment or literal that starts at `at`; `at` itself if none does.
size_t skip_prose(std::string_view text, size_t at) {
  if (text.substr(at, 2) == "//") return std::min(text.find('\n', at), text.size());
  if (text.substr(at, 2) == "/*") {
    const size_t end = text.find("*/", at + 2);
    return end == text.npos ? text.size() : end + 2;
  }
  if (text[at] != '"' && text[at] != '\'') return at;
  size_t end = at + 1;
  while (end < text.size() && text[end] != text[at] && text[end] != '\n')
    end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

// Calls each(word, called) for every word of C text.
template <typename F>
void for_each_word(std::string_view text, F&& each) {
  for (size_t at = 0; at < text.size();) {
    if (const size_t behind = skip_prose(text, at); behind != at) {
      at = behind;
    } else if (!is_word(text[at])) {
      ++at;
    } else {
      size_t end = at;
      while (end < text.size() && is_word(text[end])) ++end;
      size_t next = end;
      while (next < text.size() && text[next] == ' ') ++next;
      each(text.substr(at, end - at), next < text.size() && text[next] == '(');
      at = end;
    }
  }
}

}  // namespace

SourceFile read_source(const std::filesystem::path& path) {
  const std::string name = path.string();
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) throw sim::UserError("there is no file " + name);
  if (std::filesystem::is_directory(path, ignored))
    throw sim::UserError(name + " is a folder; name its C files");
  if (path.extension() != ".c")
    throw sim::UserError(name + " is not a C file; its name must end in .c");
  SourceFile source{path, read_file(path)};
  if (source.text.find('\0') != std::string::npos)
    throw sim::UserError(name + " is a binary file; a C file is needed");
  const auto blank = [](unsigned char c) { return std::isspace(c) != 0; };
  if (std::all_of(source.text.begin(), source.text.end(), blank))
    throw sim::UserError(name + " is empty; a C file with a module_init() is needed");
  return source;
}

Mention mention(std::string_view text, std::string_view name) {
  Mention result;
  for_each_word(text, [&](std::string_view word, bool called) {
    if (word != name) return;
    if (!result.found) result.at = static_cast<size_t>(word.data() - text.data());
    result.found = true;
    result.called |= called;
  });
  return result;
}

std::set<std::string> called_names(std::string_view text) {
  std::set<std::string> names;
  for_each_word(text, [&](std::string_view word, bool called) {
    if (called) names.emplace(word);
  });
  return names;
}

}  // namespace run
