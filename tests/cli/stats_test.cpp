// SPDX-License-Identifier: MIT
#include "sim/cli/stats.h"

#include <gtest/gtest.h>

#include "cpu/events.h"

namespace cli {
namespace {

constexpr uint32_t kLockA = 0x11000100, kTask1 = 0x20000000, kTask2 = 0x20001000;

void record(sim::Trace& trace, uint8_t cpu, uint64_t step, unsigned kind, uint32_t object) {
  sim::Event& event = trace.lane(cpu).append();
  event = {};
  event.cpu = cpu;
  event.step = step & 0xffffff;
  event.kind = static_cast<uint8_t>(kind);
  event.object = object;
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
