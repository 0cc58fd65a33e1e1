// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/shell.h"

namespace {

using nlohmann::json;

json exported(const std::string& run) {
  const shell::Outcome outcome = shell::lockstep("export " + run + " --perfetto out.json");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  return json::parse(shell::read_file(shell::folder() / "out.json"), nullptr, false);
}

TEST(Export, perfetto_gets_the_tasks_and_the_locks) {
  const json trace = exported("ab-ba");
  ASSERT_TRUE(trace.is_object());
  const std::string text = trace.dump();
  EXPECT_NE(text.find("ab/0"), std::string::npos);
  EXPECT_NE(text.find("&s.a"), std::string::npos);
  EXPECT_GT(trace.at("traceEvents").size(), 10u);
}

TEST(Export, a_recorded_run_gives_the_same_file_as_the_run) {
  const json direct = exported("ab-ba");
  shell::lockstep("run ab-ba --schedule-out recorded");
  EXPECT_EQ(exported("recorded"), direct);
}

TEST(Export, a_recorded_run_takes_no_settings) {
  shell::lockstep("run ab-ba --schedule-out recorded");
  const shell::Outcome outcome = shell::lockstep("export recorded --perfetto o --seed 2");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("--seed"), std::string::npos) << outcome.err;
}

TEST(Replay, a_truncated_or_foreign_schedule_is_refused) {
  shell::lockstep("run ab-ba --schedule-out whole");
  const std::string text = shell::read_file(shell::folder() / "whole");
  shell::write_file("cut", text.substr(0, text.size() / 2));
  shell::write_file("empty", "");
  shell::write_file("other", "int main(void) { return 0; }\n");
  std::string images = text;
  const size_t id = images.find("images ") + 7;
  images[id] = images[id] == '0' ? '1' : '0';
  shell::write_file("images", images);
  for (const char* file : {"cut", "empty", "other", "images", "missing", "."}) {
    const shell::Outcome outcome = shell::lockstep(std::string("replay ") + file);
    EXPECT_EQ(outcome.status, 2) << file << outcome.out;
    EXPECT_EQ(outcome.out, "") << file;
    EXPECT_EQ(outcome.err.find("lockstep: "), 0u) << file << ": " << outcome.err;
  }
}

}  // namespace
