// SPDX-License-Identifier: MIT
// The contract of the primitives where CPUs really run side by side: nobody is
// inside beside another, no update is lost, a reader sees no half of an update.
//
// LOCKSTEP_TURNS=1000000 takes the full million for each; few by default, for CI.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/threads/on_threads.h"

namespace threads_test {
namespace {

constexpr uint64_t kTurns = 4'000;

uint64_t turns() {
  const char* text = std::getenv("LOCKSTEP_TURNS");
  return text ? std::strtoull(text, nullptr, 10) : kTurns;
}

run::Config machine(unsigned cpus) {
  run::Config config;
  config.cpus = cpus;
  config.steps_max = turns() * 10'000;
  config.time_max_ns = turns() * 1'000'000;
  return config;
}

class Exclusion : public testing::TestWithParam<std::string> {};

TEST_P(Exclusion, holds_for_four_tasks_on_four_cpus) {
  run::Config config = machine(4);
  const std::string rounds = std::to_string(turns() / 4);
  config.params = {{"kind", GetParam()}, {"tasks", "4"}, {"rounds", rounds}, {"pin", "1"}};
  const Outcome outcome = run_file("tests/locks/guest/exclusion.c", config);
  EXPECT_EQ(outcome.verdict, "clean") << outcome.all();
  EXPECT_NE(outcome.log.find("every one of " + std::to_string(turns() / 4 * 4) + " updates"),
            std::string::npos)
      << outcome.all();
}

TEST_P(Exclusion, holds_for_tasks_that_go_from_cpu_to_cpu) {
  run::Config config = machine(2);
  const std::string rounds = std::to_string(turns() / 12);
  config.params = {{"kind", GetParam()}, {"tasks", "3"}, {"rounds", rounds}};
  const Outcome outcome = run_file("tests/locks/guest/exclusion.c", config);
  EXPECT_EQ(outcome.verdict, "clean") << outcome.all();
  EXPECT_NE(outcome.log.find("every one of"), std::string::npos) << outcome.all();
}

INSTANTIATE_TEST_SUITE_P(Threads, Exclusion,
                         testing::Values("spinlock", "spinlock_bh", "spinlock_irq",
                                         "spinlock_irqsave", "raw_spinlock", "rwlock", "seqlock",
                                         "mutex", "rt_mutex", "ww_mutex", "rwsem", "semaphore",
                                         "percpu_rwsem"),
                         [](const auto& info) { return info.param; });

class Spinlock : public testing::TestWithParam<std::string> {};

TEST_P(Spinlock, keeps_handlers_of_a_device_out_as_well) {
  run::Config config = machine(3);
  config.spinlock = GetParam();
  config.sources = {{.name = "dev", .rate_hz = 200'000}};
  const std::string rounds = std::to_string(turns() / 3);
  config.params = {
      {"kind", "spinlock_irq"}, {"tasks", "3"}, {"rounds", rounds}, {"pin", "1"}, {"irq", "1"}};
  const Outcome outcome = run_file("tests/locks/guest/exclusion.c", config);
  EXPECT_EQ(outcome.verdict, "clean") << outcome.all();
  EXPECT_NE(outcome.log.find("every one of"), std::string::npos) << outcome.all();
}

INSTANTIATE_TEST_SUITE_P(Threads, Spinlock, testing::Values("tas", "ticket", "mcs", "queued"),
                         [](const auto& info) { return info.param; });

// The test itself: without a lock updates are lost.
TEST(Threads, are_parallel_enough_to_lose_updates) {
  run::Config config = machine(2);
  config.params = {{"kind", "nothing"}, {"tasks", "2"}, {"rounds", "200000"}, {"pin", "1"}};
  config.checks = "none";
  EXPECT_EQ(run_file("tests/locks/guest/exclusion.c", config, true).verdict, "invariant");
}

class Readers : public testing::TestWithParam<std::string> {};

TEST_P(Readers, see_no_half_of_an_update) {
  run::Config config = machine(4);
  const std::string count = std::to_string(turns() / 4);
  config.params = {{"kind", GetParam()}, {"turns", count}};
  const Outcome outcome = run_file("tests/threads/guest/readers.c", config);
  EXPECT_EQ(outcome.verdict, "clean") << outcome.all();
  EXPECT_NE(outcome.log.find("readers saw every update whole"), std::string::npos) << outcome.all();
}

INSTANTIATE_TEST_SUITE_P(Threads, Readers,
                         testing::Values("rwlock", "seqlock", "rwsem", "percpu_rwsem", "rcu",
                                         "srcu"),
                         [](const auto& info) { return info.param; });

TEST(Readers, that_take_no_lock_see_halves) {
  run::Config config = machine(2);
  config.params = {{"kind", "nothing"}, {"turns", "200000"}};
  config.checks = "none";
  EXPECT_EQ(run_file("tests/threads/guest/readers.c", config, true).verdict, "invariant");
}

}  // namespace
}  // namespace threads_test
