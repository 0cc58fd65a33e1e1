// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/modules.h"
#include "tests/cli/shell.h"

namespace {

using nlohmann::json;
using shell::lockstep;

// AB-BA, once: by itself it goes well; the search has to find how it does not.
std::string ab_ba_once() {
  return modules::with_init(
      "\twake_up_process(kthread_create_on_cpu(ab, NULL, 0, \"ab\"));\n"
      "\twake_up_process(kthread_create_on_cpu(ba, NULL, 1, \"ba\"));\n",
      "static DEFINE_SPINLOCK(a);\nstatic DEFINE_SPINLOCK(b);\n"
      "static int ab(void *p)\n{\n\tspin_lock(&a);\n\tspin_lock(&b);\n"
      "\tspin_unlock(&b);\n\tspin_unlock(&a);\n\treturn 0;\n}\n"
      "static int ba(void *p)\n{\n\tspin_lock(&b);\n\tspin_lock(&a);\n"
      "\tspin_unlock(&a);\n\tspin_unlock(&b);\n\treturn 0;\n}\n");
}

TEST(Explore, finds_the_deadlock_and_writes_the_schedule_that_replays_it) {
  shell::write_file("once.c", ab_ba_once());
  const shell::Outcome outcome = lockstep("explore once.c --json --schedule-out found");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.err.find("replay: lockstep replay found"), std::string::npos) << outcome.err;
  const json result = json::parse(outcome.out, nullptr, false);
  ASSERT_TRUE(result.is_object()) << outcome.out;
  EXPECT_EQ(result.at("verdict"), "deadlock");
  EXPECT_LE(result.at("search").at("runs").get<int>(), 100);
  const json again = json::parse(lockstep("replay found --json").out, nullptr, false);
  EXPECT_EQ(again.at("trace_hash"), result.at("trace_hash"));
  EXPECT_EQ(again.at("verdict"), "deadlock");
}

TEST(Explore, says_what_was_covered_when_it_finds_nothing) {
  shell::write_file("clean.c", modules::clean());
  const shell::Outcome outcome = lockstep("explore clean.c --preemptions 0 --irqs 0");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("no failure found"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("0 preemptions"), std::string::npos) << outcome.out;
}

TEST(Explore, does_not_claim_what_lies_in_a_sleep_past_the_time_limit) {
  const std::string args = "explore " TEST_SOURCE_DIR
                           "/tests/lib/guest/stranger/driver.c --source foo=1000 "
                           "--preemptions 0 --json --time ";
  const auto search = [&](const char* time) {
    return json::parse(lockstep(args + time).out).at("search");
  };
  const json cut = search("60ms"), whole = search("600ms");
  EXPECT_FALSE(cut.at("complete").get<bool>());
  EXPECT_NE(cut.at("covered").get<std::string>().find("1 slept past --time"), std::string::npos)
      << cut;
  EXPECT_EQ(whole.at("covered").get<std::string>().find("slept"), std::string::npos) << whole;
  EXPECT_GT(whole.at("runs"), cut.at("runs"));
}

TEST(Explore, a_random_search_keeps_to_its_budget) {
  shell::write_file("clean.c", modules::clean());
  for (const char* strategy : {"random", "pct"}) {
    const shell::Outcome outcome =
        lockstep(std::string("explore clean.c --limit 50 --json --strategy ") + strategy);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    const json result = json::parse(outcome.out, nullptr, false);
    EXPECT_EQ(result.at("search").at("runs"), 50) << strategy;
  }
}

TEST(Explore, bounds_that_are_none_are_refused) {
  for (const char* bad : {"--preemptions x", "--irqs -1", "--limit 0", "--limit fast",
                          "--points some", "--strategy lucky"}) {
    const shell::Outcome outcome = lockstep(std::string("explore ab-ba ") + bad);
    EXPECT_EQ(outcome.status, 2) << bad;
    EXPECT_EQ(outcome.err.find("lockstep: --"), 0u) << bad << outcome.err;
  }
}

}  // namespace
