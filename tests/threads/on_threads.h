// SPDX-License-Identifier: MIT
// Runs a guest program with one host thread a CPU, and says how it went.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "sim/cli/drive.h"
#include "sim/run/lesson.h"
#include "sim/run/session.h"

namespace threads_test {

struct Outcome {
  std::string verdict, log, findings, names;
  uint64_t steps = 0;
  std::string all() const { return verdict + "\n" + log + findings; }
};

inline Outcome run_program(const run::Program& program, run::Config config,
                           bool to_first_finding = false) {
  config.executor = "threads";
  run::Session session(program, config);
  if (to_first_finding) {
    session.run({});
  } else {
    cli::run_to_end(session);
  }
  Outcome outcome{session.verdict(), {}, {}, {}, session.position().step};
  for (const run::LogLine& line : session.log()) outcome.log += line.text + "\n";
  for (const check::Finding& finding : session.findings()) {
    outcome.findings += finding.title + "\n" + finding.text + "\n";
    outcome.names += finding.kind + " ";
  }
  return outcome;
}

// A file of the repository, compiled once for the process.
inline Outcome run_file(const std::string& path, const run::Config& config,
                        bool to_first_finding = false) {
  static std::map<std::string, run::Program> programs;
  auto it = programs.find(path);
  if (it == programs.end()) {
    it = programs.emplace(path, run::build_program({TEST_SOURCE_DIR "/" + path})).first;
  }
  return run_program(it->second, config, to_first_finding);
}

inline Outcome run_lesson(const std::string& name, run::Config (*change)(run::Config)) {
  const run::Variant variant = run::find_variant(run::load_lessons(), name);
  return run_program(run::build_variant(variant), change(variant.lesson.config));
}

// A module whose init does `body`.
inline Outcome run_text(const std::string& body, const std::string& before, run::Config config) {
  const std::string name = "on_threads_" + std::to_string(getpid()) + ".c";
  const std::filesystem::path file = std::filesystem::temp_directory_path() / name;
  std::ofstream(file) << "#include <linux/interrupt.h>\n#include <linux/kthread.h>\n"
                         "#include <linux/module.h>\n#include <linux/spinlock.h>\n"
                      << before << "static int __init user_init(void)\n{\n"
                      << body << "\treturn 0;\n}\nmodule_init(user_init);\n";
  const run::Program program = run::build_program({file});
  std::filesystem::remove(file);
  return run_program(program, config);
}

}  // namespace threads_test
