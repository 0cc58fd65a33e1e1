// SPDX-License-Identifier: MIT
// RCU: a reader never sees freed memory, every callback is called once, and
// all of it ends; under every preemption model and beyond one leaf of the tree.
#include <gtest/gtest.h>

#include "tests/locks/guest_run.h"

namespace locks_test {
namespace {

run::Config config_for(unsigned cpus, const char* preempt, uint64_t seed) {
  run::Config config;
  config.cpus = cpus;
  config.seed = seed;
  config.arbiter = seed % 2 == 0 ? "live" : "random";
  config.preempt = preempt;
  config.checks = "all";
  return config;
}

void expect_guarantee(const run::Config& config) {
  SCOPED_TRACE(config.preempt + " cpus " + std::to_string(config.cpus) + " seed " +
               std::to_string(config.seed));
  const Outcome outcome = run_guest("rcu", config);
  EXPECT_EQ(outcome.verdict, "clean") << outcome.findings;
  EXPECT_TRUE(outcome.said("wrong: no, freed 6")) << outcome.log;
}

TEST(Rcu, a_reader_never_sees_freed_memory) {
  for (const char* const preempt : {"none", "voluntary", "full"}) {
    for (const unsigned cpus : {1u, 2u, 4u}) {
      for (uint64_t seed = 1; seed <= 6; ++seed) {
        expect_guarantee(config_for(cpus, preempt, seed));
      }
    }
  }
}

TEST(Rcu, holds_with_more_readers_than_cpus) {
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    run::Config config = config_for(2, "full", seed);
    config.params = {{"readers", "6"}};
    expect_guarantee(config);
  }
}

TEST(Rcu, holds_beyond_one_leaf_of_the_tree) {
  for (const unsigned cpus : {17u, 64u}) {
    run::Config config = config_for(cpus, "full", cpus);
    config.params = {{"readers", "8"}};
    expect_guarantee(config);
  }
}

TEST(Srcu, readers_sleep_callbacks_come_in_order_and_a_barrier_waits_for_all) {
  for (const char* const preempt : {"none", "full"}) {
    for (const unsigned cpus : {1u, 2u, 4u}) {
      for (uint64_t seed = 1; seed <= 4; ++seed) {
        const Outcome outcome = run_guest("srcu", config_for(cpus, preempt, seed));
        EXPECT_EQ(outcome.verdict, "clean") << preempt << cpus << "\n" << outcome.findings;
        EXPECT_TRUE(outcome.said("all checked, 0 failures")) << outcome.log;
      }
    }
  }
}

TEST(Rcu, without_a_grace_period_somebody_sees_freed_memory) {
  unsigned noticed = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    run::Config config = config_for(4, "full", 2 * seed + 1);
    config.params = {{"wait", "0"}, {"updates", "40"}};
    const Outcome outcome = run_guest("rcu", config);
    noticed += outcome.verdict != "clean" || outcome.said("wrong: yes");
  }
  EXPECT_GT(noticed, 0u);
}

}  // namespace
}  // namespace locks_test
