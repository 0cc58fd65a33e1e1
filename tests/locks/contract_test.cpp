// SPDX-License-Identifier: MIT
// The same contract through the search: on two and three CPUs, in no schedule
// within the bounds are two inside, is an update lost, a free lock refused, or
// a wake-up lost (then somebody waits for ever). Handlers go in as well where
// the primitive keeps them out; and a task that runs is not overtaken for ever.
#include <gtest/gtest.h>

#include "tests/locks/guest_run.h"
#include "tests/locks/search_told.h"

namespace locks_test {
namespace {

struct Bounds {
  unsigned cpus = 2, rounds = 1, preemptions = 2, interrupts = 0;
  const char* strategy = "exhaustive";
  uint64_t schedules = UINT64_MAX;
  const char* spinlock = "queued";
  const char* osq = "1";
  bool every_step = false;
};

run::ExploreResult explore(const std::string& kind, const Bounds& bounds) {
  run::Config config;
  config.cpus = bounds.cpus;
  config.spinlock = bounds.spinlock;
  config.params = {{"kind", kind},
                   {"tasks", std::to_string(bounds.cpus)},
                   {"rounds", std::to_string(bounds.rounds)},
                   {"pin", "1"}};
  config.boot = {{"osq", bounds.osq}};
  if (bounds.interrupts != 0) {
    config.params.emplace_back("irq", "1");
    config.sources = {{.name = "dev"}};
  }
  run::ExploreOptions options;
  options.strategy = bounds.strategy;
  options.preemptions_max = bounds.preemptions;
  options.interrupts_max = bounds.interrupts;
  options.schedules_max = bounds.schedules;
  options.every_step = bounds.every_step;
  run::Explorer explorer(program("exclusion"), config, options);
  return explorer.run();
}

void expect_kept(const std::string& kind, const Bounds& bounds) {
  const run::ExploreResult result = explore(kind, bounds);
  EXPECT_FALSE(result.found) << told(result);
  EXPECT_EQ(result.cut, 0u);
  if (bounds.schedules == UINT64_MAX) {
    EXPECT_TRUE(result.finished) << told(result);
    EXPECT_GT(result.schedules, 10u);
  }
}

const std::vector<std::string> kPrimitives = {
    "spinlock", "spinlock_bh", "spinlock_irq", "spinlock_irqsave", "raw_spinlock",
    "rwlock",   "seqlock",     "mutex",        "rt_mutex",         "ww_mutex",
    "rwsem",    "semaphore",   "percpu_rwsem"};

class Contract : public testing::TestWithParam<std::string> {};

TEST_P(Contract, in_every_schedule_of_two_cpus_within_two_preemptions) {
  expect_kept(GetParam(), {.rounds = 2});
}

TEST_P(Contract, in_every_schedule_of_three_cpus_within_one_preemption) {
  expect_kept(GetParam(), {.cpus = 3, .preemptions = 1});
}

// Between any two steps of the lock itself, not only where the user looks.
TEST_P(Contract, in_every_step_of_the_primitive_itself) {
  expect_kept(GetParam(), {.preemptions = 1, .every_step = true});
}

TEST_P(Contract, at_random_and_by_priorities_on_four_cpus) {
  expect_kept(GetParam(), {.cpus = 4, .rounds = 3, .strategy = "random", .schedules = 60});
  expect_kept(GetParam(), {.cpus = 4, .rounds = 3, .strategy = "pct", .schedules = 60});
}

std::string test_name(const testing::TestParamInfo<std::string>& info) { return info.param; }
INSTANTIATE_TEST_SUITE_P(EveryPrimitive, Contract, testing::ValuesIn(kPrimitives), test_name);

TEST(ContractItself, is_broken_without_a_lock) {
  EXPECT_TRUE(explore("nothing", {.preemptions = 1}).found);
}

TEST(ContractItself, holds_for_every_spinlock) {
  for (const char* const spinlock : {"tas", "ticket", "mcs", "queued"}) {
    SCOPED_TRACE(spinlock);
    expect_kept("spinlock", {.cpus = 3, .preemptions = 1, .spinlock = spinlock});
    expect_kept("spinlock", {.preemptions = 1, .spinlock = spinlock, .every_step = true});
  }
}

TEST(ContractItself, holds_without_optimistic_spinning) {
  for (const char* const kind : {"mutex", "ww_mutex", "rwsem"}) {
    SCOPED_TRACE(kind);
    expect_kept(kind, {.rounds = 2, .osq = "0"});
    EXPECT_NE(explore(kind, {.rounds = 2, .osq = "0"}).steps, explore(kind, {.rounds = 2}).steps);
  }
}

TEST(ContractItself, keeps_handlers_out_where_interrupts_are_off) {
  for (const char* const kind : {"spinlock_irq", "spinlock_irqsave"}) {
    SCOPED_TRACE(kind);
    expect_kept(kind, {.preemptions = 1, .interrupts = 2});
  }
  const run::ExploreResult plain = explore("spinlock", {.preemptions = 0, .interrupts = 1});
  ASSERT_TRUE(plain.found) << "a handler spins for what it has interrupted";
  EXPECT_EQ(plain.findings[0].kind, "deadlock");
}

// While all CPUs go on at the same speed. A mutex and an rwsem may be taken past
// those who wait (by spinners); they only promise the hand-over.
TEST(ContractItself, whoever_waits_is_overtaken_a_bounded_number_of_times) {
  for (const char* const kind : {"raw_spinlock", "rwlock", "semaphore"}) {
    for (const unsigned cpus : {2u, 4u, 8u}) {
      for (uint64_t seed = 1; seed <= 4; ++seed) {
        run::Config config;
        config.cpus = cpus;
        config.seed = seed;
        config.params = {{"kind", kind},
                         {"tasks", std::to_string(cpus)},
                         {"rounds", "40"},
                         {"pin", "1"},
                         {"overtakes", std::to_string(3 * cpus)}};
        const Outcome outcome = run_guest("exclusion", config);
        EXPECT_EQ(outcome.verdict, "clean") << kind << cpus << "\n" << outcome.findings;
      }
    }
  }
}

}  // namespace
}  // namespace locks_test
