// SPDX-License-Identifier: MIT
// Workqueues keep their promises on any number of CPUs, in every preemption model.
#include <gtest/gtest.h>

#include "tests/locks/guest_run.h"

namespace locks_test {
namespace {

TEST(Workqueue, every_item_runs_none_twice_at_once_flush_and_cancel_hold) {
  for (const char* const preempt : {"none", "full"}) {
    for (const unsigned cpus : {1u, 2u, 4u}) {
      for (uint64_t seed = 1; seed <= 8; ++seed) {
        run::Config config;
        config.cpus = cpus;
        config.seed = seed;
        config.arbiter = seed % 2 == 0 ? "live" : "random";
        config.preempt = preempt;
        const Outcome outcome = run_guest("workqueue", config);
        EXPECT_EQ(outcome.verdict, "clean")
            << preempt << " cpus " << cpus << " seed " << seed << "\n"
            << outcome.findings;
        EXPECT_EQ(outcome.log.find("workqueue: "), outcome.log.find("workqueue: done"))
            << preempt << " cpus " << cpus << " seed " << seed << "\n"
            << outcome.log;
        EXPECT_TRUE(outcome.said("workqueue: done"));
      }
    }
  }
}

}  // namespace
}  // namespace locks_test
