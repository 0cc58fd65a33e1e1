// SPDX-License-Identifier: MIT
#include "sim/cli/output_file.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "sim/core/error.h"

namespace cli {

namespace fs = std::filesystem;

OutputFile::OutputFile(std::string_view what, const fs::path& path) : what_(what), path_(path) {
  if (fs::is_directory(path)) {
    throw sim::UserError(fmt::format("{}: {} is a folder, not a file", what, path.string()));
  }
  if (fs::exists(path) && !fs::is_regular_file(path)) return;  // a pipe or a device
  std::string scratch = path.string() + ".XXXXXX";
  const int file = mkstemp(scratch.data());
  if (file < 0) {
    throw sim::UserError(
        fmt::format("{}: cannot write {}: {}", what, path.string(), std::strerror(errno)));
  }
  // mkstemp's mode is private; give the file what any other new file would get.
  const mode_t mask = umask(0);
  umask(mask);
  if (fchmod(file, 0666 & ~mask) != 0 || close(file) != 0) {
    throw sim::UserError(
        fmt::format("{}: cannot write {}: {}", what, path.string(), std::strerror(errno)));
  }
  scratch_ = scratch;
}

OutputFile::~OutputFile() {
  std::error_code ignored;  // it may be gone: renamed by commit()
  if (!scratch_.empty()) fs::remove(scratch_, ignored);
}

void OutputFile::write(std::string_view text) {
  std::ofstream out(scratch(), std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) throw sim::UserError(fmt::format("{}: cannot write {}", what_, path_.string()));
}

void OutputFile::commit() {
  if (scratch_.empty()) return;
  std::error_code error;
  fs::rename(scratch_, path_, error);
  if (error) {
    throw sim::UserError(
        fmt::format("{}: cannot write {}: {}", what_, path_.string(), error.message()));
  }
  scratch_.clear();
}

void open_if_named(MaybeOutput& output, std::string_view what, const std::string& path) {
  if (!path.empty()) output.emplace(what, path);
}

}  // namespace cli
