// SPDX-License-Identifier: MIT
// Runs a guest program to its end and says how it went. It is named by its path
// without the .c, or if it lies in tests/locks/guest/ by its name alone.
#pragma once

#include <string>

#include "sim/cli/drive.h"
#include "tests/kernel/judged.h"

namespace locks_test {

struct Outcome {
  std::string verdict, log, findings, hash;
  bool said(const std::string& text) const { return log.find(text) != std::string::npos; }
};

inline const run::Program& program(const std::string& name) {
  const bool path = name.find('/') != std::string::npos;
  return run::guest_program(path ? name : "tests/locks/guest/" + name);
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
