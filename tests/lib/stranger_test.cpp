// SPDX-License-Identifier: MIT
// Files as somebody else would write them, with the headers that they would
// include: they compile, run, are unloaded, and nothing is reported that is not so.
#include <gtest/gtest.h>

#include "tests/locks/guest_run.h"

namespace {

using locks_test::Outcome;

struct Row {
  const char* name;  // of tests/lib/guest/stranger/NAME.c
  const char* says;  // at its end
};

std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

class Stranger : public testing::TestWithParam<Row> {};

TEST_P(Stranger, is_clean_from_loading_to_unloading) {
  for (const unsigned cpus : {1u, 2u, 4u}) {
    for (const char* preempt : {"none", "full"}) {
      for (const char* arbiter : {"live", "random"}) {
        run::Config config;
        config.cpus = cpus;
        config.seed = 5 + cpus;
        config.checks = "all";
        config.preempt = preempt;
        config.arbiter = arbiter;
        config.time_max_ns = 10'000'000;
        config.sources = {{.name = "foo", .rate_hz = 20'000}};
        const Outcome outcome = locks_test::run_guest(
            std::string("tests/lib/guest/stranger/") + GetParam().name, config);
        SCOPED_TRACE(std::to_string(cpus) + " " + preempt + " " + arbiter);
        EXPECT_EQ(outcome.verdict, "clean") << outcome.findings;
        EXPECT_TRUE(outcome.said(GetParam().says)) << outcome.log;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kernel, Stranger,
                         testing::Values(Row{"sampler", " consumed, 0 dropped"},
                                         Row{"entry_cache", ": gone"}, Row{"driver", " events"},
                                         Row{"state_machine", " transitions, "}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
