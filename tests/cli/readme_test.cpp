// SPDX-License-Identifier: MIT
// The README's transcripts are what the commands say, to the character.
//
// A transcript is a fenced block that begins with "$ ./lockstep ARGS"; its lines
// "> WORDS" are what the user types. One line "... words ..." stands for any
// number of lines. LOCKSTEP_UPDATE_GOLDENS=1 writes them anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

#include "tests/cli/shell.h"

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kReadme = TEST_SOURCE_DIR "/README.md";
constexpr const char* kPrompt = "$ ./lockstep ";

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string text_of(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

bool is_gap(const std::string& line) {
  const size_t start = line.find_first_not_of(' ');
  return start != std::string::npos && line.compare(start, 4, "... ") == 0 &&
         line.ends_with(" ...");
}

Lines said_by(const Lines& block) {
  std::string typed;
  for (const std::string& line : block)
    if (line.starts_with("> ")) typed += line.substr(2) + "\n";
  const std::string arguments = block[0].substr(std::string(kPrompt).size());
  // The reader stands in the repository.
  const shell::Outcome outcome =
      shell::run_program(shell::program(), arguments, typed, TEST_SOURCE_DIR);
  return lines_of(outcome.out + outcome.err);
}

// The block as it should be: its own gap kept, everything else as it was said.
Lines renewed(const Lines& block) {
  const Lines said = said_by(block);
  const auto gap = std::find_if(block.begin() + 1, block.end(), is_gap);
  Lines now{block[0]};
  if (gap == block.end()) {
    now.insert(now.end(), said.begin(), said.end());
    return now;
  }
  const auto before = gap - block.begin() - 1, after = block.end() - gap - 1;
  if (static_cast<std::ptrdiff_t>(said.size()) < before + after) return said;
  now.insert(now.end(), said.begin(), said.begin() + before);
  now.push_back(*gap);
  now.insert(now.end(), said.end() - after, said.end());
  return now;
}

TEST(Readme, transcripts_are_what_the_commands_say) {
  const Lines readme = lines_of(shell::read_file(kReadme));
  Lines now;
  unsigned transcripts = 0;
  for (auto line = readme.begin(); line != readme.end();) {
    now.push_back(*line++);
    if (now.back() != "```" || line == readme.end() || !line->starts_with(kPrompt)) continue;
    const auto end = std::find(line, readme.end(), "```");
    const Lines block(line, end), renewed_block = renewed(block);
    EXPECT_EQ(text_of(block), text_of(renewed_block));
    now.insert(now.end(), renewed_block.begin(), renewed_block.end());
    now.push_back("```");
    line = end + 1;
    ++transcripts;
  }
  EXPECT_GE(transcripts, 2u);
  if (std::getenv("LOCKSTEP_UPDATE_GOLDENS") != nullptr) std::ofstream(kReadme) << text_of(now);
}

}  // namespace
