// SPDX-License-Identifier: MIT
// The xarray: as a table would do it, with handed-out indices, and under RCU.
#include <gtest/gtest.h>

#include "tests/locks/guest_run.h"

namespace {

using locks_test::Outcome;

void expect_agreement(const std::string& name, const run::Config& config) {
  SCOPED_TRACE(name + " cpus " + std::to_string(config.cpus) + " seed " +
               std::to_string(config.seed));
  const Outcome outcome = locks_test::run_guest("tests/lib/guest/" + name, config);
  EXPECT_EQ(outcome.verdict, "clean") << outcome.findings;
  EXPECT_TRUE(outcome.said("all checked, 0 failures")) << outcome.log;
}

run::Config checked(unsigned cpus, uint64_t seed) {
  run::Config config;
  config.checks = "all";
  config.cpus = cpus;
  config.seed = seed;
  config.arbiter = seed % 2 == 0 ? "live" : "random";
  return config;
}

TEST(Xarray, holds_and_finds_what_a_table_would) {
  for (uint64_t seed = 1; seed <= 8; ++seed) expect_agreement("xarray_model", checked(1, seed));
}

TEST(Xarray, hands_out_the_lowest_free_index) {
  for (uint64_t seed = 1; seed <= 4; ++seed) expect_agreement("xarray_alloc", checked(1, seed));
}

TEST(Xarray, readers_without_a_lock_find_the_right_object_or_none) {
  for (const unsigned cpus : {2u, 3u, 4u}) {
    for (uint64_t seed = 1; seed <= 6; ++seed) {
      expect_agreement("xarray_rcu", checked(cpus, seed));
    }
  }
}

}  // namespace
