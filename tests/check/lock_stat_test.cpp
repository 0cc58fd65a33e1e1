// SPDX-License-Identifier: MIT
#include "sim/check/lock_stat.h"

#include <gtest/gtest.h>

#include "cpu/events.h"

namespace {

struct LockStatTest : testing::Test {
  sim::Trace trace{2, 1024};
  uint64_t step = 0;
  const check::LockStatNames names{
      [](uint32_t map) { return "&l" + std::to_string(map); },
      [](uint32_t pc) { return "f" + std::to_string(pc) + "+0x0/0x10"; }};

  void at(uint64_t ns, unsigned cpu, unsigned kind, uint32_t object, uint32_t pc = 0,
          unsigned read = 0) {
    sim::Lane& lane = trace.lane(cpu);
    if (lane.full()) trace.grow(cpu);
    sim::Event& e = lane.append();
    e = sim::Event{};
    e.time = ns & 0xffffffffffff;
    e.step = ++step & 0xffffffffffff;
    e.cpu = cpu & 0xff;
    e.kind = kind & 0xff;
    e.object = object;
    e.pc = pc;
    if (kind == EV_LOCK_ACQUIRE) e.arg = LOCK_ARG(0, 0, read, 1);
  }
  // CPU 1 waits from 120 to 200 for what CPU 0 holds from 100 to 180.
  void contend() {
    at(90, 0, EV_TASK_SWITCH, 12);
    at(90, 1, EV_TASK_SWITCH, 13);
    at(100, 0, EV_LOCK_ACQUIRE, 1, 10);
    at(100, 0, EV_LOCK_ACQUIRED, 1, 10);
    at(110, 1, EV_LOCK_ACQUIRE, 1, 20);
    at(120, 1, EV_LOCK_CONTENDED, 1, 20);
    at(180, 0, EV_LOCK_RELEASE, 1);
    at(200, 1, EV_LOCK_ACQUIRED, 1, 20);
    at(1200, 1, EV_LOCK_RELEASE, 1);
  }
};

TEST_F(LockStatTest, waits_holds_bounces_and_points) {
  contend();
  const auto all = check::lock_stat(trace, names);
  ASSERT_EQ(all.size(), 1u);
  const check::LockStat& s = all[0];
  EXPECT_EQ(s.wait[0].count, 1u);
  EXPECT_EQ(s.wait[0].total, 80u);
  EXPECT_EQ(s.hold[0].count, 2u);
  EXPECT_EQ(s.hold[0].min, 80u);
  EXPECT_EQ(s.hold[0].max, 1000u);
  EXPECT_EQ(s.hold[0].average(), 540u);
  EXPECT_EQ(s.contended_bounces[0], 1u);
  EXPECT_EQ(s.acquired_bounces[0], 2u);
  ASSERT_EQ(s.contention.size(), 1u);
  EXPECT_EQ(s.contention[0].pc, 20u);
  EXPECT_EQ(s.contending[0].pc, 10u);
}

TEST_F(LockStatTest, a_window_counts_what_ends_in_it) {
  contend();
  const auto all = check::lock_stat(trace, names, 150, 1000);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].hold[0].count, 1u);
  EXPECT_EQ(all[0].wait[0].count, 1u);
  EXPECT_TRUE(check::lock_stat(trace, names, 5000).empty());
}

TEST_F(LockStatTest, readers_are_counted_apart_and_the_most_contended_come_first) {
  at(10, 0, EV_LOCK_ACQUIRE, 2, 10, 1);
  at(10, 0, EV_LOCK_ACQUIRED, 2, 10);
  at(30, 0, EV_LOCK_RELEASE, 2);
  at(40, 0, EV_LOCK_ACQUIRE, 2, 10);
  at(40, 0, EV_LOCK_ACQUIRED, 2, 10);
  at(50, 0, EV_LOCK_RELEASE, 2);
  contend();
  const auto all = check::lock_stat(trace, names);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].name, "&l1");
  EXPECT_EQ(all[1].hold[1].total, 20u);
  EXPECT_EQ(all[1].hold[0].total, 10u);
}

TEST_F(LockStatTest, an_interrupt_on_top_has_holds_of_its_own) {
  at(10, 0, EV_LOCK_ACQUIRE, 2);
  at(10, 0, EV_LOCK_ACQUIRED, 2);
  at(20, 0, EV_LOCK_ACQUIRE, 3);
  at(20, 0, EV_LOCK_ACQUIRED, 3);
  at(25, 0, EV_LOCK_RELEASE, 3);
  at(30, 0, EV_LOCK_RELEASE, 2);
  const auto all = check::lock_stat(trace, names);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].hold[0].total + all[1].hold[0].total, 25u);
}

TEST_F(LockStatTest, table_has_linux_columns) {
  contend();
  const std::string text = check::lock_stat_text(check::lock_stat(trace, names), names);
  std::vector<std::string> lines;
  for (size_t from = 0, to; (to = text.find('\n', from)) != std::string::npos; from = to + 1)
    lines.push_back(text.substr(from, to - from));
  ASSERT_GE(lines.size(), 10u);
  EXPECT_EQ(lines[0], "lock_stat version 0.4");
  EXPECT_EQ(lines[1], std::string(221, '-'));
  EXPECT_EQ(lines[2].size(), 40u + 12 * 15);
  EXPECT_EQ(lines[2].substr(30, 26), "class name    con-bounces ");
  EXPECT_EQ(lines[5],
            std::string(37, ' ') + "&l1:" + "             1 " +
                "             1           0.08           0.08           0.08           0.08"
                "              2 "
                "             2           0.08           1.00           1.08           0.54");
  EXPECT_EQ(lines[6], std::string(37, ' ') + "---");
  EXPECT_EQ(lines[7], std::string(37, ' ') + "&l1              1          [<0000000000000014>] " +
                          "f20+0x0/0x10");
  EXPECT_EQ(lines[9], std::string(37, ' ') + "&l1              1          [<000000000000000a>] " +
                          "f10+0x0/0x10");
  EXPECT_EQ(lines[11], std::string(221, '.'));
}

}  // namespace
