// SPDX-License-Identifier: MIT
// Runs the program as a user's shell does.
#pragma once

#include <filesystem>
#include <string>

namespace shell {

struct Outcome {
  int status = -1;
  std::string out, err;
};

// `lockstep ARGS` in an empty folder of its own, stdin from `input`.
Outcome lockstep(const std::string& args, const std::string& input = "");

std::filesystem::path program();
// The folder in which the program runs; emptied at the start of the test program.
const std::filesystem::path& folder();

// The same with another program (another preset's build), or in another folder.
Outcome run_program(const std::filesystem::path& program, const std::string& args,
                    const std::string& input = "", const std::filesystem::path& where = folder());

// Writes a file there and returns its name.
std::string write_file(const std::string& name, const std::string& text);
std::string read_file(const std::filesystem::path& path);
// Names of all files there, sorted, one a line: to see that nothing was written.
std::string listing();

}  // namespace shell
