// SPDX-License-Identifier: MIT
// Every lesson is a test: its verdict, the same twice and in replay, and its
// lanes, which are goldens made for eyes.
//
// After a change that is meant to change them:
//   LOCKSTEP_UPDATE_GOLDENS=1 ctest --preset release -R Lessons
// and read the difference.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "sim/cli/drive.h"
#include "sim/cli/history.h"
#include "sim/run/lesson.h"
#include "sim/run/session.h"

namespace run {
namespace {

constexpr uint64_t kGoldenRows = 40;

struct Ending {
  std::string verdict, hash, lanes, schedule;
};

Ending ending_of(const Session& session) {
  return {session.verdict(), session.trace_hash(), cli::history_text(session, 0, kGoldenRows),
          session.schedule()};
}

Ending run_once(const Program& program, const Config& config) {
  Session session(program, config);
  cli::run_to_end(session);
  return ending_of(session);
}

Ending replay(const Program& program, const std::string& schedule) {
  const auto session = Session::replay(schedule, [&](const std::string&) { return program; });
  cli::run_to_end(*session);
  return ending_of(*session);
}

std::string read(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

void compare_with_golden(const std::string& lanes, const Variant& variant) {
  const std::filesystem::path golden = std::string(TEST_SOURCE_DIR) + "/tests/lessons/" +
                                       variant.lesson.name + "." + variant.variant + ".golden";
  if (std::getenv("LOCKSTEP_UPDATE_GOLDENS") != nullptr) std::ofstream(golden) << lanes;
  EXPECT_EQ(lanes, read(golden)) << golden;
}

std::vector<Variant> all_variants() {
  std::vector<Variant> all;
  for (const Lesson& lesson : load_lessons(TEST_SOURCE_DIR "/demos")) {
    for (const std::string& variant : Lesson::variants()) all.push_back({lesson, variant});
  }
  return all;
}

class Lessons : public testing::TestWithParam<Variant> {};

TEST_P(Lessons, gives_its_verdict_and_its_lanes_twice_and_in_replay) {
  const Variant& variant = GetParam();
  const Program program = build_variant(variant);
  const Ending first = run_once(program, variant.lesson.config);
  EXPECT_EQ(first.verdict, variant.lesson.expected(variant.variant));
  compare_with_golden(first.lanes, variant);
  const Ending second = run_once(program, variant.lesson.config);
  EXPECT_EQ(second.hash, first.hash);
  const Ending replayed = replay(program, first.schedule);
  EXPECT_EQ(replayed.hash, first.hash);
  EXPECT_EQ(replayed.verdict, first.verdict);
}

// A name that a test may have: letters, digits, _.
std::string test_name(const testing::TestParamInfo<Variant>& info) {
  std::string name = info.param.name();
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Lessons, testing::ValuesIn(all_variants()), test_name);

}  // namespace
}  // namespace run
