// SPDX-License-Identifier: MIT
// The random strategies: budgets, seeds, and the guarantee of pct.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "sim/core/pct.h"
#include "sim/core/random_walk.h"
#include "tests/search/toy.h"

namespace sim {
namespace {

std::vector<std::string> schedules_of(const Toy& toy, Strategy& strategy) {
  std::vector<std::string> out;
  do {
    out.push_back(toy.run(strategy).schedule);
  } while (strategy.finish());
  return out;
}

TEST(RandomWalk, keeps_to_its_budget_and_repeats_with_its_seed) {
  const Toy toy{{nops(5), nops(5)}};
  RandomWalk a(7, 100), b(7, 100), c(8, 100);
  const auto first = schedules_of(toy, a);
  EXPECT_EQ(first.size(), 100u);
  EXPECT_EQ(first, schedules_of(toy, b));
  EXPECT_NE(first, schedules_of(toy, c));
}

TEST(RandomWalk, reaches_every_schedule_of_a_small_program) {
  RandomWalk walk(1, 2000);
  const auto seen = schedules_of({{nops(3), nops(3)}}, walk);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 20u);
}

TEST(Pct, keeps_to_its_budget_and_repeats_with_its_seed) {
  const Toy toy{{nops(5), nops(5)}, 1, [](ToyState&) {}};
  Pct a({.seed = 7, .runs_max = 100}), b({.seed = 7, .runs_max = 100}),
      c({.seed = 8, .runs_max = 100});
  const auto first = schedules_of(toy, a);
  EXPECT_EQ(first.size(), 100u);
  EXPECT_EQ(first, schedules_of(toy, b));
  EXPECT_NE(first, schedules_of(toy, c));
}

TEST(Pct, preempts_at_most_depth_minus_one_times) {
  const Toy toy{{nops(10), nops(10), nops(10)}};
  for (unsigned depth : {1u, 2u, 3u}) {
    Pct pct({.runs_max = 500, .depth = depth, .interrupts = 0});
    unsigned most = 0;
    do {
      most = std::max(most, toy.run(pct).preemptions);
    } while (pct.finish());
    EXPECT_EQ(most, depth - 1);
  }
}

TEST(Pct, raises_one_interrupt_anywhere_in_the_run) {
  const Toy toy{{nops(8)}, 5, [](ToyState&) {}};
  Pct pct({.runs_max = 500, .depth = 1, .interrupts = 1});
  std::set<size_t> places;
  for (const std::string& schedule : schedules_of(toy, pct)) {
    EXPECT_EQ(std::count(schedule.begin(), schedule.end(), 'i'), 1);
    places.insert(schedule.find('i'));
  }
  EXPECT_EQ(places.size(), 8u);
}

// A bug of depth 2: CPU 1's only step must come between two given ones of CPU 0.
TEST(Pct, finds_a_bug_of_depth_2_at_least_as_often_as_it_promises) {
  constexpr size_t kSteps = 20, kRuns = 200'000;
  Toy toy{{nops(kSteps), ToyCpu{ToyStep{[](ToyState& s) { s.cell[1] = s.cell[0]; }}}}};
  toy.cpus[0][7].run = [](ToyState& s) { s.cell[0] = 1; };
  toy.cpus[0][8].run = [](ToyState& s) { s.cell[0] = 2; };
  Pct pct({.runs_max = kRuns, .depth = 2, .interrupts = 0});
  unsigned found = 0;
  do {
    if (toy.run(pct).state.cell[1] == 1) ++found;
  } while (pct.finish());
  EXPECT_GE(found, kRuns / (2 * (kSteps + 1)) * 95 / 100) << "1 / (n k^(d-1)), less the noise";
}

}  // namespace
}  // namespace sim
