// SPDX-License-Identifier: MIT
// The guest kernel, judged from inside: modules that check what they are given
// and say so in the log. Each runs on few and on many CPUs, with every
// preemption model, spinlock and arbiter, and with many seeds.
#include <gtest/gtest.h>

#include <string>

#include "tests/kernel/judged.h"

namespace run {
namespace {

std::string module(const std::string& name) { return "tests/kernel/guest/" + name; }

Config configured(const std::string& name, unsigned cpus) {
  Config config;
  config.cpus = cpus;
  if (name == "memory") {
    config.params = {{"numbers", "5"}, {"word", "hello"}, {"flag", "1"}};
  }
  if (name == "edges") config.sources = {{.name = "dev"}};
  if (name == "interrupts") {
    config.time_max_ns = 20'000'000;
    config.sources = {{.name = "eth0", .rate_hz = 20'000},
                      {.name = "disk0", .rate_hz = 5'000},
                      {.name = "nmi0", .rate_hz = 20'000}};
  }
  return config;
}

class Kernel : public testing::TestWithParam<const char*> {};

TEST_P(Kernel, does_as_it_says_on_any_number_of_cpus) {
  for (unsigned cpus : {1u, 2u, 3u, 4u, 8u, 64u}) {
    EXPECT_EQ(complaint(module(GetParam()), configured(GetParam(), cpus)), "");
  }
}

TEST_P(Kernel, does_as_it_says_in_every_model_with_every_lock_and_arbiter) {
  for (const char* preempt : {"none", "voluntary", "full"}) {
    for (const char* spinlock : {"tas", "ticket", "mcs", "queued"}) {
      for (const char* arbiter : {"live", "random", "round_robin"}) {
        Config config = configured(GetParam(), 3);
        config.preempt = preempt;
        config.spinlock = spinlock;
        config.arbiter = arbiter;
        EXPECT_EQ(complaint(module(GetParam()), config), "") << preempt << spinlock << arbiter;
      }
    }
  }
}

TEST_P(Kernel, does_as_it_says_whatever_the_seed) {
  for (uint64_t seed = 2; seed < 22; ++seed) {
    Config config = configured(GetParam(), 4);
    config.seed = seed;
    config.arbiter = seed % 2 ? "live" : "random";
    EXPECT_EQ(complaint(module(GetParam()), config), "");
  }
}

INSTANTIATE_TEST_SUITE_P(Modules, Kernel,
                         testing::Values("tasks", "timing", "memory", "interrupts", "edges",
                                         "wheel"),
                         [](const auto& module) { return std::string(module.param); });

// Six days of virtual time, of which nearly all is idle. (The ninth level takes 49.)
TEST(KernelTimers, every_level_of_the_wheel_is_as_exact_as_its_granularity) {
  Config config = configured("wheel", 2);
  config.params = {{"levels", "8"}};
  config.steps_max = UINT64_MAX;
  EXPECT_EQ(complaint(module("wheel"), config), "");
}

TEST(KernelBoot, a_failing_initcall_is_told_and_nothing_exits) {
  Session session(guest_program(module("failing")), {});
  while (!session.finished()) session.run({});
  std::string log;
  for (const LogLine& line : session.log()) log += line.text + "\n";
  EXPECT_EQ(log, "module_init failed with error -12\n");
}

}  // namespace
}  // namespace run
