// SPDX-License-Identifier: MIT
// A file that the command writes: whole, or not at all.
//
// Opened beside its final place before the work begins, so that a place where
// nothing can be written is told at once; renamed over it by commit(). What is
// not committed leaves nothing behind.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

class OutputFile {
 public:
  // what: the option, for the message. Throws sim::UserError.
  OutputFile(std::string_view what, const std::filesystem::path& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // What to write to: the final path itself if that is a pipe or a device.
  const std::filesystem::path& scratch() const { return scratch_.empty() ? path_ : scratch_; }
  void write(std::string_view text);  // all of the contents; then commit()
  void commit();

 private:
  std::string what_;
  std::filesystem::path path_, scratch_;  // scratch_ is empty once it is renamed
};

// An output that was asked for, or none.
using MaybeOutput = std::optional<OutputFile>;
void open_if_named(MaybeOutput& output, std::string_view what, const std::string& path);

}  // namespace cli
