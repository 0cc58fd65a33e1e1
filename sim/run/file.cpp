// SPDX-License-Identifier: MIT
#include "sim/run/file.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "sim/core/error.h"

namespace run {
namespace {

[[noreturn]] void fail(const char* what, const std::filesystem::path& path, int error) {
  throw sim::UserError(std::string("cannot ") + what + " " + path.string() + ": " +
                       (error != 0 ? std::strerror(error) : "input/output error"));
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) fail("read", path, EISDIR);
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) fail("read", path, errno);
  std::string contents((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) fail("read", path, errno);
  return contents;
}

void write_file(const std::filesystem::path& path, const std::string& contents) {
  const std::filesystem::path temporary = temporary_beside(path);
  errno = 0;
  std::ofstream out(temporary, std::ios::binary);
  if (!out) fail("write", path, errno);
  out.write(contents.data(), static_cast<std::streamsize>(contents.size()));
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(temporary, path, error);
  if (!out || error) {
    const int reason = error ? error.value() : errno;
    std::filesystem::remove(temporary, error);
    fail("write", path, reason);
  }
}

std::filesystem::path temporary_beside(const std::filesystem::path& path) {
  static std::atomic<unsigned> counter{0};
  std::filesystem::path name = path;
  name += "." + std::to_string(getpid()) + "-" + std::to_string(counter++) + ".tmp";
  return name;
}

}  // namespace run
