// SPDX-License-Identifier: MIT
// The engine alone: steps, time, parking, crashes, arbiters.
#include <gtest/gtest.h>

#include "tests/engine/mini.h"

namespace engine_test {
namespace {

using cpu::StopReason;
constexpr uint64_t kForever = 50'000'000;

TEST(Engine, a_ticket_lock_excludes_on_any_number_of_cpus) {
  for (unsigned cpus : {1u, 2u, 4u, 7u, 64u}) {
    Mini mini(cpus, 0, 50);
    EXPECT_EQ(mini.engine.run(kForever), StopReason::kPowerOff);
    EXPECT_EQ(mini.at<long>("counter"), 50L * cpus);
  }
}

TEST(Engine, an_unlocked_counter_loses_updates) {
  Mini mini(4, 1, 200);
  EXPECT_EQ(mini.engine.run(kForever), StopReason::kPowerOff);
  EXPECT_LT(mini.at<long>("counter"), 800);
  EXPECT_GT(mini.at<long>("counter"), 199);
}

uint64_t hash_of(unsigned cpus, uint32_t what, uint64_t seed, uint64_t slice) {
  Mini mini(cpus, what, 40, seed);
  uint64_t stop = slice;
  while (mini.engine.run(stop) == StopReason::kLimit) stop += slice;
  EXPECT_EQ(mini.engine.s.ended, StopReason::kPowerOff);
  return mini.engine.s.hash;
}

TEST(Engine, the_same_seed_gives_the_same_hash_and_another_another) {
  EXPECT_EQ(hash_of(4, 0, 7, kForever), hash_of(4, 0, 7, kForever));
  EXPECT_NE(hash_of(4, 0, 7, kForever), hash_of(4, 0, 8, kForever));
}

TEST(Engine, where_a_run_is_stopped_changes_nothing) {
  const uint64_t whole = hash_of(4, 0, 3, kForever);
  EXPECT_EQ(whole, hash_of(4, 0, 3, 1));
  EXPECT_EQ(whole, hash_of(4, 0, 3, 7));
  EXPECT_EQ(hash_of(2, 6, 3, kForever), hash_of(2, 6, 3, 1));
}

TEST(Engine, a_spinner_is_parked_and_costs_no_steps) {
  Mini mini(2, 7);
  EXPECT_EQ(mini.engine.run(kForever), StopReason::kPowerOff);
  // 1000 increments are 2000 steps; the other CPU's wait adds only a few.
  EXPECT_LT(mini.engine.s.step, 2150u);
}

TEST(Engine, a_bounded_spin_is_never_parked) {
  Mini mini(1, 8);
  EXPECT_EQ(mini.engine.run(kForever), StopReason::kPowerOff);
}

TEST(Engine, the_timer_interrupts_a_halted_cpu) {
  Mini mini(2, 6);
  EXPECT_EQ(mini.engine.run(kForever), StopReason::kPowerOff);
  EXPECT_GE(mini.at<uint32_t>("interrupts"), 5u);
  EXPECT_GE(mini.engine.time(), 20'000u);
}

cpu::Fault fault_of(uint32_t what) {
  Mini mini(1, what);
  EXPECT_EQ(mini.engine.run(kForever), StopReason::kOops);
  EXPECT_EQ(mini.engine.run(kForever), StopReason::kOops) << "dead is dead";
  return mini.engine.s.fault;
}

TEST(Engine, a_null_write_is_an_oops_before_it_happens) {
  const cpu::Fault fault = fault_of(2);
  EXPECT_EQ(fault.kind, cpu::Fault::kAccess);
  EXPECT_EQ(fault.address, 8u);
  EXPECT_TRUE(fault.write);
}

TEST(Engine, a_division_by_zero_is_an_oops) { EXPECT_EQ(fault_of(3).kind, cpu::Fault::kDivide); }

TEST(Engine, endless_recursion_overflows_the_stack) {
  EXPECT_EQ(fault_of(4).kind, cpu::Fault::kStackOverflow);
}

TEST(Engine, a_loop_without_any_hook_is_cut_off) {
  EXPECT_EQ(fault_of(5).kind, cpu::Fault::kNoHook);
}

TEST(Engine, every_arbiter_runs_the_lock_to_the_same_count) {
  for (const char* name : {"random", "round_robin"}) {
    Mini mini(3, 0, 30);
    sim::Arena arena(1 << 20);
    auto arbiter = sim::make_arbiter(name, arena, 5);
    mini.engine.set_arbiter(arbiter.get());
    EXPECT_EQ(mini.engine.run(kForever), StopReason::kPowerOff) << name;
    EXPECT_EQ(mini.at<long>("counter"), 90) << name;
  }
}

TEST(Engine, a_deviation_lets_another_cpu_go_first) {
  const auto who_steps_at = [](std::vector<cpu::Deviation> deviations, uint64_t step) {
    Mini mini(3, 1, 100);
    mini.engine.set_deviations(std::move(deviations));
    EXPECT_EQ(mini.engine.run(step + 1), StopReason::kLimit);
    return mini.trace.detail(step).cpu;
  };
  const unsigned by_itself = static_cast<unsigned>(who_steps_at({}, 200));
  const unsigned other = (by_itself + 1) % 3;
  EXPECT_EQ(who_steps_at({{200, other}}, 200), other);
}

}  // namespace
}  // namespace engine_test
