// SPDX-License-Identifier: MIT
// One contract for all primitives of mutual exclusion: alone inside, nobody
// forgotten, trylock honest. Run at random, over CPUs, preemption models and,
// for what spins, all four spinlocks.
#include <gtest/gtest.h>

#include "tests/locks/guest_run.h"

namespace locks_test {
namespace {

const std::vector<std::string> kExclusive = {
    "spinlock", "spinlock_bh", "spinlock_irq", "spinlock_irqsave", "raw_spinlock",
    "rwlock",   "seqlock",     "mutex",        "rt_mutex",         "ww_mutex",
    "rwsem",    "semaphore",   "percpu_rwsem"};

run::Config exclusion_config(const std::string& kind, unsigned cpus, unsigned tasks,
                             uint64_t seed) {
  run::Config config;
  config.cpus = cpus;
  config.seed = seed;
  config.arbiter = seed % 2 == 0 ? "live" : "random";
  config.params = {{"kind", kind}, {"tasks", std::to_string(tasks)}, {"rounds", "12"}};
  return config;
}

void expect_exclusion(const std::string& kind, const run::Config& config, unsigned tasks) {
  const Outcome outcome = run_guest("exclusion", config);
  EXPECT_EQ(outcome.verdict, "clean") << outcome.findings;
  EXPECT_TRUE(outcome.said(kind + ": every one of " + std::to_string(12 * tasks) + " updates"))
      << outcome.log;
}

class Exclusion : public testing::TestWithParam<std::string> {};

TEST_P(Exclusion, one_at_a_time_and_everybody_in_turn) {
  for (const unsigned cpus : {2u, 3u, 4u, 8u}) {
    for (uint64_t seed = 1; seed <= 6; ++seed) {
      SCOPED_TRACE("cpus " + std::to_string(cpus) + " seed " + std::to_string(seed));
      expect_exclusion(GetParam(), exclusion_config(GetParam(), cpus, cpus, seed), cpus);
    }
  }
}

TEST_P(Exclusion, more_tasks_than_cpus_under_every_preemption_model) {
  for (const char* const preempt : {"none", "voluntary", "full"}) {
    for (uint64_t seed = 1; seed <= 4; ++seed) {
      SCOPED_TRACE(std::string(preempt) + " seed " + std::to_string(seed));
      run::Config config = exclusion_config(GetParam(), 2, 6, seed);
      config.preempt = preempt;
      expect_exclusion(GetParam(), config, 6);
    }
  }
}

TEST_P(Exclusion, over_every_spinlock) {
  for (const char* const spinlock : {"tas", "ticket", "mcs", "queued"}) {
    for (uint64_t seed = 1; seed <= 4; ++seed) {
      SCOPED_TRACE(std::string(spinlock) + " seed " + std::to_string(seed));
      run::Config config = exclusion_config(GetParam(), 4, 5, seed);
      config.spinlock = spinlock;
      expect_exclusion(GetParam(), config, 5);
    }
  }
}

std::string name_of_primitive(const testing::TestParamInfo<std::string>& info) {
  return info.param;
}
INSTANTIATE_TEST_SUITE_P(EveryPrimitive, Exclusion, testing::ValuesIn(kExclusive),
                         name_of_primitive);

// The contract can fail: the same program with no lock at all. (A seed in which
// nobody happens to meet is possible; most must meet.)
TEST(ExclusionItself, is_broken_without_a_lock) {
  unsigned broken = 0;
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    run::Config config = exclusion_config("nothing", 4, 4, 2 * seed + 1);
    config.params.back().second = "100";
    broken += !run_guest("exclusion", config).said("nothing: every one of 400 updates");
  }
  EXPECT_GE(broken, 3u);
}

}  // namespace
}  // namespace locks_test
