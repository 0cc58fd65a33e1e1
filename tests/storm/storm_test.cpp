// SPDX-License-Identifier: MIT
// Six sources of 100,000 interrupts a second each on eight CPUs, all checkers
// on: clean, nothing lost, and the same to the last step in a second run.
//
// By default a short stretch of it. LOCKSTEP_STORM_MS=n makes it n milliseconds
// of virtual time; 200 are more than 100 million steps.
#include <gtest/gtest.h>

#include "sim/run/session.h"
#include "tests/storm/length.h"

namespace run {
namespace {

Config storm() {
  Config config;
  config.cpus = 8;
  config.steps_max = UINT64_MAX;
  config.time_max_ns = storm_milliseconds() * 1'000'000;
  for (const char* name : {"eth0", "eth1", "disk0", "disk1", "uart0", "nmi0"}) {
    config.sources.push_back({.name = name, .rate_hz = 100'000});
  }
  return config;
}

struct Ending {
  std::string verdict, hash, words, findings;
  uint64_t steps;
};

Ending run_once(const Program& program) {
  Session session(program, storm());
  while (!session.finished()) session.run({});
  Ending ending{session.verdict(), session.trace_hash(), "", "", session.position().step};
  for (const LogLine& line : session.log()) ending.words += line.text + "\n";
  for (const auto& finding : session.findings()) ending.findings += finding.text + "\n";
  return ending;
}

TEST(Storm, of_interrupts_on_eight_cpus_is_clean_complete_and_repeatable) {
  const Program program = build_program({TEST_SOURCE_DIR "/tests/storm/guest/storm.c"});
  const Ending first = run_once(program);
  EXPECT_EQ(first.verdict, "clean") << first.findings;
  EXPECT_NE(first.words.find("all there"), std::string::npos) << first.words;
  std::printf("%llu steps\n", static_cast<unsigned long long>(first.steps));
  const Ending second = run_once(program);
  EXPECT_EQ(second.hash, first.hash);
  EXPECT_EQ(second.steps, first.steps);
  EXPECT_EQ(second.words, first.words);
}

}  // namespace
}  // namespace run
