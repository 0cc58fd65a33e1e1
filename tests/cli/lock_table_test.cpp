// SPDX-License-Identifier: MIT
#include "sim/cli/lock_table.h"

#include <gtest/gtest.h>

#include "cpu/events.h"
#include "sim/cli/stats.h"

namespace cli {
namespace {

constexpr uint32_t kLockA = 0x11000100, kLockB = 0x11000200, kTask1 = 0x20000000,
                   kTask2 = 0x20001000;

void record(sim::Trace& trace, uint8_t cpu, uint64_t step, unsigned kind, uint32_t object) {
  sim::Event& event = trace.lane(cpu).append();
  event = {};
  event.cpu = cpu;
  event.step = step & 0xffffff;
  event.kind = static_cast<uint8_t>(kind);
  event.object = object;
}

TEST(LockTable, follows_who_holds_and_who_waits_across_lanes) {
  sim::Trace trace(2);
  record(trace, 0, 1, EV_TASK_SWITCH, kTask1);
  record(trace, 1, 2, EV_TASK_SWITCH, kTask2);
  record(trace, 0, 3, EV_LOCK_ACQUIRED, kLockA);
  record(trace, 1, 4, EV_LOCK_ACQUIRED, kLockB);
  record(trace, 1, 5, EV_LOCK_CONTENDED, kLockA);
  auto locks = locks_now(trace);
  EXPECT_EQ(locks.at(kLockA).holders, std::vector<uint32_t>{kTask1});
  EXPECT_EQ(locks.at(kLockA).waiters, std::vector<uint32_t>{kTask2});
  EXPECT_EQ(locks.at(kLockB).holders, std::vector<uint32_t>{kTask2});

  record(trace, 0, 6, EV_LOCK_RELEASE, kLockA);
  record(trace, 1, 7, EV_LOCK_ACQUIRED, kLockA);
  record(trace, 1, 8, EV_LOCK_RELEASE, kLockB);
  locks = locks_now(trace);
  EXPECT_EQ(locks.at(kLockA).holders, std::vector<uint32_t>{kTask2});
  EXPECT_TRUE(locks.at(kLockA).waiters.empty());
  EXPECT_FALSE(locks.contains(kLockB));
}

TEST(Stats, count_events_of_all_lanes_by_name) {
  sim::Trace trace(2);
  record(trace, 0, 1, EV_TASK_SWITCH, kTask1);
  record(trace, 1, 2, EV_TASK_SWITCH, kTask2);
  record(trace, 1, 3, EV_LOCK_ACQUIRED, kLockA);
  uint64_t events = 0, switches = 0, taken = 0;
  for (const auto& [name, count] : count_events(trace)) {
    if (name == "events") events = count;
    if (name == "switches") switches = count;
    if (name == "locks_taken") taken = count;
  }
  EXPECT_EQ(events, 3u);
  EXPECT_EQ(switches, 2u);
  EXPECT_EQ(taken, 1u);
}

}  // namespace
}  // namespace cli
