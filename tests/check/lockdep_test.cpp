// SPDX-License-Identifier: MIT
#include <algorithm>
#include <sstream>

#include "tests/check/lockdep_fixture.h"

namespace {

TEST_F(LockdepTest, one_order_everywhere_is_clean) {
  for (int i = 0; i < 10; ++i) nested(0, 1, 2), nested(1, 2, 3), nested(2, 1, 3);
  clean();
}

TEST_F(LockdepTest, the_order_is_told_edge_by_edge_and_the_circle_marked) {
  EXPECT_EQ(lockdep.view("lock_order"), "");
  nested(0, 1, 2);
  nested(1, 2, 3);
  nested(0, 4, 1);
  const std::string before = lockdep.view("lock_order_state"), text = lockdep.view("lock_order");
  EXPECT_NE(text.find("&l1\t&l2\t"), std::string::npos) << text;
  EXPECT_NE(text.find("&l4\t&l1\t"), std::string::npos) << text;
  EXPECT_EQ(text.find("cycle"), std::string::npos);
  nested(2, 3, 1);  // closes 1 -> 2 -> 3 -> 1; 4 is not part of it
  reported(kCircular);
  EXPECT_NE(lockdep.view("lock_order_state"), before);
  const std::string after = lockdep.view("lock_order");
  std::vector<std::string> marked;
  std::istringstream lines(after);
  for (std::string line; std::getline(lines, line);)
    if (line.ends_with("\tcycle"))
      marked.push_back(line.substr(0, line.rfind('\t', line.rfind('\t') - 1)));
  std::sort(marked.begin(), marked.end());
  EXPECT_EQ(marked, (std::vector<std::string>{"&l1\t&l2", "&l2\t&l3", "&l3\t&l1"})) << after;
}

TEST_F(LockdepTest, circular_report_has_linux_sections_in_order) {
  nested(0, 1, 2);
  nested(1, 2, 1);
  reported(kCircular);
  EXPECT_EQ(bench.text(),
            "\n======================================================\n"
            "WARNING: possible circular locking dependency detected\n"
            "6.1.0-lockstep #1 Not tainted\n"
            "------------------------------------------------------\n"
            "t/13 is trying to acquire lock:\n"
            "0000000000000001 (&l1){+.+.}-{3:3}, at: f11+0x0/0x10\n"
            "\n"
            "but task is already holding lock:\n"
            "0000000000000002 (&l2){+.+.}-{3:3}, at: f12+0x0/0x10\n"
            "\n"
            "which lock already depends on the new lock.\n"
            "\n"
            "\n"
            "the existing dependency chain (in reverse order) is:\n"
            "\n"
            "-> #1 (&l2){+.+.}-{3:3}:\n"
            "       f77+0x0/0x10\n"
            "\n"
            "-> #0 (&l1){+.+.}-{3:3}:\n"
            "       f77+0x0/0x10\n"
            "\n"
            "other info that might help us debug this:\n"
            "\n"
            " Possible unsafe locking scenario:\n"
            "\n"
            "       CPU0                    CPU1\n"
            "       ----                    ----\n"
            "  lock(&l2);\n"
            "                               lock(&l1);\n"
            "                               lock(&l2);\n"
            "  lock(&l1);\n"
            "\n"
            " *** DEADLOCK ***\n"
            "\n"
            "1 lock held by t/13:\n"
            " #0: 0000000000000002 (&l2){+.+.}-{3:3}, at: f12+0x0/0x10\n"
            "\n"
            "stack backtrace:\n"
            "CPU: 1 PID: 13 Comm: t Not tainted 6.1.0-lockstep #1\n"
            "Call Trace:\n"
            " <TASK>\n"
            " f77+0x0/0x10\n"
            " </TASK>\n");
}

TEST_F(LockdepTest, longer_circle_names_the_chain) {
  nested(0, 1, 2);
  nested(0, 2, 3);
  nested(1, 3, 1);
  reported(kCircular);
  EXPECT_NE(bench.text().find("Chain exists of:\n  &l1 --> &l2 --> &l3\n\n"), std::string::npos);
}

TEST_F(LockdepTest, only_the_first_report_is_made_until_reset) {
  nested(0, 1, 2);
  nested(1, 2, 1);
  nested(0, 3, 4);
  nested(0, 4, 3);
  EXPECT_EQ(bench.reports.size(), 1u);
  EXPECT_EQ(lockdep.answer(HW_ASK_DEBUG_LOCKS, 0, 0), 0);
  EXPECT_EQ(lockdep.answer(HW_ASK_LOCK_HELD, 1, 0), -1);
  for (unsigned time = 2; time < 5; ++time) {
    lockdep.reset();
    nested(0, 1, 2);
    EXPECT_EQ(bench.reports.size(), time - 1) << "the old order was forgotten";
    nested(1, 2, 1);
    EXPECT_EQ(bench.reports.size(), time);
  }
}

TEST_F(LockdepTest, reset_while_locks_are_held_is_safe) {
  bench.lock(0, 1);
  lockdep.reset();
  bench.lock(0, 2);
  bench.release(0, 2);
  bench.release(0, 1);
  nested(0, 2, 1);
  clean();
}

TEST_F(LockdepTest, reset_of_one_lock_forgets_its_orders_only) {
  nested(0, 1, 2);
  nested(0, 3, 4);
  lockdep.reset_lock(1);
  nested(0, 2, 1);
  clean();
  nested(0, 4, 3);
  reported(kCircular);
}

TEST_F(LockdepTest, recursion_is_reported_and_nesting_notation_cures_it) {
  bench.map(5).key = bench.map(6).key = 0x11008000;
  bench.lock(0, 5);
  bench.lock(0, 6, 0, 0, 1);
  bench.release(0, 6);
  bench.release(0, 5);
  clean();
  nested(0, 5, 6);
  reported(kRecursive);
  EXPECT_NE(bench.text().find(" May be due to missing lock nesting notation\n"), std::string::npos);
}

TEST_F(LockdepTest, nest_lock_serialises_a_class_and_counts_its_members) {
  for (uint32_t l : {5u, 6u, 7u}) bench.map(l).key = 0x11008000;
  bench.lock(0, 1);
  for (uint32_t l : {5u, 6u, 7u}) {
    bench.event(0, EV_LOCK_NEST, l, 1);
    bench.lock(0, l);
  }
  EXPECT_EQ(lockdep.held_text(12).substr(0, 22), "2 locks held by t/12:\n");
  for (uint32_t l : {6u, 5u, 7u}) bench.release(0, l);
  bench.release(0, 1);
  EXPECT_EQ(lockdep.held_text(12), "no locks held by t/12.\n");
  clean();
  bench.event(0, EV_LOCK_NEST, 5, 1);
  bench.lock(0, 5);
  reported("WARNING: Nested lock was not taken");
}

TEST_F(LockdepTest, inconsistent_state_in_both_orders_of_discovery) {
  one(0, 1);
  in(kHard, 1);
  reported(kInconsistent);
  EXPECT_NE(bench.text().find("inconsistent {HARDIRQ-ON-W} -> {IN-HARDIRQ-W} usage.\n"
                              "t/12 [HC1[1]:SC0[0]:HE0:SE1] takes:\n"),
            std::string::npos)
      << bench.text();
  lockdep.reset();
  bench.reports.clear();
  in(kHard, 1);
  one(0, 1);
  reported(kInconsistent);
  EXPECT_NE(bench.text().find("inconsistent {IN-HARDIRQ-W} -> {HARDIRQ-ON-W} usage.\n"),
            std::string::npos);
}

TEST_F(LockdepTest, irqsave_cures_it) {
  in(kHard, 1);
  irqs_off(0, [&] { one(0, 1); });
  clean();
}

TEST_F(LockdepTest, softirqs_and_bh_disable) {
  in(kSoft, 1);
  bench.event(1, EV_BH_OFF);
  one(1, 1);
  bench.event(1, EV_BH_ON);
  clean();
  one(1, 1);
  reported(kInconsistent);
  EXPECT_NE(bench.text().find("{IN-SOFTIRQ-W} -> {SOFTIRQ-ON-W}"), std::string::npos);
}

TEST_F(LockdepTest, enabling_interrupts_while_holding_counts) {
  in(kHard, 1);
  bench.irqs(0, false);
  bench.lock(0, 1);
  bench.irqs(0, true);
  reported(kInconsistent);
}

TEST_F(LockdepTest, readers_in_interrupts_only_contradict_writers) {
  in(kHard, 1, 2);
  one(0, 1, 1);
  clean();
  one(0, 1);
  reported(kInconsistent);
}

TEST_F(LockdepTest, safe_to_unsafe_order_in_all_orders_of_discovery) {
  const auto order = [&] { irqs_off(0, [&] { nested(0, 1, 2); }); };
  in(kHard, 1);
  one(0, 2);
  order();
  reported(kHardOrder);
  EXPECT_NE(bench.text().find("which would create a new lock dependency:\n"
                              " (&l1){-...}-{3:3} -> (&l2){+.+.}-{3:3}\n"
                              "\nbut this new dependency connects a HARDIRQ-irq-safe lock:\n"),
            std::string::npos);
  EXPECT_NE(bench.text().find("  lock(&l2);\n"
                              "                               local_irq_disable();\n"
                              "                               lock(&l1);\n"
                              "                               lock(&l2);\n"
                              "  <Interrupt>\n    lock(&l1);\n"),
            std::string::npos);
  lockdep.reset();
  bench.reports.clear();
  in(kHard, 1);
  order();
  one(0, 2);
  reported(kInversion);
  EXPECT_NE(bench.text().find("but this lock was taken by another, HARDIRQ-safe lock in the past:"),
            std::string::npos);
  lockdep.reset();
  bench.reports.clear();
  one(0, 2);
  order();
  in(kHard, 1);
  reported(kInversion);
  EXPECT_NE(bench.text().find("but this lock took another, HARDIRQ-unsafe lock in the past:"),
            std::string::npos);
}

TEST_F(LockdepTest, interrupt_order_through_a_third_lock) {
  in(kHard, 1);
  one(0, 3);
  irqs_off(0, [&] { nested(0, 2, 3); });
  irqs_off(0, [&] { nested(0, 1, 2); });
  reported(kHardOrder);
}

TEST_F(LockdepTest, per_cpu_locks_take_no_part_in_inversions) {
  bench.map(2).type = check::kLockPercpu;
  in(kHard, 1);
  one(0, 2);
  irqs_off(0, [&] { nested(0, 1, 2); });
  clean();
}

TEST_F(LockdepTest, locks_of_a_handler_are_not_ordered_after_the_tasks) {
  irqs_off(0, [&] { nested(0, 2, 1); });
  bench.lock(1, 1);
  bench.release(1, 1);
  bench.reports.clear();
  lockdep.reset();
  bench.irqs(1, true);
  bench.lock(1, 3);
  in(kHard, 4, 0, 1);
  bench.release(1, 3);
  irqs_off(1, [&] { nested(1, 4, 5); });
  clean();
}

TEST_F(LockdepTest, trylock_orders_nothing_before_it_but_what_follows) {
  nested(0, 1, 2);
  bench.lock(0, 2);
  bench.trylock(0, 1);
  bench.release(0, 1);
  bench.release(0, 2);
  clean();
  bench.trylock(0, 2);
  bench.lock(0, 1);
  reported(kCircular);
}

TEST_F(LockdepTest, recursive_readers_close_no_circle_but_queued_ones_do) {
  nested(0, 1, 2, 2, 2);
  nested(1, 2, 1, 2, 2);
  clean();
  lockdep.reset();
  nested(0, 1, 2, 1, 1);
  nested(1, 2, 1, 1, 1);
  reported(kCircular);
}

TEST_F(LockdepTest, strong_path_behind_a_recursive_reader) {
  bench.lock(0, 1);
  bench.lock(0, 9, 0, 2);
  bench.lock(0, 2);
  for (uint32_t l : {2u, 9u, 1u}) bench.release(0, l);
  nested(1, 2, 1);
  reported(kCircular);
}

TEST_F(LockdepTest, recursive_read_of_one_lock_is_clean_and_upgrading_is_not) {
  nested(0, 1, 1, 2, 2);
  clean();
  nested(0, 1, 1, 2, 0);
  reported(kRecursive);
}

}  // namespace
