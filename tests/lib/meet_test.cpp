// SPDX-License-Identifier: MIT
// Meetings of two CPUs: what is promised holds in all interleavings and is clean
// for every checker; what is forbidden is told by one.
#include <gtest/gtest.h>

#include "sim/run/explore.h"
#include "tests/locks/guest_run.h"

namespace {

const run::Program& meet() {
  static const run::Program program = [] {
    const std::string folder = TEST_SOURCE_DIR "/tests/lib/guest/";
    return run::build_program({folder + "meet.c", folder + "meet_fifo.c", folder + "meet_kill.c",
                               folder + "meet_wait.c"});
  }();
  return program;
}

run::Config config_of(const std::string& kind, uint64_t seed) {
  run::Config config;
  config.seed = seed;
  config.arbiter = seed % 2 == 0 ? "live" : "random";
  config.checks = "all";
  config.params = {{"kind", kind}};
  return config;
}

// The findings of the first of some seeds that has any, and "met" if it went on.
std::string first_complaint(const std::string& kind) {
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    run::Session session(meet(), config_of(kind, seed));
    cli::run_to_end(session);
    std::string text = session.verdict() == "clean" ? "" : session.verdict() + "\n";
    for (const check::Finding& finding : session.findings()) text += finding.text + "\n";
    bool met = false;
    for (const run::LogLine& line : session.log()) met = met || line.text == "met";
    if (!met) text += "did not come to its end\n";
    if (!text.empty()) return text;
  }
  return {};
}

struct Bounds {
  unsigned preemptions;
  bool every_step;
};

std::string broken_promise(const std::string& kind, const Bounds& bounds) {
  run::Config config;
  config.params = {{"kind", kind}};
  run::ExploreOptions options;
  options.preemptions_max = bounds.preemptions;
  options.every_step = bounds.every_step;
  run::Explorer explorer(meet(), config, options);
  const run::ExploreResult result = explorer.run();
  std::string text;
  for (const check::Finding& finding : result.findings) text += finding.text + "\n";
  if (!result.finished || result.cut != 0) text += "not all was seen\n";
  // Where all that matters is inside the kernel, the user's steps give few.
  if (bounds.every_step && result.schedules <= 5)
    text += "only " + std::to_string(result.schedules) + " schedules\n";
  return text;
}

class Meeting : public testing::TestWithParam<std::string> {};

TEST_P(Meeting, keeps_its_promise_in_every_schedule_within_three_preemptions) {
  EXPECT_EQ(broken_promise(GetParam(), {.preemptions = 3, .every_step = false}), "");
}

TEST_P(Meeting, keeps_its_promise_between_any_two_steps_of_the_kernel_itself) {
  EXPECT_EQ(broken_promise(GetParam(), {.preemptions = 1, .every_step = true}), "");
}

TEST_P(Meeting, is_clean_for_every_checker) { EXPECT_EQ(first_complaint(GetParam()), ""); }

const std::string kMeetings[] = {
    "kfifo", "kfifo_locked", "circ_buf",     "idr",          "notifier",
    "once",  "percpu_ref",   "stop_machine", "bit_spinlock", "wait_on_bit_lock",
    "swait", "wait_on_bit",  "wait_var",     "lockref"};

INSTANTIATE_TEST_SUITE_P(Kernel, Meeting, testing::ValuesIn(kMeetings),
                         [](const auto& info) { return info.param; });

TEST(MeetingItself, is_broken_where_only_one_cpu_is_stopped) {
  EXPECT_NE(broken_promise("stop_one_only", {.preemptions = 3, .every_step = false}), "");
}

TEST(MeetingItself, is_broken_where_the_wake_up_comes_before_its_reason) {
  EXPECT_NE(broken_promise("wait_var_woken_early", {.preemptions = 1, .every_step = true}), "");
}

struct Wrong {
  const char* kind;
  const char* says;
};

std::ostream& operator<<(std::ostream& out, const Wrong& row) { return out << row.kind; }

class Misuse : public testing::TestWithParam<Wrong> {};

TEST_P(Misuse, is_told) {
  const std::string told = first_complaint(GetParam().kind);
  EXPECT_NE(told.find(GetParam().says), std::string::npos) << told;
}

INSTANTIATE_TEST_SUITE_P(Kernel, Misuse,
                         testing::Values(Wrong{"kfifo_two_producers", "data-race"},
                                         Wrong{"kfifo_two_consumers", "data-race"},
                                         Wrong{"idr_without_lock", "data-race"},
                                         Wrong{"percpu_ref_killed_twice", "called more than once"},
                                         Wrong{"notifier_asleep", "Voluntary context switch"},
                                         Wrong{"notifier_twice", "already registered"},
                                         Wrong{"notifier_leaves_itself", "deadlock"},
                                         Wrong{"bit_spinlock_asleep", "scheduling while atomic"},
                                         Wrong{"copy_under_spinlock",
                                               "sleeping function called from invalid context"},
                                         Wrong{"bit_spinlock_free", "kernel BUG at"}),
                         [](const auto& info) { return std::string(info.param.kind); });

}  // namespace
