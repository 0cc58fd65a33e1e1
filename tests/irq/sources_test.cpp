// SPDX-License-Identifier: MIT
// Sources: rates, patterns, inputs while it runs, and time travel.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "irq/draws.h"
#include "sim/core/error.h"
#include "tests/irq/bench.h"

namespace irq {
namespace {

constexpr uint64_t kNever = cpu::Interrupts::kNever;

// Times of the first n interrupts of one source.
std::vector<uint64_t> times(Bench& bench, size_t n) {
  std::vector<uint64_t> out;
  while (out.size() < n) out.push_back(bench.run_next());
  return out;
}

std::vector<uint64_t> times(const char* pattern, double rate_hz, size_t n, uint64_t seed = 1) {
  Bench bench(2, seed);
  bench.controller.add("eth0", rate_hz, pattern, 0);
  return times(bench, n);
}

std::vector<double> gaps(const std::vector<uint64_t>& times) {
  std::vector<double> out;
  uint64_t before = 0;
  for (uint64_t time : times) {
    out.push_back(static_cast<double>(time - before));
    before = time;
  }
  return out;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double deviation(const std::vector<double>& values) {
  const double middle = mean(values);
  double sum = 0;
  for (double value : values) sum += (value - middle) * (value - middle);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

TEST(Sources, periodic_intervals_do_not_drift) {
  const std::vector<uint64_t> at = times("periodic", 300'000, 30'000);
  EXPECT_EQ(at[0], 3333u);
  EXPECT_NEAR(static_cast<double>(at.back()), 1e8, 2) << "30000 at 300 kHz last 100 ms";
}

TEST(Sources, poisson_intervals_have_the_mean_and_deviation_of_an_exponential) {
  const std::vector<double> gap = gaps(times("poisson", 100'000, 100'000));
  EXPECT_NEAR(mean(gap), 10'000, 150);
  EXPECT_NEAR(deviation(gap), 10'000, 250);
  const auto long_ones = std::count_if(gap.begin(), gap.end(), [](double g) { return g > 20'000; });
  EXPECT_NEAR(static_cast<double>(long_ones) / 1e5, std::exp(-2.0), 0.005);
}

TEST(Sources, bursts_have_the_mean_rate_and_eight_members) {
  const std::vector<double> gap = gaps(times("burst", 100'000, 80'000));
  EXPECT_NEAR(mean(gap), 10'000, 300);
  const auto close = std::count_if(gap.begin(), gap.end(), [](double g) { return g == 1250; });
  EXPECT_NEAR(static_cast<double>(close), 70'000, 30) << "seven of eight follow closely";
}

TEST(Sources, the_same_seed_draws_the_same_and_another_seed_does_not) {
  for (const char* pattern : {"poisson", "burst"}) {
    EXPECT_EQ(times(pattern, 1e5, 1000, 7), times(pattern, 1e5, 1000, 7));
    EXPECT_NE(times(pattern, 1e5, 1000, 7), times(pattern, 1e5, 1000, 8));
  }
}

TEST(Sources, draws_are_these_numbers_on_every_compiler) {
  const std::vector<uint64_t> expected = {198, 6340, 9781, 26180, 39254, 43773};
  EXPECT_EQ(times("poisson", 1e5, 6), expected);
}

TEST(Sources, integer_logarithm_agrees_with_the_real_one) {
  sim::Prng prng{3};
  for (int i = 0; i < 10'000; ++i) {
    const uint64_t x = prng.next() >> prng.below(64);
    if (x == 0) continue;
    const double expected = std::log2(static_cast<double>(x));
    EXPECT_NEAR(static_cast<double>(log2_fixed(x)) / 4294967296.0, expected, 1e-8) << x;
  }
}

TEST(Sources, adding_a_source_does_not_change_when_the_others_raise) {
  Bench alone, together;
  alone.controller.add("eth0", 1e5, "poisson", 0);
  together.controller.add("eth0", 1e5, "poisson", 0);
  together.controller.add("disk", 1e5, "poisson", 0);
  const std::vector<uint64_t> expected = times(alone, 50);
  std::vector<uint64_t> got;
  uint64_t raised = 0;
  while (got.size() < expected.size()) {
    const uint64_t time = together.run_next();
    const uint64_t now = together.controller.list()[0].raised;
    if (now != raised) got.push_back(time);
    raised = now;
  }
  EXPECT_EQ(got, expected);
}

TEST(Sources, once_fires_at_its_step_and_never_again) {
  Bench bench;
  bench.controller.add("disk", 0, "once", 500);
  EXPECT_EQ(bench.controller.next_event(), kNever);
  EXPECT_EQ(bench.controller.next_step(), 500u);
  bench.lines.steps = 500;
  bench.controller.run_event();
  EXPECT_EQ(bench.controller.list()[0].raised, 1u);
  EXPECT_EQ(bench.controller.next_step(), kNever);
}

TEST(Sources, one_that_reaches_nobody_or_has_come_already_brings_silence) {
  Bench bench;
  EXPECT_TRUE(bench.controller.silent());
  bench.controller.add("eth0", 1000, "periodic", 0);
  EXPECT_TRUE(bench.controller.silent()) << "its line is masked, though it goes on";
  bench.entry(Sources::kFirstLine, 0x40, 0);
  EXPECT_FALSE(bench.controller.silent());
  bench.run_next();
  EXPECT_TRUE(bench.controller.silent()) << "it waits to be taken already";
  EXPECT_EQ(bench.take(0), 0x40);
  EXPECT_FALSE(bench.controller.silent());
}

TEST(Timer, one_that_is_masked_or_has_expired_is_silent) {
  Bench bench;
  bench.write(0, LAPIC_LVTT, 0x40 | LAPIC_LVT_MASKED);
  bench.write(0, LAPIC_TMICT, 100);
  EXPECT_TRUE(bench.controller.silent());
  bench.write(0, LAPIC_LVTT, 0x40);
  EXPECT_FALSE(bench.controller.silent());
  bench.run_next();
  EXPECT_TRUE(bench.controller.silent());
}

TEST(Sources, a_rate_can_change_while_it_runs_without_a_burst_of_the_past) {
  Bench bench;
  bench.controller.add("eth0", 0, "periodic", 0);
  bench.lines.clock[0] = 1'000'000;
  bench.lines.clock[1] = 1'000'500;
  bench.controller.set("eth0", 1e6, "periodic", 0);
  EXPECT_EQ(bench.controller.next_event(), 1'001'500u);
  bench.controller.set("eth0", 0, "periodic", 0);
  EXPECT_EQ(bench.controller.next_event(), kNever);
}

TEST(Sources, a_command_is_done_after_its_delay_and_soonest_first) {
  Bench bench;
  const unsigned line = bench.device("disk");
  bench.lines.clock[1] = 100;
  bench.controller.source_command(1, line, 4, 900);
  bench.controller.source_command(1, line, 0, 400);
  bench.controller.source_command(1, line, 31, 1400);
  EXPECT_EQ(times(bench, 2), (std::vector<uint64_t>{500, 1000}));
  EXPECT_EQ(bench.controller.source_done(line), 1u << 4 | 1u);
  EXPECT_EQ(bench.controller.source_done(line), 0u) << "reading clears";
  EXPECT_EQ(times(bench, 1), (std::vector<uint64_t>{1500}));
  EXPECT_EQ(bench.controller.source_done(line), 1u << 31);
  EXPECT_EQ(bench.controller.source_raised(line), 3u);
  EXPECT_EQ(bench.controller.next_event(), kNever);
}

TEST(Sources, a_command_with_a_tag_in_flight_is_lost) {
  Bench bench;
  const unsigned line = bench.device("disk");
  bench.controller.source_command(0, line, 7, 100);
  bench.controller.source_command(0, line, 7, 50);
  bench.controller.source_command(0, line, Source::kTags, 50);
  EXPECT_EQ(bench.controller.list()[0].lost, 2u);
  EXPECT_EQ(times(bench, 1), (std::vector<uint64_t>{100}));
  EXPECT_EQ(bench.controller.next_event(), kNever);
  bench.controller.source_command(0, line, 7, 50);
  EXPECT_NE(bench.controller.next_event(), kNever) << "a tag that is done is free";
}

TEST(Sources, a_level_line_stays_asserted_until_what_is_done_was_read) {
  Bench bench;
  const unsigned line = bench.device("disk");
  bench.entry(line, 0x38 | IOAPIC_LEVEL, 0);
  bench.controller.source_command(0, line, 0, 100);
  bench.run_next();
  bench.controller.source_ack(line);
  EXPECT_TRUE(bench.controller.list()[0].asserted);
  EXPECT_EQ(bench.controller.source_done(line), 1u);
  bench.controller.source_ack(line);
  EXPECT_FALSE(bench.controller.list()[0].asserted);
}

TEST(Sources, counts_are_raised_delivered_and_lost) {
  Bench bench;
  const unsigned line = bench.device("eth0");
  bench.controller.fire("eth0");
  bench.entry(line, 0x38, 3);
  bench.controller.fire("eth0");
  bench.controller.fire("eth0");
  const SourceView view = bench.controller.list()[0];
  EXPECT_EQ(view.raised, 3u);
  EXPECT_EQ(view.delivered, 1u);
  EXPECT_EQ(view.lost, 2u) << "one masked, one merged";
  EXPECT_TRUE(view.enabled);
  EXPECT_EQ(view.cpus, 0b1000u);
}

TEST(Sources, what_cannot_be_is_an_error_and_adds_nothing) {
  Bench bench;
  Controller& c = bench.controller;
  c.add("eth0", 1, "poisson", 0);
  EXPECT_THROW(c.add("eth0", 1, "poisson", 0), sim::UserError);
  EXPECT_THROW(c.add("", 1, "poisson", 0), sim::UserError);
  EXPECT_THROW(c.add(std::string(32, 'x'), 1, "poisson", 0), sim::UserError);
  EXPECT_THROW(c.add("a", -1, "poisson", 0), sim::UserError);
  EXPECT_THROW(c.add("a", NAN, "poisson", 0), sim::UserError);
  EXPECT_THROW(c.add("a", 1e12, "poisson", 0), sim::UserError);
  EXPECT_THROW(c.add("a", 1, "often", 0), sim::UserError);
  EXPECT_THROW(c.set("b", 1, "poisson", 0), sim::UserError);
  EXPECT_THROW(c.fire("b"), sim::UserError);
  EXPECT_EQ(c.sources(), 1u);
  for (unsigned i = 1; i < Sources::kMax; ++i) c.add("s" + std::to_string(i), 0, "never", 0);
  EXPECT_THROW(c.add("s16", 0, "never", 0), sim::UserError);
}

// A busy machine for n events; what it told the CPUs.
void busy(Bench& bench, int n) {
  for (int i = 0; i < n; ++i) {
    bench.run_next();
    bench.lines.steps += 3;
    const auto cpu = static_cast<unsigned>(i % 4);
    const int vector = bench.take(cpu, i % 3 != 0);
    if (vector == VECTOR_NMI) bench.controller.returned(cpu, VECTOR_NMI);
    if (vector > VECTOR_NMI) bench.eoi(cpu);
  }
}

TEST(Controller, a_copied_arena_brings_back_the_identical_future) {
  Bench bench;
  bench.controller.add("eth0", 1e5, "poisson", 0);
  bench.controller.add("disk", 1e5, "burst", 0);
  bench.controller.add("late", 0, "once", 900);
  bench.entry(8, 0x38, 1);
  bench.entry(9, 0x49 | IOAPIC_LEVEL, 2);
  bench.entry(10, IOAPIC_NMI, 0);
  bench.write(3, LAPIC_LVTT, VECTOR_LOCAL_TIMER | LAPIC_TIMER_PERIODIC);
  bench.write(3, LAPIC_TMICT, 7000);
  busy(bench, 100);
  std::vector<std::byte> copy(bench.arena.base(), bench.arena.base() + bench.arena.used());
  const BenchLines lines = bench.lines;
  busy(bench, 1000);
  const std::vector<Recorded> first = bench.lines.events;
  std::memcpy(bench.arena.base(), copy.data(), copy.size());
  bench.lines = lines;
  busy(bench, 1000);
  EXPECT_GT(first.size(), 1500u);
  EXPECT_EQ(bench.lines.events, first);
}

}  // namespace
}  // namespace irq
