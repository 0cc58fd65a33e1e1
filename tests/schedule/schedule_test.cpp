// SPDX-License-Identifier: MIT
#include "sim/run/schedule.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "sim/core/error.h"
#include "sim/run/cache.h"
#include "sim/run/file.h"
#include "sim/run/schedule_words.h"

namespace {

run::Schedule example() {
  run::Schedule s;
  s.images = "83c1f4a90b6e2d57";
  s.program = "ab-ba/broken";
  s.sources = {{"demos/ab-ba/broken.c", "5a0f3c8814e2b7d6"},
               {"it's 50% mine\n.c", "0000000000000000"}};
  s.options.include_dirs = {"my headers"};
  s.options.defines = {"TEXT=\"a b\"", "EMPTY="};
  s.config.cpus = 8;
  s.config.seed = 0xffffffffffffffff;
  s.config.arbiter = "random";
  s.config.preempt = "none";
  s.config.spinlock = "ticket";
  s.config.hz = 1000;
  s.config.params = {{"n", "3"}, {"text", ""}, {"other", "\xc3\xa4 b"}};
  s.config.boot = {{"osq", "0"}, {"watchdog_thresh", "2"}};
  s.config.sources = {{"eth0", 20000.1, "burst", 0}, {"disk", 0, "once", 77}};
  s.config.steps_max = 12345;
  s.config.time_max_ns = 678;
  using enum run::Schedule::Input::What;
  s.inputs = {{5, kSet, {"eth0", 1e-7, "periodic", 0}, 0, 0, 0},
              {9, kFire, {"disk", 0, "poisson", 0}, 0, 0, 0},
              {9, kSend, {}, 1, 2, 0},
              {11, kRoute, {"disk", 0, "poisson", 0}, 0, 0, 3}};
  s.deviations = {{3, 1}, {4, 64}, {1000000000000, 0}};
  s.end_step = 4242;
  s.trace_hash = "0123456789abcdef";
  return s;
}

std::string error_of(const std::string& text) {
  try {
    run::parse_schedule(text);
  } catch (const sim::UserError& e) {
    return e.what();
  }
  return "no error";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Schedule, what_is_written_is_read_back) {
  const std::string text = run::schedule_text(example());
  const run::Schedule s = run::parse_schedule(text);
  EXPECT_EQ(run::schedule_text(s), text);
  EXPECT_EQ(s.sources[1].path, "it's 50% mine\n.c");
  EXPECT_EQ(s.options.defines[0], "TEXT=\"a b\"");
  EXPECT_EQ(s.config.seed, 0xffffffffffffffff);
  EXPECT_EQ(s.config.hz, 1000u);
  EXPECT_EQ(s.config.params[1], (std::pair<std::string, std::string>("text", "")));
  EXPECT_EQ(s.config.boot[1], (std::pair<std::string, std::string>("watchdog_thresh", "2")));
  EXPECT_EQ(s.config.sources[0].rate_hz, 20000.1) << "to the last bit";
  EXPECT_EQ(s.inputs[0].source.rate_hz, 1e-7);
  EXPECT_EQ(s.inputs[1].what, run::Schedule::Input::What::kFire);
  EXPECT_EQ(s.inputs[1].source.name, "disk");
  EXPECT_EQ(s.inputs[2].vector, 2u);
  EXPECT_EQ(s.inputs[3].cpus, 3u);
  EXPECT_EQ(s.deviations[1].actor, 64u);
  EXPECT_EQ(s.end_step, 4242u);
}

TEST(Schedule, the_form_is_what_the_header_says) {
  run::Schedule s;
  s.images = s.trace_hash = "83c1f4a90b6e2d57";
  s.program = "lost";
  s.sources = {{"lost.c", "5a0f3c8814e2b7d6"}};
  s.config.checks = "all";
  s.deviations = {{17, 1}};
  EXPECT_EQ("\n" + run::schedule_text(s), R"(
lockstep schedule 1
images 83c1f4a90b6e2d57
program lost
source lost.c 5a0f3c8814e2b7d6
cpus 2
seed 1
arbiter live
preempt full
spinlock queued
hz 250
steps-max 20000000
time-max-ns 0
checks all
deviation 17 1
end 0 83c1f4a90b6e2d57
)");
}

TEST(Schedule, every_truncation_is_told) {
  const std::string text = run::schedule_text(example());
  for (size_t length = 0; length < text.size(); ++length) {
    const std::string error = error_of(text.substr(0, length));
    const bool in_title = length < std::string("lockstep schedule 1").size();
    EXPECT_NE(error.find(in_title ? "schedule" : "truncated"), error.npos) << length << error;
    EXPECT_NE(error, "no error") << length;
  }
}

TEST(Schedule, damage_is_an_error_or_another_schedule_but_never_a_crash) {
  const std::string text = run::schedule_text(example());
  std::mt19937 random(1);
  for (unsigned i = 0; i < 20000; ++i) {
    std::string damaged = text;
    for (auto n = 1 + random() % 3; n > 0; --n)
      damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
    error_of(damaged);  // anything but sim::UserError ends the test
  }
}

TEST(Schedule, errors_name_the_line) {
  const std::string good = run::schedule_text(example());
  EXPECT_EQ(error_of("hello\n"),
            "this is no schedule: it does not begin with \"lockstep schedule 1\"");
  EXPECT_EQ(error_of(replaced(good, "schedule 1", "schedule 2")),
            "the schedule has version \"2\"; this lockstep reads version 1");
  EXPECT_EQ(error_of(replaced(good, "seed", "sead")),
            "line 10 of the schedule: unknown key \"sead\"");
  EXPECT_EQ(error_of(replaced(good, "cpus 8", "cpus 65")),
            "line 9 of the schedule: cpus takes a whole number from 1 to 64, not \"65\"");
  EXPECT_EQ(error_of(replaced(good, "cpus 8", "cpus 8\ncpus 8")),
            "line 10 of the schedule: cpus for the second time");
  EXPECT_EQ(error_of(replaced(good, "cpus 8\n", "")), "the schedule has no line \"cpus\"");
  EXPECT_EQ(error_of(replaced(good, "cpus 8", "cpus 8 9")),
            "line 9 of the schedule: cpus has too many words");
  EXPECT_EQ(error_of(replaced(good, "cpus 8", "cpus")),
            "line 9 of the schedule: cpus lacks a word");
  EXPECT_EQ(error_of(replaced(good, "20000.1", "often")),
            "line 23 of the schedule: \"often\" is no rate");
  EXPECT_EQ(error_of(replaced(good, "deviation 4 64", "deviation 3 64")),
            "line 30 of the schedule: the deviations are not in order");
  EXPECT_EQ(error_of(good + "more\n"), "the schedule goes on after its \"end\" line");
  EXPECT_EQ(error_of(replaced(good, "images 83c1f4a90b6e2d57", "images 83")),
            "line 2 of the schedule: \"83\" is no hash");
  EXPECT_NE(error_of(replaced(good, "arbiter random", "arbiter chance")).find("arbiter is one of"),
            std::string::npos);
}

TEST(Schedule, words_carry_any_text) {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  EXPECT_EQ(run::to_word(all).find(' '), std::string::npos);
  EXPECT_EQ(run::from_word(run::to_word(all)), all);
  EXPECT_EQ(run::from_word(run::to_word("")), "");
  for (const char* wrong : {"", "%1", "a%", "%GG", "%-1"}) EXPECT_FALSE(run::from_word(wrong));
}

class ScheduleProgram : public testing::Test {
 protected:
  void SetUp() override {
    setenv("XDG_CACHE_HOME", scratch_.path().c_str(), 1);
    run::write_file(file_, text_);
  }
  const run::ScratchFolder scratch_{std::filesystem::temp_directory_path()};
  const std::filesystem::path file_ = scratch_.path() / "m.c";
  const std::string text_ =
      "static int start(void) { return N; }\n"
      "static int (*const entry)(void) __attribute__((section(\"lockstep_init\"), used)) = "
      "start;\n";
};

TEST_F(ScheduleProgram, is_compiled_again_as_it_was) {
  run::CompileOptions options;
  options.defines = {"N=7"};
  options.name = "other name";
  const run::Program program = run::build_program({file_}, options);
  run::Schedule schedule = run::schedule_of(program);
  schedule.trace_hash = "0000000000000000";
  const run::Program again = run::program_of(run::parse_schedule(run::schedule_text(schedule)));
  EXPECT_EQ(again.id, program.id);
  EXPECT_EQ(again.name, "other name");
}

TEST_F(ScheduleProgram, is_refused_when_something_changed) {
  run::CompileOptions options;
  options.defines = {"N=7"};
  run::Schedule schedule = run::schedule_of(run::build_program({file_}, options));
  const auto error = [&] {
    try {
      run::program_of(schedule);
    } catch (const sim::UserError& e) {
      return std::string(e.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(error(), "no error");
  schedule.options.defines = {"N=8"};
  EXPECT_NE(error().find("the schedule is for other images of m"), std::string::npos) << error();
  run::write_file(file_, text_ + "\n");
  EXPECT_EQ(error(), file_.string() + " has changed since the schedule was made");
}

}  // namespace
