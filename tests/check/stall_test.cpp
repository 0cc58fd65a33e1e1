// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "irq/regs.h"
#include "sim/check/lockup.h"
#include "sim/check/rcu.h"
#include "tests/check/fake_bench.h"

namespace {

constexpr uint64_t kSecond = 1'000'000'000;

struct StallTest : testing::Test {
  sim::Arena arena{size_t{1} << 22};
  FakeBench bench{2};
  check::Lockup lockup{arena, bench};
  check::Rcu rcu{arena, bench};

  void SetUp() override {
    bench.add(lockup);
    bench.add(rcu);
    for (uint32_t t : {12u, 13u}) bench.event(0, EV_TASK_NEW, t, t);
  }
  void tick(unsigned cpu, uint64_t at) {
    bench.time_ = at;
    bench.enter(cpu, EV_HARDIRQ_ENTER, VECTOR_LOCAL_TIMER);
    bench.exit(cpu, EV_HARDIRQ_EXIT, VECTOR_LOCAL_TIMER);
  }
};

TEST_F(StallTest, soft_lockup_after_twenty_seconds_without_a_switch) {
  bench.run(0, 12);
  for (uint64_t s = 1; s <= 20; ++s) tick(0, s * kSecond);
  EXPECT_TRUE(bench.reports.empty());
  tick(0, 23 * kSecond);
  ASSERT_EQ(bench.reports.size(), 1u);
  EXPECT_EQ(bench.title(), "watchdog: BUG: soft lockup - CPU#0 stuck for 21s! [t:12]");
  EXPECT_EQ(bench.reports[0].finding.kind, "stall");
}

TEST_F(StallTest, idle_and_switching_cpus_are_no_lockup) {
  bench.event(0, EV_TASK_NEW, 1000, 0);  // pid 0: idle
  bench.run(0, 1000);
  for (uint64_t s = 1; s <= 60; ++s) {
    bench.run(1, s % 2 ? 12 : 13);
    tick(0, s * kSecond);
    tick(1, s * kSecond);
  }
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(StallTest, hard_lockup_is_seen_by_the_other_cpu) {
  bench.run(1, 13);
  tick(0, 9 * kSecond);
  EXPECT_TRUE(bench.reports.empty());
  tick(0, 11 * kSecond);
  ASSERT_EQ(bench.reports.size(), 1u);
  EXPECT_EQ(bench.title(), "NMI watchdog: Watchdog detected hard LOCKUP on cpu 1");
}

TEST_F(StallTest, hung_task_but_not_a_killable_or_woken_one) {
  bench.event(0, EV_TASK_BLOCK, 12, 2, 5);
  bench.event(0, EV_TASK_BLOCK, 13, 0x102);
  tick(0, 120 * kSecond);
  EXPECT_TRUE(bench.reports.empty());
  tick(0, 122 * kSecond);
  ASSERT_EQ(bench.reports.size(), 1u);
  EXPECT_EQ(bench.title(), "INFO: task t:12 blocked for more than 120 seconds.");
  bench.event(0, EV_TASK_WAKE, 12);
  tick(0, 300 * kSecond);
  EXPECT_EQ(bench.reports.size(), 1u);
}

TEST_F(StallTest, grace_period_that_waits_for_a_cpu_and_a_task) {
  bench.run(0, 12);
  bench.run(1, 13);
  bench.event(0, EV_RCU_GP_START, 0, 7);
  bench.event(0, EV_RCU_QS, 0, 0);
  bench.event(0, EV_RCU_BLOCKED, 12);
  bench.time_ = 20 * kSecond;
  bench.run(0, 13);
  EXPECT_TRUE(bench.reports.empty());
  bench.time_ = 22 * kSecond;
  bench.run(0, 12);
  ASSERT_EQ(bench.reports.size(), 1u);
  EXPECT_EQ(bench.title(), "rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:");
  EXPECT_NE(bench.text().find("rcu: \t1-...!: runs t/13\n"), std::string::npos) << bench.text();
  EXPECT_EQ(bench.text().find("rcu: \t0-"), std::string::npos);
  EXPECT_NE(bench.text().find(": P12\n"), std::string::npos);
}

TEST_F(StallTest, grace_periods_that_end_do_not_stall) {
  bench.run(0, 12);
  for (uint64_t s = 0; s < 100; ++s) {
    bench.time_ = s * kSecond;
    bench.event(0, EV_RCU_GP_START, 0, s);
    bench.event(0, EV_RCU_GP_END, 0, s);
    bench.run(0, 12);
  }
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(StallTest, dereference_outside_a_reader_and_synchronize_inside_one) {
  bench.run(0, 12);
  bench.event(0, EV_RCU_DEREF, 1, 1, 5);
  bench.event(0, EV_RCU_SYNC_BEGIN);
  EXPECT_TRUE(bench.reports.empty());
  bench.event(0, EV_RCU_DEREF, 1, 0, 5);
  bench.event(0, EV_RCU_DEREF, 1, 0, 5);
  ASSERT_EQ(bench.reports.size(), 1u);
  EXPECT_EQ(bench.title(), "WARNING: suspicious RCU usage");
  EXPECT_NE(bench.text().find("t.c:5 suspicious rcu_dereference_check() usage!\n"),
            std::string::npos);
  bench.event(0, EV_RCU_LOCK);
  bench.event(0, EV_RCU_DEREF, 1, 0, 6);
  EXPECT_EQ(bench.reports.size(), 1u) << "inside a reader no condition is needed";
  bench.event(0, EV_RCU_SYNC_BEGIN, 0, 0, 6);
  EXPECT_EQ(bench.reports.size(), 2u);
}

}  // namespace
