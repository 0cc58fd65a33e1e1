// SPDX-License-Identifier: MIT
// The exhaustive search visits exactly the schedules that there are.
#include "sim/core/exhaustive.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "tests/search/toy.h"

namespace sim {
namespace {

constexpr unsigned kMany = 1000;

std::multiset<std::string> schedules(const Toy& toy, SearchBounds bounds) {
  Exhaustive search(bounds);
  std::multiset<std::string> seen;
  do {
    seen.insert(toy.run(search).schedule);
  } while (search.finish());
  return seen;
}

bool all_different(const std::multiset<std::string>& seen) {
  return std::set<std::string>(seen.begin(), seen.end()).size() == seen.size();
}

// Preemptions of an interleaving of two lists of n steps.
unsigned preemptions(const std::string& schedule, size_t n) {
  size_t at[2] = {};
  unsigned current = static_cast<unsigned>(schedule[0] - '0'), count = 0;
  for (char c : schedule) {
    const auto actor = static_cast<unsigned>(c - '0');
    if (actor != current && at[current] < n) ++count;
    current = actor;
    ++at[actor];
  }
  return count;
}

// All interleavings of two lists of n steps, the plain way.
void interleave(size_t a, size_t b, const std::string& prefix, std::set<std::string>& out) {
  if (a == 0 && b == 0) out.insert(prefix);
  if (a > 0) interleave(a - 1, b, prefix + '0', out);
  if (b > 0) interleave(a, b - 1, prefix + '1', out);
}

TEST(Exhaustive, visits_every_interleaving_of_two_cpus_exactly_once) {
  std::set<std::string> expected;
  interleave(6, 6, "", expected);
  const auto seen = schedules({{nops(6), nops(6)}}, {kMany, 0});
  EXPECT_EQ(seen.size(), 924u) << "12 over 6";
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()), expected);
}

TEST(Exhaustive, visits_the_multinomial_number_of_three_cpus) {
  const auto seen = schedules({{nops(3), nops(3), nops(3)}}, {kMany, 0});
  EXPECT_EQ(seen.size(), 1680u) << "9! / (3! 3! 3!)";
  EXPECT_TRUE(all_different(seen));
}

TEST(Exhaustive, a_preemption_bound_admits_exactly_the_schedules_below_it) {
  std::set<std::string> all;
  interleave(5, 5, "", all);
  for (unsigned bound = 0; bound < 10; ++bound) {
    std::set<std::string> expected;
    for (const std::string& schedule : all) {
      if (preemptions(schedule, 5) <= bound) expected.insert(schedule);
    }
    const auto seen = schedules({{nops(5), nops(5)}}, {bound, 0});
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()), expected) << bound;
    EXPECT_TRUE(all_different(seen)) << bound;
  }
}

TEST(Exhaustive, places_one_interrupt_at_every_point) {
  Toy toy{{nops(4)}, 1, [](ToyState&) {}};
  const auto seen = schedules(toy, {0, 1});
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()),
            (std::set<std::string>{"0000", "i0000", "0i000", "00i00", "000i0"}));
  EXPECT_EQ(seen.size(), 5u);
}

TEST(Exhaustive, says_which_bound_left_something_out) {
  const auto cuts = [](const Toy& toy, SearchBounds bounds) {
    Exhaustive search(bounds);
    do {
      toy.run(search);
    } while (search.finish());
    return std::make_pair(search.cut_by_preemptions(), search.cut_by_interrupts());
  };
  const Toy toy{{nops(2), nops(2)}, 1, [](ToyState&) {}};
  EXPECT_EQ(cuts(toy, {0, 1}), std::make_pair(true, false));
  EXPECT_EQ(cuts(toy, {kMany, 0}), std::make_pair(false, true));
  EXPECT_EQ(cuts(toy, {kMany, 1}), std::make_pair(false, false));
}

TEST(Exhaustive, progress_grows_from_0_to_nearly_1) {
  const Toy toy{{nops(5), nops(5)}};
  Exhaustive search({kMany, 0});
  double before = -1;
  do {
    toy.run(search);
    EXPECT_GT(search.progress(), before);
    EXPECT_LT(search.progress(), 1.0);
    before = search.progress();
  } while (search.finish());
  EXPECT_GT(before, 0.99);
}

// Lost update: each CPU reads the cell and writes it back plus one.
ToyCpu increment(unsigned cpu) {
  return {ToyStep{[cpu](ToyState& s) { s.reg[cpu][0] = s.cell[0]; }},
          ToyStep{[cpu](ToyState& s) { s.cell[0] = s.reg[cpu][0] + 1; }}};
}

std::map<int, unsigned> sums(const Toy& toy, SearchBounds bounds) {
  std::map<int, unsigned> out;
  Exhaustive search(bounds);
  do {
    ++out[toy.run(search).state.cell[0]];
  } while (search.finish());
  return out;
}

TEST(Exhaustive, finds_the_lost_update_only_with_a_preemption) {
  const Toy toy{{increment(0), increment(1)}};
  EXPECT_EQ(sums(toy, {0, 0}), (std::map<int, unsigned>{{2, 2}}));
  EXPECT_EQ(sums(toy, {kMany, 0}), (std::map<int, unsigned>{{1, 4}, {2, 2}}));
}

// Two locks in two orders.
ToyCpu take_both(unsigned cpu, int first, int second) {
  const auto take = [cpu](int lock) {
    return ToyStep{[=](ToyState& s) { s.cell[lock] = static_cast<int>(cpu) + 1; },
                   [=](const ToyState& s) { return s.cell[lock] == 0; }};
  };
  const auto drop = [](int lock) { return ToyStep{[=](ToyState& s) { s.cell[lock] = 0; }}; };
  return {take(first), take(second), drop(second), drop(first)};
}

TEST(Exhaustive, finds_ab_ba_with_one_preemption_and_goes_round_blocked_cpus) {
  const Toy toy{{take_both(0, 0, 1), take_both(1, 1, 0)}};
  for (unsigned bound : {0u, 1u, kMany}) {
    Exhaustive search({bound, 0});
    unsigned stuck = 0, finished = 0;
    do {
      ++(toy.run(search).stuck ? stuck : finished);
    } while (search.finish());
    EXPECT_EQ(stuck > 0, bound > 0);
    EXPECT_GT(finished, 0u);
  }
}

}  // namespace
}  // namespace sim
