// SPDX-License-Identifier: MIT
// The source tree as the house tests read it: every file, by lines.
#pragma once

#include <string>
#include <vector>

namespace house {

struct File {
  std::string path;  // relative to the root, with /
  std::string text;
  std::vector<std::string> lines;

  bool has_suffix(const char* suffix) const { return path.ends_with(suffix); }
  bool is_under(const std::string& folder) const { return path.starts_with(folder + "/"); }
  bool is_header() const { return has_suffix(".h"); }
  bool is_code() const { return is_header() || has_suffix(".cpp") || has_suffix(".c"); }
  // The far side of the glass: kernel style, or the contract that both sides share.
  bool is_guest() const;
};

// All files but build trees and version control, sorted by path. Read once.
const std::vector<File>& tree();

// Where a line of a file is, for messages: "cpu/hw.h:12: ".
std::string at(const File& file, size_t line_index);

// Runs a command, returns its stdout and stderr together; `status` if wanted.
std::string run(const std::string& command, int* status = nullptr);

// Runs commands[i], a few at a time; the outputs of those that failed.
std::vector<std::string> failures_of(const std::vector<std::string>& commands);

}  // namespace house
