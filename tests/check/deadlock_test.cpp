// SPDX-License-Identifier: MIT
#include "sim/check/deadlock.h"

#include <gtest/gtest.h>

#include "cpu/hw.h"
#include "tests/check/fake_bench.h"

namespace {

struct DeadlockTest : testing::Test {
  sim::Arena arena{size_t{1} << 24};
  FakeBench bench;
  check::Deadlock deadlock{arena, bench};

  void SetUp() override {
    bench.add(deadlock);
    bench.run(0, 12);
    bench.run(1, 13);
    bench.run(2, 14);
    bench.run(3, 15);
  }
  const check::Finding& only() {
    EXPECT_EQ(bench.reports.size(), 1u);
    return bench.reports.at(0).finding;
  }
};

TEST_F(DeadlockTest, ab_ba_is_reported_when_the_circle_closes) {
  bench.lock(0, 1, 10);
  bench.lock(1, 2, 20);
  bench.wait(0, 2, 11);
  EXPECT_TRUE(bench.reports.empty());
  bench.wait(1, 1, 21);
  const check::Finding& f = only();
  EXPECT_EQ(f.kind, "deadlock");
  EXPECT_EQ(f.title, "BUG: deadlock: CPU#1 t/13 and CPU#0 t/12 wait for each other");
  EXPECT_EQ(f.text,
            "BUG: deadlock: CPU#1 t/13 and CPU#0 t/12 wait for each other\n"
            "  CPU#1 t/13, in task context: waits for &l1 at f21+0x0/0x10 (t.c:21)\n"
            "    held by CPU#0 t/12, taken at f10+0x0/0x10 (t.c:10) (step 6)\n"
            "  CPU#0 t/12, in task context: waits for &l2 at f11+0x0/0x10 (t.c:11)\n"
            "    held by CPU#1 t/13, taken at f20+0x0/0x10 (t.c:20) (step 8)\n");
  EXPECT_EQ(f.locks, (std::vector<std::string>{"&l1", "&l2"}));
  EXPECT_EQ(f.steps, (std::vector<uint64_t>{12, 6, 10, 8}));
  EXPECT_EQ(f.cpu, 1u);
  EXPECT_EQ(f.task, "t/13");
}

TEST_F(DeadlockTest, an_interrupt_just_before_the_release_takes_effect_waits_for_the_releaser) {
  bench.lock(0, 1, 10);
  bench.release(0, 1, 11);
  bench.enter(0, EV_HARDIRQ_ENTER);
  bench.wait(0, 1, 12);
  EXPECT_EQ(only().title,
            "BUG: deadlock: hardirq on CPU#0 waits for &l1, held by t/12, which it interrupted");
}

TEST_F(DeadlockTest, but_not_if_somebody_else_may_have_got_the_lock_meanwhile) {
  bench.lock(0, 1, 10);
  bench.wait(1, 1, 20);
  bench.release(0, 1, 11);
  bench.enter(0, EV_HARDIRQ_ENTER);
  bench.wait(0, 1, 12);
  bench.event(0, EV_SPIN_BEGIN, 1);
  EXPECT_TRUE(bench.reports.empty());
  deadlock.stuck();
  EXPECT_EQ(only().title,
            "BUG: deadlock: hardirq on CPU#0 waits for &l1, held by t/12, which it interrupted");
}

TEST_F(DeadlockTest, nor_if_somebody_else_has_released_it_since) {
  bench.lock(0, 1, 10);
  bench.release(0, 1, 11);
  bench.lock(1, 1, 20);
  bench.release(1, 1, 21);  // it is CPU 1 that has not yet
  bench.enter(0, EV_HARDIRQ_ENTER);
  bench.wait(0, 1, 12);
  bench.event(0, EV_SPIN_BEGIN, 1);
  EXPECT_TRUE(bench.reports.empty());
  bench.acquired(0, 1, 12);
  bench.release(0, 1, 12);
  EXPECT_TRUE(bench.reports.empty());
}

// On its way into or out of an interrupt CPU 1 releases the lock, in hardirq
// context but in nobody's frame.
TEST_F(DeadlockTest, nor_if_the_one_who_released_it_since_was_on_its_way_into_an_interrupt) {
  bench.lock(0, 1, 10);
  bench.release(0, 1, 11);
  bench.lock(1, 1, 20);
  bench.at(1).frames.push_back(sim::Level::kHardirq);
  bench.release(1, 1, 21);
  bench.enter(0, EV_HARDIRQ_ENTER);
  bench.wait(0, 1, 12);
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(DeadlockTest, one_circle_is_reported_once_whoever_of_it_waits_again) {
  bench.lock(0, 1);
  bench.lock(1, 2);
  bench.wait(0, 2);
  bench.wait(1, 1);
  only();
  for (unsigned turn = 0; turn < 3; ++turn)
    for (unsigned cpu = 0; cpu < 2; ++cpu) {
      bench.event(cpu, EV_SPIN_BEGIN, 2 - cpu);
      bench.event(cpu, EV_SPIN_END, 2 - cpu);
    }
  only();
  bench.lock(2, 3);  // another circle is another report
  bench.wait(3, 3);
  bench.wait(2, 3);
  EXPECT_EQ(bench.reports.size(), 2u);
}

TEST_F(DeadlockTest, waiting_behind_a_running_holder_is_no_deadlock) {
  for (int turn = 0; turn < 1000; ++turn) {
    bench.lock(0, 1);
    bench.wait(1, 1);
    bench.event(1, EV_SPIN_BEGIN, 1);
    bench.wait(2, 1);
    bench.event(2, EV_SPIN_BEGIN, 1);
    bench.release(0, 1);
    bench.event(1, EV_SPIN_END, 1);
    bench.acquired(1, 1);
    bench.release(1, 1);
    bench.event(2, EV_SPIN_END, 1);
    bench.acquired(2, 1);
    bench.release(2, 1);
  }
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(DeadlockTest, steady_use_takes_no_more_memory) {
  auto turn = [&](uint32_t lock) {
    bench.lock(0, lock);
    bench.wait(1, lock);
    bench.enter(2, EV_HARDIRQ_ENTER);
    bench.lock(2, lock + 1);
    bench.release(2, lock + 1);
    bench.exit(2, EV_HARDIRQ_EXIT);
    bench.release(0, lock);
    bench.acquired(1, lock);
    bench.release(1, lock);
  };
  turn(100);
  const size_t used = arena.used();
  for (uint32_t i = 0; i < 10000; ++i) turn(200 + 2 * i);
  EXPECT_EQ(arena.used(), used);
  EXPECT_LT(used, 16384u);
}

TEST_F(DeadlockTest, circle_of_three_is_told_as_one) {
  for (uint32_t i = 0; i < 3; ++i) bench.lock(i, 1 + i);
  bench.wait(0, 2);
  bench.wait(1, 3);
  bench.wait(2, 1);
  EXPECT_EQ(only().title, "BUG: deadlock: 3 wait in a circle: CPU#2 t/14, CPU#0 t/12, CPU#1 t/13");
}

TEST_F(DeadlockTest, who_waits_for_the_circle_is_not_part_of_it) {
  bench.lock(0, 1);
  bench.lock(1, 2);
  bench.wait(0, 2);
  bench.wait(1, 1);
  bench.wait(2, 1);
  EXPECT_EQ(bench.reports.size(), 1u);
}

TEST_F(DeadlockTest, recursion_is_told_as_such) {
  bench.lock(0, 1, 10);
  bench.wait(0, 1, 11);
  EXPECT_EQ(only().title, "BUG: deadlock: CPU#0 t/12 waits for &l1, which it holds itself");
}

TEST_F(DeadlockTest, handler_that_wants_the_lock_of_whom_it_interrupted) {
  bench.lock(0, 1, 10);
  bench.enter(0, EV_HARDIRQ_ENTER);
  bench.wait(0, 1, 11);
  EXPECT_EQ(only().title,
            "BUG: deadlock: hardirq on CPU#0 waits for &l1, held by t/12, which it interrupted");
  EXPECT_NE(only().text.find("was interrupted, goes on when the hardirq"), std::string::npos);
}

TEST_F(DeadlockTest, handler_waits_for_another_cpu_that_waits_for_whom_it_interrupted) {
  bench.lock(0, 1);
  bench.lock(1, 2);
  bench.wait(1, 1);
  bench.enter(0, EV_SOFTIRQ_ENTER);
  bench.wait(0, 2);
  EXPECT_EQ(only().title.substr(0, 33), "BUG: deadlock: 3 wait in a circle");
}

TEST_F(DeadlockTest, handler_that_waits_for_another_cpu_is_no_deadlock) {
  bench.lock(0, 1);
  bench.lock(1, 2);
  bench.enter(0, EV_HARDIRQ_ENTER);
  bench.wait(0, 2);
  bench.release(1, 2);
  bench.acquired(0, 2);
  bench.release(0, 2);
  bench.exit(0, EV_HARDIRQ_EXIT);
  bench.release(0, 1);
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(DeadlockTest, a_writer_waits_for_every_reader) {
  bench.lock(0, 1, 10, 1);
  bench.lock(1, 1, 20, 1);
  bench.lock(2, 2, 30);
  bench.wait(2, 1, 31);
  EXPECT_TRUE(bench.reports.empty());
  bench.wait(1, 2, 21);
  EXPECT_EQ(only().title, "BUG: deadlock: CPU#1 t/13 and CPU#2 t/14 wait for each other");
}

TEST_F(DeadlockTest, readers_do_not_wait_for_readers) {
  bench.lock(0, 1, 10, 1);
  bench.lock(1, 2, 20, 1);
  bench.lock(0, 2, 11, 1);
  bench.wait(1, 1, 21, 1);
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(DeadlockTest, recursive_read_behind_a_waiting_writer) {
  bench.lock(0, 1, 10, 1);
  bench.wait(1, 1, 20);
  bench.event(1, EV_SPIN_BEGIN, 1);
  bench.wait(0, 1, 11, 1);
  EXPECT_TRUE(bench.reports.empty()) << "it may still pass the writer";
  bench.event(0, EV_SPIN_BEGIN, 1, 0, 11);
  EXPECT_EQ(only().title, "BUG: deadlock: CPU#0 t/12 and CPU#1 t/13 wait for each other");
  EXPECT_NE(only().text.find("before it in the queue"), std::string::npos);
}

TEST_F(DeadlockTest, recursive_readers_pass_the_queue) {
  bench.lock(0, 1, 10, 2);
  bench.wait(1, 1, 20);
  bench.event(1, EV_SPIN_BEGIN, 1);
  bench.wait(0, 1, 11, 2);
  bench.event(0, EV_SPIN_BEGIN, 1, 0, 11);
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(DeadlockTest, sleeping_waiters_count_and_a_killable_one_is_not_called_permanent) {
  bench.lock(0, 1);
  bench.lock(1, 2);
  bench.wait(0, 2);
  bench.event(0, EV_TASK_BLOCK, 12, 0x102);
  bench.run(0, 20);
  bench.wait(1, 1);
  EXPECT_EQ(bench.reports.size(), 1u);
  EXPECT_NE(only().explain.find("signal"), std::string::npos);
}

TEST_F(DeadlockTest, a_wait_given_up_is_forgotten) {
  bench.lock(0, 1);
  bench.lock(1, 2);
  bench.wait(0, 2);
  bench.release(0, 2);
  bench.wait(1, 1);
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(DeadlockTest, trylock_holds_but_never_waits) {
  bench.lock(0, 1);
  bench.trylock(0, 2);
  bench.lock(1, 3);
  bench.wait(1, 2);
  EXPECT_TRUE(bench.reports.empty());
  bench.wait(0, 3);
  EXPECT_EQ(bench.reports.size(), 1u);
}

TEST_F(DeadlockTest, an_optimistic_spinner_closes_the_circle_when_it_parks) {
  bench.lock(0, 1);
  bench.lock(1, 2);
  bench.wait(1, 1);
  bench.acquire(0, 2, 11);
  EXPECT_TRUE(bench.reports.empty());
  bench.event(0, EV_SPIN_BEGIN, 2, 0, 11);
  EXPECT_EQ(bench.reports.size(), 1u);
}

TEST_F(DeadlockTest, a_lock_left_behind_by_a_handler_is_told) {
  bench.enter(0, EV_HARDIRQ_ENTER);
  bench.lock(0, 1, 10);
  bench.exit(0, EV_HARDIRQ_EXIT);
  bench.wait(1, 1, 20);
  EXPECT_EQ(only().title, "BUG: deadlock: CPU#1 t/13 waits for &l1, whose holder t/12 has ended");
}

TEST_F(DeadlockTest, a_lock_left_behind_by_a_task_is_told_but_not_one_taken_while_it_dies) {
  bench.lock(0, 1, 10);
  bench.event(0, EV_TASK_EXIT, 12);
  bench.lock(0, 2);
  bench.wait(1, 2);
  EXPECT_TRUE(bench.reports.empty());
  bench.release(0, 2);
  bench.acquired(1, 2);
  bench.wait(1, 1);
  EXPECT_EQ(bench.reports.size(), 1u);
}

TEST_F(DeadlockTest, handed_over_locks_are_released_by_the_other) {
  bench.lock(0, 1);
  bench.release(1, 1);
  bench.lock(1, 1);
  bench.lock(0, 2);
  bench.wait(0, 1);
  bench.release(1, 1);
  EXPECT_TRUE(bench.reports.empty());
}

TEST_F(DeadlockTest, stuck_lists_the_users_sleepers) {
  bench.stack = {5, HW_MODULE_BASE + 4};
  bench.lock(0, 1, 10);
  bench.event(0, EV_TASK_BLOCK, 12, 2);
  bench.stack = {5, 6};
  bench.event(1, EV_TASK_BLOCK, 13, 1);
  deadlock.stuck();
  const std::string pc = std::to_string(HW_MODULE_BASE + 4);
  EXPECT_EQ(only().text,
            "BUG: hang: everybody waits and nothing is left to wake them\n"
            "  CPU#0 t/12 sleeps (uninterruptible) at f" +
                pc + "+0x0/0x10 (t.c:" + pc +
                ")\n    holds &l1, taken at f10+0x0/0x10 (t.c:10) (step 6)\n");
  deadlock.stuck();
  EXPECT_EQ(bench.reports.size(), 1u);
}

TEST_F(DeadlockTest, stuck_lists_kernel_threads_if_nobody_else_waits) {
  bench.stack = {5, 6};
  bench.event(1, EV_TASK_BLOCK, 13, 1);
  deadlock.stuck();
  EXPECT_NE(only().text.find("  CPU#1 t/13 sleeps (interruptible) at f5"), std::string::npos);
  EXPECT_EQ(only().task, "t/13");
}

TEST_F(DeadlockTest, livelock_names_the_loop) {
  deadlock.livelock(1, 44);
  EXPECT_EQ(only().kind, "livelock");
  EXPECT_EQ(only().title, "BUG: livelock: CPU#1 t/13 loops at t.c:44 and changes nothing");
}

}  // namespace
