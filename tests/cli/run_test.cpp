// SPDX-License-Identifier: MIT
// What `list` and `run` print, write and return.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/modules.h"
#include "tests/cli/shell.h"

namespace {

using nlohmann::json;
using shell::lockstep;
using shell::write_file;

json parse(const shell::Outcome& outcome) {
  const json result = json::parse(outcome.out, nullptr, false);
  EXPECT_FALSE(result.is_discarded()) << outcome.out << outcome.err;
  return result;
}

TEST(List, names_every_lesson_as_json) {
  const shell::Outcome outcome = lockstep("list --json");
  EXPECT_EQ(outcome.status, 0);
  bool found = false;
  const json result = parse(outcome);
  for (const json& lesson : result.at("lessons")) {
    EXPECT_TRUE(lesson.at("title").is_string());
    EXPECT_TRUE(lesson.at("chapter").is_string());
    EXPECT_EQ(lesson.at("variants"), json::array({"broken", "fixed"}));
    found |= lesson.at("name") == "ab-ba";
  }
  EXPECT_TRUE(found);
  EXPECT_NE(lockstep("list").out.find("lost-update"), std::string::npos);
}

TEST(Run, prints_one_json_object_with_every_key) {
  const shell::Outcome outcome = lockstep("run ab-ba/broken --json");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const json result = parse(outcome);
  EXPECT_EQ(result.at("verdict"), result.at("expected"));
  EXPECT_EQ(result.at("cpus"), 2);
  EXPECT_GT(result.at("steps").get<uint64_t>(), 0u);
  EXPECT_GT(result.at("time_ns").get<uint64_t>(), 0u);
  EXPECT_EQ(result.at("trace_hash").get<std::string>().size(), 16u);
  EXPECT_TRUE(result.at("schedule").is_string());
  EXPECT_TRUE(result.at("stats").is_object());
  EXPECT_TRUE(result.at("log").is_array());
  const json& finding = result.at("findings").at(0);
  for (const char* key : {"kind", "title", "text", "explain", "task"}) {
    EXPECT_FALSE(finding.at(key).get<std::string>().empty()) << key;
  }
  for (const char* key : {"cpu", "step", "time_ns"})
    EXPECT_TRUE(finding.at(key).is_number()) << key;
  EXPECT_FALSE(finding.at("locks").empty());
  EXPECT_TRUE(finding.at("steps").is_array());
}

TEST(Run, a_deadlock_in_a_users_file_is_told_with_locks_and_lines) {
  const std::string text = shell::read_file(TEST_SOURCE_DIR "/demos/ab-ba/broken.c");
  write_file("mine.c", text);
  const shell::Outcome outcome = lockstep("run mine.c --json");
  EXPECT_EQ(outcome.status, 1);
  const json result = parse(outcome);
  EXPECT_EQ(result.at("expected"), "clean");
  const shell::Outcome words = lockstep("run mine.c");
  EXPECT_EQ(words.status, 1);
  EXPECT_NE(words.out.find("deadlock"), std::string::npos) << words.out;
  EXPECT_NE(words.out.find("mine.c:"), std::string::npos) << words.out;
  EXPECT_NE(words.out.find("&s.a"), std::string::npos) << words.out;
  EXPECT_NE(words.err.find("replay: lockstep run mine.c"), std::string::npos) << words.err;
}

TEST(Run, a_clean_file_of_the_users_is_status_0) {
  write_file("clean.c", modules::clean());
  const shell::Outcome outcome = lockstep("run clean.c --json");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(parse(outcome).at("verdict"), "clean");
}

TEST(Run, several_files_defines_includes_and_parameters_reach_the_module) {
  write_file("one.c", modules::with_init("\tpr_info(\"n is %d, sum %d\\n\", n, sum(n, WORD));\n",
                                         "#include \"sum.h\"\nstatic int n = 1;\n"
                                         "module_param(n, int, 0);\n"));
  write_file("two.c", "int sum(int a, int b);\nint sum(int a, int b) { return a + b; }\n");
  std::filesystem::create_directory(shell::folder() / "inc");
  write_file("inc/sum.h", "int sum(int a, int b);\n");
  const shell::Outcome outcome = lockstep("run one.c two.c -I inc -D WORD=30 --param n=12 --json");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("n is 12, sum 42"), std::string::npos) << outcome.out;
}

TEST(Run, every_spinlock_and_preemption_model_gives_the_fixed_lessons_verdict) {
  for (const char* kind : {"tas", "ticket", "mcs", "queued"}) {
    for (const char* model : {"none", "voluntary", "full"}) {
      const shell::Outcome outcome = lockstep(std::string("run ab-ba/fixed --json --spinlock ") +
                                              kind + " --preempt " + model);
      EXPECT_EQ(outcome.status, 0) << kind << " " << model << outcome.out << outcome.err;
    }
  }
}

TEST(Run, the_schedule_that_is_written_replays_to_the_same_trace) {
  const json ran = parse(lockstep("run ab-ba --json --schedule-out s"));
  ASSERT_TRUE(std::filesystem::exists(shell::folder() / "s"));
  const json again = parse(lockstep("replay s --json"));
  EXPECT_EQ(again.at("trace_hash"), ran.at("trace_hash"));
  EXPECT_EQ(again.at("verdict"), ran.at("verdict"));
  EXPECT_EQ(again.at("steps"), ran.at("steps"));
}

TEST(Run, help_says_unit_and_default_of_every_option) {
  const shell::Outcome outcome = lockstep("run --help");
  EXPECT_EQ(outcome.status, 0);
  for (const char* option : {"--cpus", "--seed", "--arbiter", "--preempt", "--spinlock", "--steps",
                             "--time", "--schedule-out", "--trace-out", "--lanes", "--json"}) {
    const size_t begin = outcome.out.find(option);
    ASSERT_NE(begin, std::string::npos) << option;
    const size_t end = outcome.out.find("\n  -", begin);
    EXPECT_NE(outcome.out.substr(begin, end - begin).find("default"), std::string::npos) << option;
  }
}

}  // namespace
