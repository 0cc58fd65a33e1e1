// SPDX-License-Identifier: MIT
#include "tests/cli/shell.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

namespace shell {

namespace fs = std::filesystem;

fs::path program() { return fs::path(TEST_BINARY_DIR) / "sim/cli/lockstep"; }

namespace {

// One per process: ctest runs tests side by side.
struct Folder {
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  const fs::path path = fs::path(TEST_BINARY_DIR) / "tests" / ("shell." + std::to_string(getpid()));
};

}  // namespace

const fs::path& folder() {
  static const Folder there;
  return there.path;
}

Outcome lockstep(const std::string& args, const std::string& input) {
  return run_program(program(), args, input);
}

Outcome run_program(const fs::path& path, const std::string& args, const std::string& input,
                    const fs::path& where) {
  const fs::path out = folder().string() + ".out", err = folder().string() + ".err";
  const fs::path in = folder().string() + ".in";
  std::ofstream(in) << input;
  const std::string command = "cd '" + where.string() + "' && '" + path.string() + "' " + args +
                              " <'" + in.string() + "' >'" + out.string() + "' 2>'" + err.string() +
                              "'";
  const int result = std::system(command.c_str());
  Outcome outcome{WIFEXITED(result) ? WEXITSTATUS(result) : -1, read_file(out), read_file(err)};
  for (const fs::path& file : {in, out, err}) fs::remove(file);
  return outcome;
}

std::string write_file(const std::string& name, const std::string& text) {
  std::ofstream(folder() / name, std::ios::binary) << text;
  return name;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string listing() {
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder())) {
    names.insert(fs::relative(entry.path(), folder()).string());
  }
  std::string text;
  for (const std::string& name : names) text += name + "\n";
  return text;
}

}  // namespace shell
