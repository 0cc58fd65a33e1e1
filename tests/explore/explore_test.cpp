// SPDX-License-Identifier: MIT
// The search is complete: for small programs the sets of outcomes and the
// numbers of schedules that it finds are exactly those derived by hand.
#include "sim/run/explore.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "sim/run/machine.h"

namespace run {
namespace {

using Outcomes = std::set<std::string>;

struct Search {
  ExploreResult result;
  Outcomes outcomes;  // the program's last line, or "failed"
};

Program tiny_program() {
  Program program;
  program.name = "tiny";
  program.kernel_image = TEST_BINARY_DIR "/guest/tiny.so";
  program.module_image = TEST_BINARY_DIR "/guest/programs.so";
  program.id = "tiny";
  return program;
}

struct Setting {
  unsigned number;
  unsigned cpus = 2;
  unsigned interrupts = 0;
  std::vector<std::string> sources = {};
};

Config config_of(const Setting& setting) {
  Config config;
  config.cpus = setting.cpus;
  config.params = {{"program", std::to_string(setting.number)}};
  for (const std::string& name : setting.sources) config.sources.push_back({.name = name});
  return config;
}

Search explore(const Setting& setting, ExploreOptions options = {}) {
  options.interrupts_max = setting.interrupts;
  options.stop_at_failure = false;
  Explorer explorer(tiny_program(), config_of(setting), options);
  Search search;
  explorer.on_end([&](const Machine& machine, const ExploreEnd& end) {
    const auto& log = machine.record().log;
    search.outcomes.insert(end.failed ? "failed" : log.empty() ? "silent" : log.back().text);
  });
  search.result = explorer.run();
  return search;
}

TEST(Explore, lost_update_of_two_cpus) {
  const Search search = explore({.number = 1});
  EXPECT_EQ(search.outcomes, (Outcomes{"01 00", "02 00"}));
  EXPECT_EQ(search.result.schedules, 6u) << "4 over 2: a read and a write each";
  EXPECT_TRUE(search.result.complete());
}

TEST(Explore, two_increments_each_lose_at_most_two) {
  const Search search = explore({.number = 2});
  EXPECT_EQ(search.outcomes, (Outcomes{"02 00", "03 00", "04 00"}));
  EXPECT_EQ(search.result.schedules, 70u) << "8 over 4";
  EXPECT_TRUE(search.result.complete());
}

TEST(Explore, three_cpus_lose_up_to_two_of_three) {
  const Search search = explore({.number = 17, .cpus = 3});
  EXPECT_EQ(search.outcomes, (Outcomes{"01 00", "02 00", "03 00"}));
  EXPECT_EQ(search.result.schedules, 90u) << "6! / (2! 2! 2!)";
  EXPECT_TRUE(search.result.complete());
}

TEST(Explore, store_buffering_without_buffers_never_reads_two_zeros) {
  const Search search = explore({.number = 3});
  EXPECT_EQ(search.outcomes, (Outcomes{"00 01", "01 00", "01 01"}));
  EXPECT_TRUE(search.result.complete());
}

TEST(Explore, a_message_is_never_older_than_its_flag) {
  const Search search = explore({.number = 4});
  EXPECT_EQ(search.outcomes, (Outcomes{"00 00", "00 01", "01 01"}));
  EXPECT_TRUE(search.result.complete());
}

TEST(Explore, a_spin_loop_is_finite_and_sees_the_message) {
  const Search search = explore({.number = 5});
  EXPECT_EQ(search.outcomes, (Outcomes{"01 01"}));
  EXPECT_TRUE(search.result.complete());
}

TEST(Explore, ab_ba_finishes_or_deadlocks) {
  const Search search = explore({.number = 6});
  EXPECT_EQ(search.outcomes, (Outcomes{"02 00", "failed"}));
  EXPECT_TRUE(search.result.complete());
}

TEST(Explore, an_interrupt_between_read_and_write_is_lost) {
  const Search search = explore({7, 1, 1, {"dev"}});
  EXPECT_EQ(search.outcomes, (Outcomes{"01 00", "01 01", "02 01"}));
  EXPECT_EQ(search.result.schedules, 4u) << "none, before the read, before the write, after";
  EXPECT_TRUE(search.result.cut_by_interrupts) << "a second one is always possible";
}

TEST(Explore, no_interrupt_comes_while_they_are_disabled) {
  const Search search = explore({8, 1, 1, {"dev"}});
  EXPECT_EQ(search.outcomes, (Outcomes{"01 00", "02 01"}));
}

TEST(Explore, a_handler_on_another_cpu_is_just_another_cpu) {
  const Search search = explore({9, 2, 1, {"dev"}});
  EXPECT_EQ(search.outcomes, (Outcomes{"01 00", "01 01", "02 01"}));
}

TEST(Explore, a_lock_shared_with_a_handler_deadlocks) {
  const Search search = explore({10, 1, 1, {"dev"}});
  EXPECT_EQ(search.outcomes, (Outcomes{"01 00", "02 01", "failed"}));
}

TEST(Explore, disabling_interrupts_around_the_lock_cures_it) {
  const Search search = explore({11, 1, 2, {"dev"}});
  EXPECT_EQ(search.outcomes, (Outcomes{"01 00", "02 01", "03 02"}));
}

TEST(Explore, but_not_against_an_nmi) {
  const Search search = explore({12, 1, 1, {"dev"}});
  EXPECT_EQ(search.outcomes, (Outcomes{"01 00", "02 01", "failed"}));
}

TEST(Explore, a_trylock_in_the_nmi_does) {
  const Search search = explore({13, 1, 1, {"dev"}});
  EXPECT_EQ(search.outcomes, (Outcomes{"01 00", "01 01", "02 01"}));
}

TEST(Explore, only_the_higher_class_nests) {
  const Search search = explore({14, 1, 2, {"low", "high"}});
  EXPECT_EQ(search.outcomes,
            (Outcomes{"00 00", "00 12", "00 34", "12 12", "12 34", "34 12", "34 34", "13 42"}));
}

TEST(Explore, a_level_is_served_until_it_is_acknowledged) {
  const Search search = explore({15, 1, 1, {"dev"}});
  EXPECT_EQ(search.outcomes, (Outcomes{"00 00", "00 02"}));
}

TEST(Explore, an_interrupt_ends_the_silence) {
  const Search search = explore({16, 1, 1, {"dev"}});
  EXPECT_EQ(search.outcomes, (Outcomes{"01 00", "failed"}));
}

TEST(Explore, preemption_bounds_are_tried_from_0_upwards) {
  ExploreOptions options;
  options.preemptions_max = 0;
  const Search none = explore({.number = 1}, options);
  EXPECT_EQ(none.outcomes, (Outcomes{"02 00"}));
  EXPECT_EQ(none.result.schedules, 2u);
  EXPECT_TRUE(none.result.cut_by_preemptions);
  EXPECT_FALSE(none.result.complete());
  options.preemptions_max = 1;
  const Search one = explore({.number = 1}, options);
  EXPECT_EQ(one.outcomes, (Outcomes{"01 00", "02 00"}));
  EXPECT_EQ(one.result.schedules, 4u);
}

TEST(Explore, stops_at_the_first_failure_and_says_how_to_repeat_it) {
  const Setting setting{.number = 6};
  Explorer explorer(tiny_program(), config_of(setting), {});
  const ExploreResult result = explorer.run();
  ASSERT_TRUE(result.found);
  EXPECT_EQ(result.failures, 1u);
  EXPECT_LE(result.schedules, 100u);
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].kind, "deadlock");
  EXPECT_EQ(result.config.arbiter, "stay");
  EXPECT_FALSE(result.deviations.empty());
}

TEST(Explore, says_what_it_covered) {
  ExploreOptions options;
  const auto text = [&](const Setting& setting) {
    options.interrupts_max = setting.interrupts;
    return coverage_text(explore(setting, options).result, options);
  };
  EXPECT_EQ(text({.number = 1}), "all 6 schedules that there are");
  EXPECT_EQ(text({7, 1, 1, {"dev"}}),
            "all 4 schedules with at most 0 preemptions and 1 interrupt; "
            "more interrupts would show more");
  options.preemptions_max = 1;
  EXPECT_EQ(text({.number = 1}),
            "all 4 schedules with at most 1 preemption and 0 interrupts; "
            "more preemptions would show more");
  options.schedules_max = 3;
  EXPECT_EQ(text({.number = 1}),
            "3 schedules, not yet all of those with at most 1 preemption and 0 interrupts");
}

TEST(Explore, finds_the_same_twice) {
  const Setting setting{10, 2, 1, {"dev"}};
  const auto once = [&] {
    Explorer explorer(tiny_program(), config_of(setting), {});
    return explorer.run();
  };
  const ExploreResult a = once(), b = once();
  ASSERT_TRUE(a.found);
  EXPECT_EQ(a.schedules, b.schedules);
  EXPECT_EQ(a.step, b.step);
  EXPECT_EQ(a.deviations.size(), b.deviations.size());
}

TEST(Explore, random_and_pct_find_ab_ba_within_their_budget) {
  for (const char* strategy : {"random", "pct"}) {
    ExploreOptions options;
    options.strategy = strategy;
    options.schedules_max = 1000;
    const Setting setting{.number = 6};
    Explorer explorer(tiny_program(), config_of(setting), options);
    const ExploreResult result = explorer.run();
    EXPECT_TRUE(result.found) << strategy;
    EXPECT_LE(result.schedules, 1000u);
  }
}

}  // namespace
}  // namespace run
