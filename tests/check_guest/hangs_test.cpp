// SPDX-License-Identifier: MIT
// Lockups, hung tasks and RCU stalls in a running kernel, with thresholds from
// the command line of the boot.
#include <gtest/gtest.h>

#include <string>

#include "sim/run/program.h"
#include "sim/run/session.h"

namespace {

struct Hang {
  int what;
  const char* title;  // a part of it
};

constexpr Hang kHangs[] = {
    {0, "watchdog: BUG: soft lockup - CPU#1 stuck for "},
    {1, "NMI watchdog: Watchdog detected hard LOCKUP on cpu 1"},
    {2, "INFO: task hang:"},
    {3, "rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:"},
};

run::Config config_of(int what, const char* seconds) {
  run::Config config;
  config.time_max_ns = 6'000'000'000;
  config.params = {{"what", std::to_string(what)}};
  for (const char* name : {"watchdog_thresh", "hung_task_timeout_secs", "rcu_cpu_stall_timeout"})
    config.boot.emplace_back(name, seconds);
  return config;
}

std::string findings_of(const run::Config& config) {
  static const run::Program program =
      run::build_program({std::string(TEST_SOURCE_DIR) + "/tests/check_guest/hangs.c"});
  run::Session session(program, config);
  while (session.run({}) == run::Stop::kFinding) continue;
  std::string titles;
  for (const check::Finding& finding : session.findings()) titles += finding.title + "\n";
  return titles;
}

TEST(Hangs, are_found_after_the_time_that_the_boot_allows) {
  for (const Hang& row : kHangs) {
    const std::string titles = findings_of(config_of(row.what, "2"));
    EXPECT_NE(titles.find(row.title), std::string::npos) << row.what << ": " << titles;
  }
}

TEST(Hangs, are_ignored_before_it_or_where_it_is_0) {
  for (const char* seconds : {"60", "0"})
    for (const Hang& row : kHangs) EXPECT_EQ(findings_of(config_of(row.what, seconds)), "");
}

}  // namespace
