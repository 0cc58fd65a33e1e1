// SPDX-License-Identifier: MIT
// RCU under the search: for small programs, in no schedule within the bounds
// does a reader see freed memory. And the proof of the proof: nine faults, each
// a kernel with one change (tests/locks/faults/), are found by the same search.
#include <gtest/gtest.h>

#include "tests/locks/guest_run.h"
#include "tests/locks/search_told.h"

namespace locks_test {
namespace {

using Params = std::vector<std::pair<std::string, std::string>>;

// One program and how far it is searched.
struct Search {
  Params params;
  unsigned cpus = 2, preemptions = 2;
  bool every_step = false;
  std::string preempt = "full";
};

run::ExploreResult explore_rcu(const Search& search, const std::string& fault = "") {
  run::Program gp = program("gp");
  if (!fault.empty()) gp.kernel_image = TEST_BINARY_DIR "/guest/faults/" + fault + ".so";
  run::Config config;
  config.cpus = search.cpus;
  config.preempt = search.preempt;
  config.params = search.params;
  run::ExploreOptions options;
  options.preemptions_max = search.preemptions;
  options.interrupts_max = 0;
  options.every_step = search.every_step;
  run::Explorer explorer(gp, config, options);
  return explorer.run();
}

void expect_safe(const Search& search) {
  const run::ExploreResult result = explore_rcu(search);
  EXPECT_FALSE(result.found) << told(result);
  EXPECT_TRUE(result.finished) << told(result);
  EXPECT_EQ(result.cut, 0u);
  EXPECT_GT(result.schedules, 50u);
}

TEST(RcuSearch, no_schedule_shows_a_reader_freed_memory) {
  for (const char* const preempt : {"none", "full"}) {
    for (const char* const how : {"1", "2", "3", "4"}) {
      SCOPED_TRACE(std::string(preempt) + " how " + how);
      expect_safe({.params = {{"how", how}}, .preemptions = 3, .preempt = preempt});
    }
  }
}

TEST(RcuSearch, nor_two_readers_on_three_cpus) {
  for (const char* const how : {"1", "2", "3"}) {
    SCOPED_TRACE(std::string("how ") + how);
    expect_safe({.params = {{"how", how}, {"readers", "2"}}, .cpus = 3});
  }
}

TEST(RcuSearch, nor_a_reader_that_is_preempted) {
  expect_safe({.params = {{"preempt", "1"}}});
  expect_safe({.params = {{"preempt", "1"}, {"how", "2"}}});
}

TEST(RcuSearch, without_a_grace_period_the_search_finds_it) {
  const run::ExploreResult result = explore_rcu({.params = {{"how", "0"}}});
  ASSERT_TRUE(result.found) << told(result);
  EXPECT_EQ(result.findings[0].kind, "use-after-free");
}

struct Fault {
  const char* name;
  Search search;
  bool in_time = false;  // found by plain runs, in which time passes, not by the search
};

std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }

class RcuFault : public testing::TestWithParam<Fault> {};

// What a few runs say, the first that fails.
std::string verdict(const Search& search, const std::string& fault = "") {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    run::Program gp = program("gp");
    if (!fault.empty()) gp.kernel_image = TEST_BINARY_DIR "/guest/faults/" + fault + ".so";
    run::Config config;
    config.cpus = search.cpus;
    config.seed = seed;
    config.params = search.params;
    run::Session session(gp, config);
    cli::run_to_end(session);
    if (session.verdict() != "clean") return session.verdict();
  }
  return "clean";
}

TEST_P(RcuFault, is_found_and_the_sound_kernel_is_not_blamed) {
  if (GetParam().in_time) {
    EXPECT_EQ(verdict(GetParam().search), "clean");
    EXPECT_EQ(verdict(GetParam().search, GetParam().name), "use-after-free");
    return;
  }
  const run::ExploreResult sound = explore_rcu(GetParam().search);
  EXPECT_FALSE(sound.found) << told(sound);
  EXPECT_TRUE(sound.finished && sound.cut == 0) << told(sound);
  const run::ExploreResult faulty = explore_rcu(GetParam().search, GetParam().name);
  // A period that never ends is a schedule that does not.
  EXPECT_TRUE(faulty.found || faulty.cut > 0) << told(faulty);
}

INSTANTIATE_TEST_SUITE_P(
    Nine, RcuFault,
    testing::Values(
        Fault{"quiescent_early", {.params = {{"how", "4"}}}},
        Fault{"quiescent_late", {.params = {{"busy", "1"}, {"readers", "0"}}, .preemptions = 1}},
        Fault{"quiescent_wrong_cpu",
              {.params = {{"hold", "4"}, {"first_cpu", "2"}}, .cpus = 3},
              true},
        Fault{"period_skips_cpu", {.params = {{"how", "1"}}}},
        Fault{"period_skips_node",
              {.params = {{"how", "1"}, {"first_cpu", "16"}}, .cpus = 17, .preemptions = 1}},
        Fault{"period_skips_blocked", {.params = {{"preempt", "1"}}, .preemptions = 3}},
        Fault{"callback_early", {.params = {{"how", "2"}}}},
        Fault{
            "wakeup_lost",
            {.params = {{"updates", "2"}, {"readers", "0"}}, .preemptions = 1, .every_step = true}},
        Fault{"callback_lost", {.params = {{"how", "2"}, {"updates", "3"}}, .preemptions = 1}}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace locks_test
