// SPDX-License-Identifier: MIT
// The search and time: ticks that preempt where they can matter, and devices
// that are faster than a timer. On the real kernel; every ending is made again
// by a session that replays it.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "sim/run/explore.h"
#include "sim/run/machine.h"
#include "sim/run/schedule.h"
#include "sim/run/session.h"

namespace run {
namespace {

const Program& module_named(const std::string& name) {
  static std::map<std::string, Program> built;
  const auto it = built.find(name);
  if (it != built.end()) return it->second;
  const std::string file = TEST_SOURCE_DIR "/tests/explore/modules/" + name + ".c";
  return built[name] = build_program({file});
}

struct TimedSearch {
  ExploreResult result;
  std::map<std::string, std::vector<cpu::Deviation>> outcomes;  // last line: how
  std::set<std::string> words() const {
    std::set<std::string> all;
    for (const auto& [text, how] : outcomes) all.insert(text);
    return all;
  }
};

TimedSearch explore(const std::string& name, const Config& config, unsigned preemptions,
                    unsigned interrupts) {
  ExploreOptions options;
  options.preemptions_max = preemptions;
  options.interrupts_max = interrupts;
  options.stop_at_failure = false;
  Explorer explorer(module_named(name), config, options);
  TimedSearch search;
  explorer.on_end([&](const Machine& machine, const ExploreEnd& end) {
    const auto& log = machine.record().log;
    const std::string text = end.failed ? "failed" : log.empty() ? "silent" : log.back().text;
    search.outcomes.try_emplace(text, explorer.deviations());
  });
  search.result = explorer.run();
  return search;
}

// What a session says that is given the configuration and the deviations.
std::string replayed(const std::string& name, const Config& config,
                     const std::vector<cpu::Deviation>& how) {
  const Program& program = module_named(name);
  Schedule schedule = schedule_of(program);
  schedule.config = config;
  for (const cpu::Deviation& d : how) schedule.deviations.push_back({d.choice, d.actor});
  schedule.end_step = UINT64_MAX;
  schedule.trace_hash = "0000000000000000";
  const auto session =
      Session::replay(schedule_text(schedule), [&](const std::string&) { return program; });
  while (!session->finished()) session->run({});
  return session->log().empty() ? "silent" : session->log().back().text;
}

Config on_one_cpu(const std::string& preempt, int safely) {
  Config config;
  config.cpus = 1;
  config.preempt = preempt;
  config.params = {{"safely", std::to_string(safely)}};
  return config;
}

using Words = std::set<std::string>;

TEST(ExploreTime, a_tick_between_read_and_write_loses_a_hit) {
  const TimedSearch search = explore("two_on_a_cpu", on_one_cpu("full", 0), 1, 0);
  EXPECT_EQ(search.words(), (Words{"1", "2"}));
  EXPECT_TRUE(search.result.finished);
  for (const auto& [text, how] : search.outcomes) {
    EXPECT_EQ(replayed("two_on_a_cpu", search.result.config, how), text);
  }
}

TEST(ExploreTime, ticks_are_preemptions_and_bounded_like_them) {
  const TimedSearch search = explore("two_on_a_cpu", on_one_cpu("full", 0), 0, 0);
  EXPECT_EQ(search.words(), (Words{"2"}));
  EXPECT_TRUE(search.result.cut_by_preemptions);
}

TEST(ExploreTime, no_tick_harms_where_preemption_is_off_or_one_instruction_counts) {
  for (int safely : {1, 2}) {
    EXPECT_EQ(explore("two_on_a_cpu", on_one_cpu("full", safely), 2, 0).words(), (Words{"2"}));
  }
}

TEST(ExploreTime, none_and_voluntary_do_not_preempt) {
  for (const char* model : {"none", "voluntary"}) {
    const TimedSearch search = explore("two_on_a_cpu", on_one_cpu(model, 0), 2, 0);
    EXPECT_EQ(search.words(), (Words{"2"}));
    EXPECT_TRUE(search.result.complete()) << "there is nothing to choose";
  }
}

TEST(ExploreTime, a_device_may_be_faster_than_the_timer_that_everybody_waits_for) {
  for (unsigned cpus : {1u, 2u}) {
    Config config;
    config.cpus = cpus;
    config.sources = {{.name = "dev"}};
    const TimedSearch search = explore("idle_or_timer", config, 0, 1);
    EXPECT_EQ(search.words(),
              (Words{"came 0, timed out 1", "came 1, timed out 0", "came 1, timed out 1"}))
        << cpus;
    for (const auto& [text, how] : search.outcomes) {
      EXPECT_EQ(replayed("idle_or_timer", search.result.config, how), text);
    }
  }
}

}  // namespace
}  // namespace run
