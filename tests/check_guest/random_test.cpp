// SPDX-License-Identifier: MIT
// Random lock programs: what the search can reach must have been foretold by the
// validator on the very first run, and where orders are consistent neither says
// anything.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "sim/run/explore.h"
#include "sim/run/program.h"
#include "sim/run/session.h"

namespace {

constexpr unsigned kPrograms = 40, kLocks = 4;

// Takes two or three locks, each by trylock now and then, and drops them in
// reverse; twice. Ordered: always in the order of the alphabet.
std::string script(std::mt19937& random, bool ordered) {
  std::string text;
  for (int round = 0; round < 2; ++round) {
    std::string locks = "abcd";
    std::shuffle(locks.begin(), locks.end(), random);
    locks.resize(2 + random() % (kLocks - 2));
    if (ordered) std::sort(locks.begin(), locks.end());
    std::string drops;
    for (char lock : locks) {
      const char how = random() % 4 == 0 ? static_cast<char>(lock - 32) : lock;
      text += {how, '+'};
      drops = std::string{how, '-'} + drops;
    }
    text += drops;
  }
  return text;
}

struct Judgement {
  bool foretold = false;  // by lockdep, in a run in which the tasks follow one another
  bool other = false;     // anything else was reported there
  bool reached = false;   // by the search: a deadlock
  bool complete = false;
};

const run::Program& program() {
  static const run::Program one =
      run::build_program({std::string(TEST_SOURCE_DIR) + "/tests/check_guest/random.c"});
  return one;
}

Judgement judge(const std::string& first, const std::string& second) {
  run::Config config;
  config.params = {{"first", first}, {"second", second}};
  Judgement j;
  {
    run::Config alone = config;
    alone.checks = "lockdep";
    alone.arbiter = "stay";  // nobody is disturbed
    run::Session session(program(), alone);
    while (session.run({}) == run::Stop::kFinding) continue;
    for (const check::Finding& finding : session.findings())
      (finding.kind == "lock-order" ? j.foretold : j.other) = true;
  }
  run::ExploreOptions options;
  options.preemptions_max = 1;  // a deadlock of two tasks needs no more
  options.interrupts_max = 0;
  options.schedules_max = 20'000;
  run::Explorer search(program(), config, options);
  const run::ExploreResult result = search.run();
  j.reached = result.found;
  j.complete = result.finished;
  return j;
}

TEST(RandomPrograms, a_deadlock_that_the_search_reaches_was_foretold) {
  std::mt19937 random(7);
  unsigned reached = 0, foretold = 0;
  for (unsigned n = 0; n < kPrograms; ++n) {
    const std::string first = script(random, false), second = script(random, false);
    const Judgement j = judge(first, second);
    EXPECT_FALSE(j.other) << first << " " << second;
    EXPECT_TRUE(!j.reached || j.foretold) << first << " " << second;
    reached += j.reached;
    foretold += j.foretold;
  }
  EXPECT_GE(reached, kPrograms / 6) << "too tame to show anything";
  EXPECT_LT(foretold, kPrograms) << "too wild to show anything";
}

TEST(RandomPrograms, consistent_orders_get_no_report_and_do_not_deadlock) {
  std::mt19937 random(11);
  for (unsigned n = 0; n < kPrograms; ++n) {
    const std::string first = script(random, true), second = script(random, true);
    const Judgement j = judge(first, second);
    EXPECT_FALSE(j.foretold || j.other || j.reached) << first << " " << second;
    EXPECT_TRUE(j.complete) << first << " " << second;
  }
}

}  // namespace
