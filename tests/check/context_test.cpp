// SPDX-License-Identifier: MIT
#include "sim/check/context.h"

#include <gtest/gtest.h>

#include "tests/check/fake_bench.h"

namespace {

struct ContextTest : testing::Test {
  sim::Arena arena{size_t{1} << 22};
  FakeBench bench;
  check::Context context{arena, bench};

  void SetUp() override {
    bench.add(context);
    bench.run(0, 12);
    bench.stack = {77};
  }
  void reported(const std::string& title) {
    ASSERT_EQ(bench.reports.size(), 1u);
    EXPECT_EQ(bench.title(), title);
    EXPECT_EQ(bench.reports[0].finding.kind, "context");
  }
  void sleep(uint32_t pc = 5) { bench.event(0, EV_MIGHT_SLEEP, 0, 0, pc); }
};

TEST_F(ContextTest, sleeping_in_task_context_is_fine) {
  sleep();
  bench.event(0, EV_TASK_BLOCK, 12, 2);
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(ContextTest, sleeping_with_preemption_off) {
  bench.at(0).preempt_count = 1;
  bench.event(0, EV_PREEMPT_OFF, 0, 0, 4);
  sleep();
  reported("BUG: sleeping function called from invalid context at t.c:5");
  EXPECT_EQ(bench.text(),
            "BUG: sleeping function called from invalid context at t.c:5\n"
            "in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 12, name: t\n"
            "preempt_count: 1, expected: 0\n"
            "RCU nest depth: 0, expected: 0\n"
            "Preemption disabled at:\n[<0000000000000004>] f4+0x0/0x10\n"
            "CPU: 0 PID: 12 Comm: t Not tainted 6.1.0-lockstep #1\n"
            "Call Trace:\n <TASK>\n f77+0x0/0x10\n </TASK>\n");
  sleep();
  EXPECT_EQ(bench.reports.size(), 1u) << "each place once";
}

TEST_F(ContextTest, sleeping_with_interrupts_off_in_a_handler_or_in_a_reader) {
  bench.irqs(0, false);
  sleep(1);
  bench.irqs(0, true);
  bench.enter(0, EV_SOFTIRQ_ENTER);
  sleep(2);
  bench.exit(0, EV_SOFTIRQ_EXIT);
  bench.event(0, EV_RCU_LOCK);
  sleep(3);
  bench.event(0, EV_RCU_UNLOCK);
  sleep(4);
  EXPECT_EQ(bench.reports.size(), 3u);
}

TEST_F(ContextTest, booting_is_not_judged) {
  FakeBench fresh;
  check::Context other{arena, fresh};
  fresh.add(other);
  fresh.at(0).preempt_count = 1;
  fresh.event(0, EV_MIGHT_SLEEP);
  EXPECT_TRUE(fresh.reports.empty());
}

TEST_F(ContextTest, scheduling_while_atomic) {
  bench.at(0).preempt_count = 2;
  bench.event(0, EV_CONTEXT_ASSERT, 12, 3);
  reported("BUG: scheduling while atomic: t/12/0x00000002");
}

TEST_F(ContextTest, blocking_inside_an_rcu_reader_but_not_an_srcu_one) {
  bench.event(0, EV_RCU_LOCK, 99);
  bench.event(0, EV_TASK_BLOCK, 12, 2);
  bench.event(0, EV_RCU_UNLOCK, 99);
  EXPECT_TRUE(bench.reports.empty());
  bench.event(0, EV_RCU_LOCK);
  bench.event(0, EV_TASK_BLOCK, 12, 2);
  reported("Voluntary context switch within RCU read-side critical section!");
}

TEST_F(ContextTest, processor_id_and_cant_sleep) {
  bench.at(0).preempt_count = 1;
  bench.event(0, EV_CONTEXT_ASSERT, 0, 1, 8);
  bench.event(0, EV_CONTEXT_ASSERT, 0, 2, 8);
  EXPECT_TRUE(bench.reports.empty());
  bench.at(0).preempt_count = 0;
  bench.event(0, EV_CONTEXT_ASSERT, 0, 1, 8);
  EXPECT_EQ(bench.title(), "BUG: using smp_processor_id() in preemptible [00000000] code: t/12");
  bench.event(0, EV_CONTEXT_ASSERT, 0, 2, 8);
  EXPECT_EQ(bench.title(), "BUG: assuming atomic context at t.c:8");
}

TEST_F(ContextTest, counts_left_changed_are_told_for_every_kind_of_handler) {
  const struct {
    unsigned begin, end;
    const char* title;
  } cases[] = {
      {EV_HARDIRQ_ENTER, EV_HARDIRQ_EXIT,
       "irq 5 handler entered with preempt_count 00010000, exited with 00010001?"},
      {EV_SOFTIRQ_ENTER, EV_SOFTIRQ_EXIT,
       "huh, entered softirq 5 with preempt_count 00000100, exited with 00000101?"},
      {EV_TIMER_ENTER, EV_TIMER_EXIT, "timer: f5+0x0/0x10 preempt leak: 00000000 -> 00000001"},
      {EV_TASKLET_ENTER, EV_TASKLET_EXIT,
       "tasklet: f5+0x0/0x10 preempt leak: 00000000 -> 00000001"},
      {EV_WORK_START, EV_WORK_END, "BUG: workqueue leaked lock or atomic: t/0x00000001/12"},
  };
  for (const auto& c : cases)
    for (const bool leak : {false, true}) {
      bench.reports.clear();
      const bool frame = c.begin == EV_HARDIRQ_ENTER || c.begin == EV_SOFTIRQ_ENTER;
      if (frame)
        bench.enter(0, c.begin, 5);
      else
        bench.event(0, c.begin, 1, 5);
      bench.at(0).preempt_count = leak;
      if (frame)
        bench.exit(0, c.end, 5);
      else
        bench.event(0, c.end, 1, 5);
      bench.at(0).preempt_count = 0;
      EXPECT_EQ(bench.title(), leak ? c.title : "");
    }
}

TEST_F(ContextTest, module_init_must_leave_the_count_alone) {
  bench.event(0, EV_INIT_DONE);
  EXPECT_TRUE(bench.reports.empty());
  bench.at(0).preempt_count = 1;
  bench.event(0, EV_INIT_DONE);
  reported("initcall returned with preemption imbalance ");
}

}  // namespace
