// SPDX-License-Identifier: MIT
#include "tests/house/tree.h"

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

namespace house {

namespace fs = std::filesystem;

namespace {

File read(const fs::path& root, const fs::path& path) {
  File file;
  file.path = fs::relative(path, root).generic_string();
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  file.text = text.str();
  std::istringstream lines(file.text);
  for (std::string line; std::getline(lines, line);) file.lines.push_back(line);
  return file;
}

bool is_foreign(const fs::path& path) {
  const std::string name = path.filename().string();
  return name == ".git" || name == "build" || name == ".cache";
}

}  // namespace

bool File::is_guest() const {
  return is_under("kernel") || is_under("locks") || is_under("demos") || path == "cpu/hw.h" ||
         path == "cpu/events.h" || path == "irq/regs.h" || has_suffix(".c") ||
         path.find("/guest/") != std::string::npos;
}

const std::vector<File>& tree() {
  static const std::vector<File> files = [] {
    const fs::path root = TEST_SOURCE_DIR;
    std::vector<File> all;
    for (auto it = fs::recursive_directory_iterator(root); it != fs::end(it); ++it) {
      if (is_foreign(it->path())) {
        it.disable_recursion_pending();
      } else if (it->is_regular_file()) {
        all.push_back(read(root, it->path()));
      }
    }
    std::sort(all.begin(), all.end(), [](const File& a, const File& b) { return a.path < b.path; });
    return all;
  }();
  return files;
}

std::string at(const File& file, size_t line_index) {
  return file.path + ":" + std::to_string(line_index + 1) + ": ";
}

std::string run(const std::string& command, int* status) {
  std::string output;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return "cannot run " + command;
  std::array<char, 4096> buffer;
  while (const size_t n = fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.append(buffer.data(), n);
  }
  const int result = pclose(pipe);
  if (status != nullptr) *status = WIFEXITED(result) ? WEXITSTATUS(result) : -1;
  return output;
}

std::vector<std::string> failures_of(const std::vector<std::string>& commands) {
  std::vector<std::string> failures;
  std::mutex mutex;
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < commands.size(); i = next++) {
      int status = 0;
      std::string output = run(commands[i], &status);
      if (status == 0) continue;
      const std::lock_guard guard(mutex);
      failures.push_back(commands[i] + "\n" + output);
    }
  };
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < std::max(2u, std::thread::hardware_concurrency()); ++i) {
      workers.emplace_back(work);
    }
  }
  std::sort(failures.begin(), failures.end());
  return failures;
}

}  // namespace house
