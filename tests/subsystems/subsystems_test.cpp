// SPDX-License-Identifier: MIT
// The subsystems under kernel/, each driven by a module that checks every result
// and says so in the log, with its devices' sources on and every checker watching.
#include <gtest/gtest.h>

#include <string>

#include "tests/kernel/judged.h"

namespace run {
namespace {

struct Subsystem {
  const char* name;  // of tests/subsystems/guest/NAME.c
  std::vector<Source> sources;
};

const Subsystem kSubsystems[] = {
    {"block", {{.name = "disk", .rate_hz = 2'000}}},
    {"net", {{.name = "eth0", .rate_hz = 100'000, .pattern = "burst"}}},
    {"clock", {{.name = "eth0", .rate_hz = 500'000}}},
    {"mm", {{.name = "eth0", .rate_hz = 5'000}}},
    {"fs", {{.name = "eth0", .rate_hz = 5'000}}},
    {"drivers", {{.name = "keyboard", .rate_hz = 20'000}, {.name = "display", .rate_hz = 10'000}}},
};

std::string module(const Subsystem& subsystem) {
  return std::string("tests/subsystems/guest/") + subsystem.name;
}

Config configured(const Subsystem& subsystem, unsigned cpus, uint64_t seed) {
  Config config;
  config.cpus = cpus;
  config.seed = seed;
  config.sources = subsystem.sources;
  config.checks = "all";
  config.time_max_ns = 6'000'000;
  return config;
}

void PrintTo(const Subsystem& subsystem, std::ostream* out) { *out << subsystem.name; }

class Subsystems : public testing::TestWithParam<Subsystem> {};

TEST_P(Subsystems, gives_the_right_results_and_no_finding_on_any_number_of_cpus) {
  for (const unsigned cpus : {1u, 2u, 4u, 8u}) {
    for (uint64_t seed = 1; seed <= 4; ++seed) {
      EXPECT_EQ(complaint(module(GetParam()), configured(GetParam(), cpus, seed)), "");
    }
  }
}

TEST_P(Subsystems, gives_the_right_results_in_every_preemption_model_and_order_of_steps) {
  for (const char* preempt : {"none", "voluntary", "full"}) {
    for (const char* arbiter : {"live", "random", "round_robin"}) {
      Config config = configured(GetParam(), 3, 11);
      config.preempt = preempt;
      config.arbiter = arbiter;
      EXPECT_EQ(complaint(module(GetParam()), config), "") << preempt << " " << arbiter;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kernel, Subsystems, testing::ValuesIn(kSubsystems),
                         [](const auto& subsystem) { return std::string(subsystem.param.name); });

}  // namespace
}  // namespace run
