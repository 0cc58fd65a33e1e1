// SPDX-License-Identifier: MIT
// `play` with its words from a pipe.
#include <gtest/gtest.h>

#include <regex>

#include "tests/cli/shell.h"

namespace {

// The last "step N" that was printed, or -1.
long last_step(const std::string& text) {
  const std::regex line("(^|\\n)step ([0-9]+), ");
  long step = -1;
  for (std::sregex_iterator it(text.begin(), text.end(), line), end; it != end; ++it) {
    step = std::stol((*it)[2]);
  }
  return step;
}

std::string play(const std::string& words, const std::string& target = "ab-ba") {
  const shell::Outcome outcome = shell::lockstep("play " + target, words);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  return outcome.out;
}

TEST(Play, steps_forwards_and_back_to_the_same_step) {
  const long first = last_step(play("step\n"));
  EXPECT_GT(first, 0);
  EXPECT_EQ(last_step(play("step 5\n")), first + 4);
  EXPECT_EQ(last_step(play("step 5\nback step 4\n")), first);
  EXPECT_EQ(last_step(play("step\n\n\n")), first + 2) << "an empty line repeats";
}

TEST(Play, back_and_forth_shows_the_same_machine) {
  const std::string there = play("step 20\nwhere\nvalues\n");
  const std::string again = play("step 20\nback step 7\nstep 7\nwhere\nvalues\n");
  EXPECT_EQ(there.substr(there.rfind("> where")), again.substr(again.rfind("> where")));
}

TEST(Play, runs_to_the_deadlock_and_names_holders_and_waiters) {
  const std::string said = play("run\nrun\nlocks\nfindings\n");
  EXPECT_NE(said.find("a finding was made"), std::string::npos) << said;
  EXPECT_NE(said.find("held by"), std::string::npos) << said;
  EXPECT_NE(said.find("waiting:"), std::string::npos) << said;
  EXPECT_NE(said.find("deadlock"), std::string::npos) << said;
}

TEST(Play, the_user_picks_who_goes_next) {
  const std::string said = play("run 5000\noptions\npick 0\npick 7\n", "lost-update/fixed");
  EXPECT_NE(said.find("pick 0"), std::string::npos) << said;
  EXPECT_NE(said.find("7 cannot go next"), std::string::npos) << said;
}

TEST(Play, mistakes_are_answered_and_the_game_goes_on) {
  const std::string said = play("stpe\nstep x\nvalues s.cuonter\nseek 99999999\nwhere\n");
  EXPECT_NE(said.find("the nearest is step"), std::string::npos) << said;
  EXPECT_NE(said.find("whole number"), std::string::npos) << said;
  EXPECT_NE(said.find("there is no variable"), std::string::npos) << said;
  EXPECT_NE(said.find("> where\nCPU 0"), std::string::npos) << said;
}

TEST(Play, what_was_played_can_be_replayed) {
  const shell::Outcome played =
      shell::lockstep("play ab-ba --schedule-out p", "step 30\npick 0 3\n");
  EXPECT_EQ(played.status, 0) << played.err;
  const shell::Outcome replayed = shell::lockstep("replay p");
  EXPECT_NE(replayed.status, 2) << replayed.err;
  EXPECT_NE(replayed.out.find("ab-ba/broken:"), std::string::npos) << replayed.out << replayed.err;
}

TEST(Play, values_are_named_and_read) {
  const std::string said = play("run\nvalues s.moved\n");
  EXPECT_TRUE(std::regex_search(said, std::regex("s\\.moved = [0-9]+"))) << said;
}

}  // namespace
