// SPDX-License-Identifier: MIT
// A user's C file, as text: read, and refused if it cannot be C.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace run {

struct SourceFile {
  std::filesystem::path path;  // as the user gave it
  std::string text;
};

// Throws sim::UserError: missing, unreadable, a folder, not *.c, empty, binary.
SourceFile read_source(const std::filesystem::path& path);

// Whether `name` stands in C text as a word of its own, comments and string
// literals left out; called: directly before "(".
struct Mention {
  bool found = false, called = false;
  size_t at = 0;  // the first one
};
Mention mention(std::string_view text, std::string_view name);

// Every word directly before "(" in C text: functions and macros like them.
std::set<std::string> called_names(std::string_view text);

}  // namespace run
