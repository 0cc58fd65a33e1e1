// SPDX-License-Identifier: MIT
// Guest programs of the tests, and modules that judge themselves.
#pragma once

#include <map>
#include <string>

#include "sim/run/session.h"

namespace run {

// By its path without the .c; compiled once for the process.
inline const Program& guest_program(const std::string& path) {
  static std::map<std::string, Program> built;
  const auto it = built.find(path);
  if (it != built.end()) return it->second;
  return built[path] = build_program({TEST_SOURCE_DIR "/" + path + ".c"});
}

// Of a module with tests/kernel/guest/check.h: empty if the run was clean, the
// module came to its end and all its checks held. Else the whole log and all findings.
inline std::string complaint(const std::string& path, const Config& config) {
  Session session(guest_program(path), config);
  while (!session.finished()) {
    if (session.run({}) == Stop::kFinding) break;
  }
  std::string text;
  bool checked = false;
  for (const LogLine& line : session.log()) {
    text += line.text + "\n";
    checked = checked || line.text == "all checked, 0 failures";
  }
  for (const check::Finding& finding : session.findings()) text += finding.text + "\n";
  if (checked && session.verdict() == "clean") return {};
  return path + " on " + std::to_string(config.cpus) + " CPUs, seed " +
         std::to_string(config.seed) + ": " + session.verdict() + "\n" + text;
}

}  // namespace run
