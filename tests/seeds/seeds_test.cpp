// SPDX-License-Identifier: MIT
// Every code block of the two seeds runs as it stands, and ends as its text says.
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/run/explore.h"
#include "tests/locks/guest_run.h"

namespace {

using locks_test::Outcome;
using locks_test::program;
using locks_test::run_guest;

struct Fragment {
  const char* name;
  const char* verdict;
  const char* says = "all checked, 0 failures";  // in the log or a finding
  std::pair<const char*, const char*> param = {"", ""};
};

std::ostream& operator<<(std::ostream& out, const Fragment& f) {
  return out << f.name << " " << f.param.second;
}

// There is a device named eth0; only in the fragment about handlers it interrupts.
run::Config config_for(const Fragment& fragment, uint64_t seed) {
  run::Config config;
  config.cpus = 3;
  config.seed = seed;
  config.arbiter = seed % 2 == 0 ? "live" : "random";
  const bool interrupts = fragment.name == std::string("mutex_in_irq");
  config.sources = {{.name = "eth0", .rate_hz = interrupts ? 20'000.0 : 0.0}};
  config.time_max_ns = 20'000'000;
  if (*fragment.param.first != 0) config.params = {fragment.param};
  return config;
}

class Seeds : public testing::TestWithParam<Fragment> {};

TEST_P(Seeds, fragments_run_as_they_stand) {
  const Fragment& fragment = GetParam();
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    const Outcome outcome =
        run_guest("tests/seeds/guest/" + std::string(fragment.name), config_for(fragment, seed));
    EXPECT_EQ(outcome.verdict, fragment.verdict) << "seed " << seed << "\n"
                                                 << outcome.findings << outcome.log;
    EXPECT_NE((outcome.findings + outcome.log).find(fragment.says), std::string::npos)
        << "seed " << seed << "\n"
        << outcome.findings << outcome.log;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Correct, Seeds,
    testing::Values(Fragment{"atomics", "clean"}, Fragment{"spinlocks", "clean"},
                    Fragment{"rwlocks", "clean"}, Fragment{"mutexes", "clean"},
                    Fragment{"semaphores", "clean"}, Fragment{"rcu_api", "clean"},
                    Fragment{"rcu_list", "clean"}, Fragment{"barriers", "clean"},
                    Fragment{"percpu", "clean"}, Fragment{"lock_order", "clean"},
                    Fragment{"container", "clean"}, Fragment{"weak_reference", "clean"},
                    Fragment{"patterns", "clean"},
                    Fragment{.name = "barriers_why", .verdict = "clean", .param = {"how", "3"}}));

INSTANTIATE_TEST_SUITE_P(
    Traps, Seeds,
    testing::Values(Fragment{"spin_irq_wrong", "lock-order", "WARNING: inconsistent lock state"},
                    Fragment{"mutex_recursive", "deadlock",
                             "WARNING: possible recursive locking detected"},
                    Fragment{"mutex_in_irq", "context",
                             "BUG: sleeping function called from invalid context at"},
                    Fragment{"barriers_why", "data-race", "BUG: KCSAN: data-race in", {"how", "0"}},
                    Fragment{"barriers_why", "data-race", "BUG: KCSAN: data-race in", {"how", "1"}},
                    Fragment{"barriers_why", "data-race", "BUG: KCSAN: data-race in", {"how", "2"}},
                    Fragment{"lock_order", "lock-order", "possible circular locking", {"how", "1"}},
                    Fragment{"lock_order", "deadlock", "possible recursive locking", {"how", "2"}},
                    Fragment{"async_work", "lock-order", "possible circular locking dependency"}));

run::ExploreResult explore(const std::string& name, run::Config config) {
  run::ExploreOptions options;
  options.preemptions_max = 2;
  options.interrupts_max = 0;
  run::Explorer explorer(program("tests/seeds/guest/" + name), config, options);
  return explorer.run();
}

TEST(SeedsExplored, the_compound_atomic_operation_counts_twice) {
  const run::ExploreResult result = explore("atomics_race", {});
  ASSERT_TRUE(result.found);
  EXPECT_EQ(result.findings[0].kind, "invariant");
  EXPECT_NE(result.findings[0].text.find("counted"), std::string::npos);
}

TEST(SeedsExplored, the_naive_worker_deadlocks_where_lockdep_only_warned) {
  run::Config config;
  config.params = {{"work_before", "0"}};
  const run::ExploreResult result = explore("async_work", config);
  ASSERT_TRUE(result.found);
  EXPECT_TRUE(std::any_of(result.findings.begin(), result.findings.end(),
                          [](const check::Finding& f) { return f.kind == "deadlock"; }));
}

}  // namespace
