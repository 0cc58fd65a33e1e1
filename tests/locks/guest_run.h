// SPDX-License-Identifier: MIT
// Runs a guest program to its end and says how it went. It is named by its path
// without the .c, or if it lies in tests/locks/guest/ by its name alone.
#pragma once

#include <map>
#include <string>

#include "sim/cli/drive.h"
#include "sim/run/session.h"

namespace locks_test {

struct Outcome {
  std::string verdict, log, findings, hash;
  bool said(const std::string& text) const { return log.find(text) != std::string::npos; }
};

// Compiled once for the process.
inline const run::Program& program(const std::string& name) {
  static std::map<std::string, run::Program> programs;
  const auto it = programs.find(name);
  if (it != programs.end()) return it->second;
  const bool path = name.find('/') != std::string::npos;
  const std::string file = TEST_SOURCE_DIR "/" + (path ? name : "tests/locks/guest/" + name) + ".c";
  return programs.emplace(name, run::build_program({file})).first->second;
}

inline Outcome run_guest(const std::string& name, run::Config config) {
  config.steps_max = 3'000'000;  // a guest that runs on and on fails soon
  run::Session session(program(name), config);
  cli::run_to_end(session);
  Outcome outcome{session.verdict(), {}, {}, session.trace_hash()};
  for (const run::LogLine& line : session.log()) outcome.log += line.text + "\n";
  for (const check::Finding& finding : session.findings()) {
    outcome.findings += finding.title + "\n" + finding.text + "\n";
  }
  return outcome;
}

}  // namespace locks_test
