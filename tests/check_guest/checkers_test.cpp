// SPDX-License-Identifier: MIT
// Checkers on real guest code: what each mistake is called, and that correct
// code is called nothing.
#include <gtest/gtest.h>

#include <map>

#include "sim/run/session.h"

namespace {

std::filesystem::path guest(const char* file) {
  return std::filesystem::path(TEST_SOURCE_DIR) / "tests/check_guest" / file;
}

// What is found in bad.c, mistake number `what`: kind and title of the first.
std::pair<std::string, std::string> verdict_of(int what, const std::string& checks) {
  static const run::Program program = run::build_program({guest("bad.c")});
  run::Config config;
  config.checks = checks;
  config.params = {{"what", std::to_string(what)}};
  run::Session session(program, config);
  session.run({});
  if (session.findings().empty()) return {"", ""};
  return {session.findings()[0].kind, session.findings()[0].title};
}

struct Row {
  int what;
  const char* checks;
  const char* kind;
  const char* title;  // how it begins
};

constexpr Row kRows[] = {
    {1, "lockdep", "lock-order", "WARNING: inconsistent lock state"},
    {2, "lockdep", "context", "[ BUG: Invalid wait context ]"},
    {2, "context", "context", "BUG: sleeping function called from invalid context at"},
    {3, "context", "context", "BUG: scheduling while atomic: bad/"},
    {4, "memory", "use-after-free", "BUG: KASAN: double-free in double_free"},
    {5, "memory", "invariant", "unreferenced objects after module_exit: 1"},
    {6, "lockdep", "context", "[ BUG: Invalid wait context ]"},
    {7, "lockdep", "bug", "WARNING: bad/"},
    {8, "lockdep", "bug", "WARNING: bad unlock balance detected!"},
    {9, "lockdep", "bug", "WARNING: held lock freed!"},
    {10, "lockdep", "bug", "INFO: trying to register non-static key."},
    {11, "lockdep", "lock-order", "WARNING: possible recursive locking detected"},
    {11, "none", "deadlock", "BUG: deadlock: CPU#"},
    {12, "context", "context",
     "BUG: using smp_processor_id() in preemptible [00000000] code: bad/"},
    {13, "memory", "use-after-free", "BUG: KASAN: use-after-free in use_after_free"},
    {14, "context", "context", "BUG: sleeping function called from invalid context at"},
    {15, "lockdep", "lock-order", "WARNING: possible recursive locking detected"},
    {16, "context", "context", "BUG: scheduling while atomic: bad/"},
    {17, "lockdep", "lock-order", "WARNING: possible circular locking dependency detected"},
    {18, "memory", "use-after-free", "BUG: KASAN: slab-out-of-bounds in out_of_bounds"},
    {19, "rcu", "context", "WARNING: suspicious RCU usage"},
    {20, "rcu,lockdep", "context", "WARNING: suspicious RCU usage"},
    {21, "rcu", "context", "WARNING: suspicious RCU usage"},
};

TEST(CheckersOnGuests, every_mistake_has_its_name) {
  for (const Row& row : kRows) {
    const auto [kind, title] = verdict_of(row.what, row.checks);
    EXPECT_EQ(kind, row.kind) << "mistake " << row.what << ", " << row.checks << ": " << title;
    EXPECT_EQ(title.substr(0, std::string(row.title).size()), row.title) << row.what;
  }
}

TEST(CheckersOnGuests, a_context_report_lists_what_is_held) {
  const run::Program program = run::build_program({guest("bad.c")});
  run::Config config;
  config.params = {{"what", "2"}};  // a mutex under a spinlock
  run::Session session(program, config);
  session.run({});
  ASSERT_FALSE(session.findings().empty());
  const std::string text = session.findings()[0].text;
  const size_t depth = text.find("RCU nest depth: 0, expected: 0\n1 lock held by bad/");
  ASSERT_NE(depth, std::string::npos) << text;
  EXPECT_NE(text.find("(a){+.+.}-{3:3}, at: mutex_under_spinlock+", depth), std::string::npos)
      << text;
  const std::string& title = session.findings()[0].title;
  EXPECT_NE(title.find(" at locks/mutex.cpp:"), std::string::npos) << title;
  EXPECT_NE(text.find("\nPreemption disabled at:\n", depth), std::string::npos) << text;
}

TEST(CheckersOnGuests, correct_code_gets_no_report) {
  const run::Program program = run::build_program({guest("good.c")});
  for (unsigned cpus : {1u, 2u, 4u, 8u})
    for (const char* preempt : {"none", "voluntary", "full"})
      for (uint64_t seed : {1u, 2u, 3u}) {
        run::Config config;
        config.checks = "all";
        config.cpus = cpus;
        config.seed = seed;
        config.preempt = preempt;
        run::Session session(program, config);
        session.run({});
        for (const auto& f : session.findings()) ADD_FAILURE() << cpus << preempt << f.text;
        EXPECT_EQ(session.verdict(), "clean");
      }
}

TEST(CheckersOnGuests, checkers_change_nothing_and_a_step_back_finds_the_same) {
  const run::Program program = run::build_program({guest("good.c")});
  std::map<std::string, std::string> hash;
  for (const char* checks : {"none", "all"}) {
    run::Config config;
    config.checks = checks;
    run::Session session(program, config);
    session.run({});
    hash[checks] = session.trace_hash();
    const uint64_t end = session.position().step;
    session.seek(end / 2);
    session.run({});
    EXPECT_EQ(session.trace_hash(), hash[checks]);
    EXPECT_TRUE(session.findings().empty());
  }
  EXPECT_EQ(hash["none"], hash["all"]);
}

}  // namespace
