// SPDX-License-Identifier: MIT
// Timers of the local APICs, the performance counter, and the heap under them.
#include "irq/timers.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

#include "tests/irq/bench.h"

namespace irq {
namespace {

constexpr uint64_t kNoEvent = cpu::Interrupts::kNever;

TEST(Timer, a_oneshot_fires_exactly_once_and_exactly_then) {
  Bench bench;
  bench.lines.clock[2] = 1000;
  bench.write(2, LAPIC_LVTT, VECTOR_LOCAL_TIMER);
  bench.write(2, LAPIC_TMICT, 12345);
  EXPECT_EQ(bench.controller.next_event(), 13345u);
  EXPECT_EQ(bench.take(2), -1);
  EXPECT_EQ(bench.run_next(), 13345u);
  EXPECT_EQ(bench.take(2), VECTOR_LOCAL_TIMER);
  EXPECT_EQ(bench.controller.next_event(), kNoEvent);
}

TEST(Timer, a_periodic_one_keeps_its_period_however_late_it_is_served) {
  Bench bench;
  bench.write(0, LAPIC_LVTT, VECTOR_LOCAL_TIMER | LAPIC_TIMER_PERIODIC);
  bench.write(0, LAPIC_TMICT, 4'000'000);
  for (uint64_t n = 1; n <= 100; ++n) {
    EXPECT_EQ(bench.controller.next_event(), n * 4'000'000);
    bench.lines.clock[0] = n * 4'000'000 + 777;
    bench.controller.run_event();
    EXPECT_EQ(bench.take(0), VECTOR_LOCAL_TIMER);
    bench.eoi(0);
  }
}

TEST(Timer, the_current_count_is_what_is_left) {
  Bench bench;
  bench.write(0, LAPIC_TMICT, 1000);
  bench.lines.clock[0] = 400;
  EXPECT_EQ(bench.read(0, LAPIC_TMCCT), 600u);
  bench.lines.clock[0] = 1400;
  EXPECT_EQ(bench.read(0, LAPIC_TMCCT), 0u);
  EXPECT_EQ(bench.read(0, LAPIC_TMICT), 1000u);
}

TEST(Timer, a_masked_one_counts_without_an_interrupt) {
  Bench bench;
  bench.write(0, LAPIC_LVTT, VECTOR_LOCAL_TIMER | LAPIC_LVT_MASKED);
  bench.write(0, LAPIC_TMICT, 1000);
  EXPECT_EQ(bench.run_next(), 1000u);
  EXPECT_EQ(bench.take(0), -1);
}

TEST(Timer, an_initial_count_of_0_stops_it) {
  Bench bench;
  bench.write(0, LAPIC_TMICT, 1000);
  bench.write(0, LAPIC_TMICT, 0);
  EXPECT_EQ(bench.controller.next_event(), kNoEvent);
  EXPECT_EQ(bench.read(0, LAPIC_TMCCT), 0u);
}

TEST(Timer, a_new_count_replaces_the_old_one) {
  Bench bench;
  bench.write(0, LAPIC_TMICT, 1000);
  bench.lines.clock[0] = 500;
  bench.write(0, LAPIC_TMICT, 1000);
  EXPECT_EQ(bench.controller.next_event(), 1500u);
}

TEST(Timer, equal_times_come_in_the_order_of_the_cpus) {
  Bench bench;
  for (unsigned cpu : {2u, 0u, 3u, 1u}) {
    bench.write(cpu, LAPIC_LVTT, VECTOR_LOCAL_TIMER);
    bench.write(cpu, LAPIC_TMICT, 1000);
  }
  for (unsigned cpu = 0; cpu < 4; ++cpu) {
    bench.run_next();
    EXPECT_TRUE(bench.lines.irq_wire[cpu]);
    EXPECT_EQ(bench.lines.wire_changes, cpu + 1);
  }
}

TEST(Counter, sends_an_nmi_every_period) {
  Bench bench;
  bench.write(1, LAPIC_LVTPC, LAPIC_ICR_NMI);
  bench.write(1, LAPIC_PMC_PERIOD_US, 10'000'000);
  for (uint64_t n = 1; n <= 3; ++n) {
    EXPECT_EQ(bench.run_next(), n * 10'000'000'000u);
    EXPECT_EQ(bench.take(1, false), VECTOR_NMI);
    bench.controller.returned(1, VECTOR_NMI);
  }
  bench.write(1, LAPIC_PMC_PERIOD_US, 0);
  EXPECT_EQ(bench.controller.next_event(), kNoEvent);
}

TEST(Timers, agree_with_a_map_on_random_operations) {
  Timers timers;
  std::map<unsigned, uint64_t> model;
  std::mt19937 random(1);
  for (int i = 0; i < 100'000; ++i) {
    const unsigned slot = static_cast<unsigned>(random() % Timers::kSlots);
    const uint64_t deadline = random() % 1000;
    if (random() % 3 == 0) {
      timers.disarm(slot);
      model.erase(slot);
    } else {
      timers.arm(slot, deadline);
      model[slot] = deadline;
    }
    uint64_t first = Timers::kNever;
    unsigned first_slot = 0;
    for (const auto& [at, time] : model) {
      if (time < first) first = time, first_slot = at;
    }
    ASSERT_EQ(timers.next(), first);
    if (!model.empty()) {
      ASSERT_EQ(timers.next_slot(), first_slot);
    }
  }
}

}  // namespace
}  // namespace irq
