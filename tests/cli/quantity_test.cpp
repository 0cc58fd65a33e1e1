// SPDX-License-Identifier: MIT
#include "sim/run/quantity.h"

#include <gtest/gtest.h>

#include "sim/core/error.h"
#include "sim/run/settings.h"

namespace run {
namespace {

TEST(Quantity, numbers_are_read_whole_or_refused) {
  EXPECT_EQ(parse_number("n", "0"), 0u);
  EXPECT_EQ(parse_number("n", "0x1f"), 31u);
  EXPECT_EQ(parse_number("n", "18446744073709551615"), UINT64_MAX);
  for (const char* bad : {"", "-1", "1 ", "1x", "0x", "18446744073709551616", "1.0", "+1"}) {
    EXPECT_THROW(parse_number("n", bad), sim::UserError) << bad;
  }
  EXPECT_THROW(parse_number("n", "65", 1, 64), sim::UserError);
}

TEST(Quantity, times_need_their_unit) {
  EXPECT_EQ(parse_time("t", "5ms"), 5'000'000u);
  EXPECT_EQ(parse_time("t", "1.5us"), 1'500u);
  EXPECT_EQ(parse_time("t", "200ns"), 200u);
  EXPECT_EQ(parse_time("t", "2s"), 2'000'000'000u);
  for (const char* bad : {"5", "ms", "", "5 ms", "0ms", "-5ms", "5min", "9999999s", "1e3ms"}) {
    EXPECT_THROW(parse_time("t", bad), sim::UserError) << bad;
  }
}

TEST(Quantity, rates_take_thousands_and_millions) {
  EXPECT_DOUBLE_EQ(parse_rate("r", "20000"), 20000);
  EXPECT_DOUBLE_EQ(parse_rate("r", "20k"), 20000);
  EXPECT_DOUBLE_EQ(parse_rate("r", "1.5MHz"), 1.5e6);
  for (const char* bad : {"", "k", "-1", "1G", "2000M", "20kk", "1..2"}) {
    EXPECT_THROW(parse_rate("r", bad), sim::UserError) << bad;
  }
}

TEST(Settings, each_is_read_into_the_configuration) {
  Config config;
  set(config, "cpus", "64");
  set(config, "seed", "7");
  set(config, "arbiter", "round_robin");
  set(config, "preempt", "none");
  set(config, "spinlock", "ticket");
  set(config, "steps", "1000");
  set(config, "time", "5ms");
  set(config, "param", "n=3=4");
  set(config, "source", "eth0=20k:burst");
  set(config, "source", "disk=once@77");
  EXPECT_EQ(config.cpus, 64u);
  EXPECT_EQ(config.seed, 7u);
  EXPECT_EQ(config.arbiter, "round_robin");
  EXPECT_EQ(config.preempt, "none");
  EXPECT_EQ(config.spinlock, "ticket");
  EXPECT_EQ(config.steps_max, 1000u);
  EXPECT_EQ(config.time_max_ns, 5'000'000u);
  EXPECT_EQ(config.params.at(0), std::pair(std::string("n"), std::string("3=4")));
  EXPECT_EQ(config.sources.at(0).name, "eth0");
  EXPECT_DOUBLE_EQ(config.sources.at(0).rate_hz, 20000);
  EXPECT_EQ(config.sources.at(0).pattern, "burst");
  EXPECT_EQ(config.sources.at(1).pattern, "once");
  EXPECT_EQ(config.sources.at(1).once_step, 77u);
}

TEST(Settings, what_is_none_is_refused_with_the_nearest) {
  Config config;
  const auto message = [&](const char* name, const char* value) -> std::string {
    try {
      set(config, name, value, std::string("--") + name);
    } catch (const sim::UserError& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_NE(message("boot", "watchdog_tresh=2").find("nearest is watchdog_thresh"),
            std::string::npos);
  for (const char* bad : {"osq", "osq=", "osq=2", "osq=x", "=1", "watchdog_thresh=1000001"})
    EXPECT_NE(message("boot", bad), "accepted") << bad;
  EXPECT_NE(message("spinlock", "tiket").find("nearest is ticket"), std::string::npos);
  EXPECT_NE(message("cpus", "65").find("--cpus takes a whole number from 1 to 64"),
            std::string::npos);
  EXPECT_NE(message("source", "eth0").find("NAME=RATE"), std::string::npos);
  EXPECT_NE(message("source", "eth0=5:brust").find("nearest is burst"), std::string::npos);
  EXPECT_NE(message("param", "n").find("NAME=VALUE"), std::string::npos);
  EXPECT_NE(message("colour", "red").find("no setting"), std::string::npos);
}

}  // namespace
}  // namespace run
