// SPDX-License-Identifier: MIT
// Every header compiles alone: a contract that needs another file first is none.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/house/tree.h"

namespace house {
namespace {

const std::string kRoot = TEST_SOURCE_DIR;

// The command that builds a source of the same folder, or of any, without its
// files: the flags under which a header is really used.
class Flags {
 public:
  Flags() {
    std::ifstream in(std::string(TEST_BINARY_DIR) + "/compile_commands.json");
    for (const auto& entry : nlohmann::json::parse(in)) {
      const std::string command = without_files(entry.at("command").get<std::string>());
      for (const std::string& file : sources_of(entry.at("file").get<std::string>())) {
        commands_.emplace(std::filesystem::path(file).parent_path().string(), command);
      }
    }
  }

  std::string for_folder(std::string folder) const {
    while (true) {
      const auto it = commands_.find(folder);
      if (it != commands_.end()) return it->second;
      const size_t slash = folder.rfind('/');
      if (slash == std::string::npos) return commands_.at("sim/core");
      folder.resize(slash);
    }
  }

 private:
  // From the root: the file, or those of a batch.
  static std::vector<std::string> sources_of(const std::string& file) {
    if (!file.ends_with(".cxx")) return {file.substr(kRoot.size() + 1)};
    std::vector<std::string> sources;
    std::ifstream in(file);
    const std::string begin = "#include \"" + kRoot + "/";
    for (std::string line; std::getline(in, line);) {
      if (!line.starts_with(begin)) continue;
      sources.push_back(line.substr(begin.size(), line.size() - begin.size() - 1));
    }
    EXPECT_FALSE(sources.empty()) << file;
    return sources;
  }

  static std::string without_files(const std::string& command) {
    std::istringstream words(command);
    std::string kept, word;
    while (words >> word) {
      if (word.ends_with("ccache")) continue;
      if (word == "-o" || word == "-c" || word == "-MF" || word == "-MT") {
        words >> word;
      } else {
        kept += word + " ";
      }
    }
    return kept;
  }

  std::map<std::string, std::string> commands_;
};

std::string folder_of(const File& file) { return file.path.substr(0, file.path.rfind('/')); }

void expect_all_compile(const std::vector<std::string>& commands) {
  EXPECT_FALSE(commands.empty());
  for (const std::string& failure : failures_of(commands)) ADD_FAILURE() << failure;
}

// The guest API; private guest headers are C++ only.
bool is_api(const File& file) {
  return file.is_header() && file.is_guest() &&
         (file.path.find("/include/") != std::string::npos || !file.is_under("locks")) &&
         !(file.is_under("kernel") && !file.is_under("kernel/include"));
}

std::string guest_command(const File& file, const std::string& language) {
  return language + " -fsyntax-only -Wall -Werror -ffreestanding -I" + kRoot +
         "/kernel/include -I" + kRoot + "/locks/include -I" + kRoot + " /dev/null -include " +
         kRoot + "/" + file.path;
}

TEST(Headers, every_host_header_compiles_alone) {
  const Flags flags;
  std::vector<std::string> commands;
  for (const File& file : tree()) {
    if (!file.is_header() || file.is_guest()) continue;
    commands.push_back(flags.for_folder(folder_of(file)) +
                       "-O0 -fsyntax-only -x c++ /dev/null -include " + kRoot + "/" + file.path);
  }
  expect_all_compile(commands);
}

TEST(Headers, every_guest_header_compiles_alone_as_c11) {
  std::vector<std::string> commands;
  for (const File& file : tree()) {
    if (is_api(file)) commands.push_back(guest_command(file, "gcc -x c -std=gnu11"));
  }
  expect_all_compile(commands);
}

TEST(Headers, every_guest_header_compiles_alone_as_cxx20) {
  std::vector<std::string> commands;
  for (const File& file : tree()) {
    if (!file.is_header() || !file.is_guest()) continue;
    commands.push_back(
        guest_command(file, "g++ -x c++ -std=gnu++20 -fno-exceptions -fno-rtti -nostdinc++"));
  }
  expect_all_compile(commands);
}

}  // namespace
}  // namespace house
