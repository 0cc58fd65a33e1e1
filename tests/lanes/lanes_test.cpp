// SPDX-License-Identifier: MIT
#include "sim/run/lanes.h"

#include <gtest/gtest.h>

#include "sim/run/holders.h"
#include "sim/run/merge.h"
#include "sim/run/table.h"
#include "tests/lanes/fake_view.h"

namespace {

using namespace test;

FakeView ab_ba() {
  FakeView r(2);
  r.add(0, 1, EV_TASK_SWITCH, kTaskAb);
  r.add(1, 1, EV_TASK_SWITCH, kTaskBa);
  take(r, 0, 10, kLockA, 31);
  take(r, 1, 12, kLockB, 44);
  r.add(0, 14, EV_LOCK_ACQUIRE, kLockB, 0, kUserPc + 32);
  r.add(0, 15, EV_LOCK_CONTENDED, kLockB, 0, kUserPc + 32);
  r.add(1, 16, EV_LOCK_ACQUIRE, kLockA, 0, kUserPc + 45);
  r.add(1, 17, EV_LOCK_CONTENDED, kLockA, 0, kUserPc + 45);
  return r;
}

TEST(Lanes, a_deadlock_shows_who_holds_and_who_is_blocked) {
  const FakeView r = ab_ba();
  EXPECT_EQ("\n" + run::lanes(r), R"(
step      time  CPU 0                               CPU 1                               where
   1   1.000us  runs ab/0/5
   1   1.007us                                      runs ba/1/6
  11  11.000us  takes &s.a                                                              broken.c:31
  13  13.007us                                      takes &s.b                          broken.c:44
  15  15.000us  waits for &s.b (held by CPU 1                                           broken.c:32
                  ba/1/6)
  17  17.007us                                      waits for &s.a (held by CPU 0       broken.c:45
                                                      ab/0/5)
                BLOCKED on &s.b                     BLOCKED on &s.a
)");
}

TEST(Lanes, only_the_last_rows_are_shown_and_the_column_says_whose) {
  const FakeView r = ab_ba();
  run::LanesOptions options;
  options.last = 3;
  const std::string text = run::lanes(r, options);
  EXPECT_EQ(text.find("takes &s.a"), text.npos);
  EXPECT_NE(text.find("takes &s.b"), text.npos);
  EXPECT_NE(text.find("CPU 0 ab/0/5"), text.npos) << text;
  EXPECT_NE(text.find("held by CPU 0"), text.npos)
      << "who holds it is known from before the rows:\n"
      << text;
}

TEST(Lanes, nothing_after_the_step_asked_for_is_shown) {
  const FakeView r = ab_ba();
  run::LanesOptions options;
  options.until_step = 13;
  const std::string text = run::lanes(r, options);
  EXPECT_NE(text.find("takes &s.b"), text.npos);
  EXPECT_EQ(text.find("waits"), text.npos);
  EXPECT_EQ(text.find("BLOCKED"), text.npos);
}

TEST(Lanes, a_lock_that_is_got_in_the_end_blocks_nobody) {
  FakeView r = ab_ba();
  r.add(1, 20, EV_LOCK_RELEASE, kLockB, 0, kUserPc + 50);
  r.add(0, 21, EV_LOCK_ACQUIRED, kLockB, 0, kUserPc + 32);
  const std::string text = run::lanes(r);
  EXPECT_EQ(text.find("BLOCKED on &s.b"), text.npos) << text;
  EXPECT_NE(text.find("BLOCKED on &s.a"), text.npos) << text;
}

TEST(Lanes, who_wants_what_another_holds_is_blocked_before_it_has_tried) {
  FakeView r(2);
  r.add(0, 1, EV_TASK_SWITCH, kTaskAb);
  r.add(1, 1, EV_TASK_SWITCH, kTaskBa);
  take(r, 0, 2, kLockA, 10);
  r.add(1, 4, EV_LOCK_ACQUIRE, kLockA, 0, kUserPc + 20);
  r.add(0, 4, EV_LOCK_ACQUIRE, kLockB, 0, kUserPc + 11);
  const std::string text = run::lanes(r);
  EXPECT_NE(text.find("BLOCKED on &s.a"), text.npos) << text;
  EXPECT_EQ(text.find("BLOCKED on &s.b"), text.npos) << "nobody has it";
}

TEST(Lanes, accesses_have_their_values) {
  FakeView r(2);
  r.add_step(0, 5, EV_READ, kCounter, 4, 4, kUserPc + 12);
  r.add_step(1, 6, EV_READ, kCounter, 4, 4, kUserPc + 12);
  r.add_step(0, 7, EV_WRITE, kCounter, 4, 5, kUserPc + 12);
  r.add_step(1, 8, EV_WRITE, kCounter, 4, static_cast<uint32_t>(-5), kUserPc + 12);
  r.add_step(0, 9, EV_RMW, kCounter, 5, 6, kUserPc + 13);
  r.add_step(0, 10, EV_RMW_FAIL, kCounter, 6, 6, kUserPc + 13);
  r.add_step(0, 11, EV_WRITE, kCounter + 8, kCounter, 0, kUserPc + 14, 8);
  EXPECT_EQ("\n" + run::lanes(r), R"(
step      time  CPU 0                     CPU 1                     where
   5   5.000us  reads counter: 4                                    broken.c:12
   6   6.007us                            reads counter: 4          broken.c:12
   7   7.000us  counter 4 -> 5                                      broken.c:12
   8   8.007us                            counter 4 -> -5           broken.c:12
   9   9.000us  atomic counter 5 -> 6                               broken.c:13
  10  10.000us  atomic counter stays 6                              broken.c:13
  11  11.000us  head counter -> NULL                                broken.c:14
)");
}

TEST(Lanes, the_kernels_own_affairs_are_shown_only_when_asked_for) {
  FakeView r(1);
  r.add(0, 2, EV_LOCK_ACQUIRED, kLockA, 0, kKernelPc + 9);
  r.add(0, 3, EV_IRQS_OFF, 0, 0, kKernelPc + 9);
  r.add_step(0, 4, EV_READ, kCounter, 1, 1, kKernelPc + 9);
  r.add_step(0, 5, EV_READ, 0x40001000, 1, 1, kUserPc + 9);
  EXPECT_EQ(run::lanes(r), "nothing happened\n");
  run::LanesOptions options;
  options.rows = run::Rows::kEvents;
  EXPECT_NE(run::lanes(r, options).find("interrupts off"), std::string::npos);
  EXPECT_EQ(run::lanes(r, options).find("reads"), std::string::npos);
  options.rows = run::Rows::kSteps;
  EXPECT_NE(run::lanes(r, options).find("reads counter: 1"), std::string::npos);
  EXPECT_NE(run::lanes(r, options).find("reads a local: 1"), std::string::npos);
}

TEST(Lanes, cpus_without_events_have_no_column) {
  FakeView r(8);
  take(r, 2, 5, kLockA, 10);
  take(r, 6, 7, kLockB, 11);
  const std::string head = run::lanes(r).substr(0, run::lanes(r).find('\n'));
  EXPECT_NE(head.find("CPU 2"), head.npos);
  EXPECT_NE(head.find("CPU 6"), head.npos);
  EXPECT_EQ(head.find("CPU 0"), head.npos);
}

TEST(Lanes, too_many_cpus_for_the_terminal_share_a_column) {
  FakeView r(6);
  for (unsigned cpu = 0; cpu < 6; ++cpu) take(r, cpu, 5 + cpu, kLockA + cpu, 10);
  EXPECT_NE(run::lanes(r).find("CPU 5: takes"), std::string::npos) << run::lanes(r);
  run::LanesOptions wide;
  wide.columns = 200;
  EXPECT_EQ(run::lanes(r, wide).find("CPU 5: takes"), std::string::npos);
}

TEST(Lanes, no_line_is_wider_than_the_terminal) {
  const FakeView r = ab_ba();
  for (const unsigned columns : {60u, 72u, 80u, 100u, 133u}) {
    run::LanesOptions options;
    options.columns = columns;
    std::string text = run::lanes(r, options);
    for (size_t at = 0; at < text.size();) {
      const size_t end = text.find('\n', at);
      EXPECT_LE(run::text_width(text.substr(at, end - at)), columns);
      at = end + 1;
    }
  }
}

TEST(Lanes, readers_trylocks_and_frames_are_told_apart) {
  FakeView r(1);
  take(r, 0, 1, kLockA, 10, LOCK_ARG(0, 0, 1, 1));
  take(r, 0, 3, kLockB, 11, LOCK_ARG(0, 1, 0, 1));
  r.add(0, 5, EV_HARDIRQ_ENTER, 0, 4);
  r.add(0, 6, EV_HARDIRQ_EXIT, 0, 4);
  r.add(0, 7, EV_SOFTIRQ_ENTER, 0, 9);
  r.add(0, 8, EV_REPORT, 0, 0);
  r.add(0, 9, EV_CONSOLE, 0, 3);
  r.add(0, 9, EV_INIT_DONE, 0, static_cast<uint64_t>(-12));
  const std::string text = run::lanes(r);
  for (const char* part :
       {"takes &s.a for reading", "takes &s.b (trylock)", "> hardirq 4", "< hardirq 4",
        "> softirq RCU", "*** possible deadlock", "log: line 3", "module_init returns -12"})
    EXPECT_NE(text.find(part), text.npos) << part << "\n" << text;
}

TEST(Merge, steps_come_before_what_they_mean_and_lanes_in_order) {
  FakeView r(2);
  r.add(1, 2, EV_IRQS_ON);
  r.add(0, 2, EV_IRQS_OFF);
  r.add(0, 1, EV_BH_OFF);  // out of order on its lane: never before what it follows
  r.add_step(1, 2, EV_READ, kCounter, 0, 0, kUserPc);
  r.add_step(0, 3, EV_WRITE, kCounter, 0, 0, kUserPc);
  std::vector<unsigned> kinds;
  run::Merge merge(r.trace(), run::Merge::Steps::kAll);
  while (const sim::Event* e = merge.next()) kinds.push_back(e->kind);
  EXPECT_EQ(kinds, (std::vector<unsigned>{EV_READ, EV_IRQS_OFF, EV_BH_OFF, EV_IRQS_ON, EV_WRITE}));
}

TEST(Merge, begins_where_it_is_told) {
  FakeView r(2);
  for (uint64_t step = 0; step < 100; ++step) r.add(step % 2, step, EV_IRQS_ON);
  run::Merge merge(r.trace(), run::Merge::Steps::kNone, 42);
  EXPECT_EQ(merge.next()->step, 42u);
  EXPECT_EQ(merge.next()->step, 43u);
}

TEST(Holders, locks_nest_and_go_to_whom_they_were_handed) {
  FakeView r = ab_ba();
  run::Holders holders(2);
  run::Merge merge(r.trace());
  while (const sim::Event* e = merge.next()) holders.on_event(*e);
  ASSERT_NE(holders.holder(kLockA), nullptr);
  EXPECT_EQ(holders.holder(kLockA)->task, kTaskAb);
  EXPECT_EQ(holders.of(kLockA).size(), 2u);
  ASSERT_NE(holders.waiting(1), nullptr);
  EXPECT_EQ(holders.waiting(1)->lock, kLockA);
  EXPECT_EQ(holders.holder(0x1234), nullptr);
}

TEST(Table, cells_wrap_at_blanks_and_keep_their_columns) {
  EXPECT_EQ(run::table_row({{4, true}, {8, false}, {3, false}}, {"1", "one two three", "x"}),
            "   1  one two   x\n"
            "        three\n");
  EXPECT_EQ(run::table_row({{4, false}}, {"unbroken"}), "unbr\n  ok\n  en\n");
  EXPECT_EQ(run::text_width("\xc3\xa4\xc3\xb6"), 2u);
}

}  // namespace
