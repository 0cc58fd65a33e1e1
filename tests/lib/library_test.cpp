// SPDX-License-Identifier: MIT
// What kernel files include, each driven by a module that checks every result and
// says so in the log: on any number of CPUs, in every preemption model, with an
// interrupt coming all the time and every checker watching.
#include <gtest/gtest.h>

#include "tests/locks/guest_run.h"

namespace {

using locks_test::Outcome;

run::Config configured(unsigned cpus, uint64_t seed) {
  run::Config config;
  config.cpus = cpus;
  config.seed = seed;
  config.checks = "all";
  config.time_max_ns = 50'000'000;
  config.sources = {{.name = "eth0", .rate_hz = 100'000}};
  return config;
}

void expect_all_checked(const std::string& name, const run::Config& config) {
  SCOPED_TRACE(name + " cpus " + std::to_string(config.cpus) + " seed " +
               std::to_string(config.seed) + " " + config.arbiter + " " + config.preempt);
  const Outcome outcome = locks_test::run_guest("tests/lib/guest/" + name, config);
  EXPECT_EQ(outcome.verdict, "clean") << outcome.findings;
  EXPECT_TRUE(outcome.said("all checked, 0 failures")) << outcome.log;
}

class Library : public testing::TestWithParam<std::string> {};

TEST_P(Library, gives_the_right_results_and_no_finding_on_any_number_of_cpus) {
  for (const unsigned cpus : {1u, 2u, 4u, 8u}) {
    for (uint64_t seed = 1; seed <= 3; ++seed) {
      expect_all_checked(GetParam(), configured(cpus, seed));
    }
  }
}

TEST_P(Library, gives_the_right_results_in_every_preemption_model_and_order_of_steps) {
  for (const char* preempt : {"none", "voluntary", "full"}) {
    for (const char* arbiter : {"live", "random", "round_robin"}) {
      run::Config config = configured(3, 11);
      config.preempt = preempt;
      config.arbiter = arbiter;
      expect_all_checked(GetParam(), config);
    }
  }
}

const std::string kModules[] = {"hashtable",      "idr",        "kfifo",  "limits", "notifier",
                                "percpu_counter", "percpu_ref", "rbtree", "small",  "stop_machine",
                                "waits"};

INSTANTIATE_TEST_SUITE_P(Kernel, Library, testing::ValuesIn(kModules),
                         [](const auto& info) { return info.param; });

}  // namespace
