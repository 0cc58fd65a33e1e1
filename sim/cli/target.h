// SPDX-License-Identifier: MIT
// What a command works on: a lesson's variant or the user's C files, with the
// settings of the command line over the lesson's own.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <utility>
#include <vector>

#include "sim/run/config.h"
#include "sim/run/program.h"

namespace cli {

struct TargetOptions {
  std::vector<std::string> names;  // one lesson, or C files
  run::CompileOptions compile;
  std::vector<std::pair<std::string, std::string>> settings;  // --NAME VALUE, in order
};

struct Target {
  run::Program program;
  run::Config config;
  std::string expected;  // "clean" for a user's files
  bool is_lesson = false;
};

// LESSON|FILE.c..., -I, -D and one option for every row of run::settings().
// Returns the first one, which is required.
CLI::Option* add_target_options(CLI::App& command, TargetOptions& options);
void add_setting_options(CLI::App& command, TargetOptions& options);

// Compiles. Throws sim::UserError; a value of --param or --source replaces a
// lesson's own of the same name.
Target open_target(const TargetOptions& options);

// The command that makes this run again: "lockstep run ab-ba/broken --seed 7".
std::string command_for(const TargetOptions& options, const std::string& command = "run");

// For a shell: quoted if it must be.
std::string quoted(const std::string& word);

}  // namespace cli
