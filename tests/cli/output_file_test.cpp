// SPDX-License-Identifier: MIT
#include "sim/cli/output_file.h"

#include <gtest/gtest.h>

#include "sim/core/error.h"
#include "tests/cli/shell.h"

namespace cli {
namespace {

TEST(OutputFile, appears_whole_at_commit) {
  const auto path = shell::folder() / "a";
  const std::string before = shell::listing();
  {
    OutputFile file("--out", path);
    file.write("text");
    EXPECT_FALSE(std::filesystem::exists(path));
    file.commit();
  }
  EXPECT_EQ(shell::read_file(path), "text");
  std::filesystem::remove(path);
  EXPECT_EQ(shell::listing(), before) << "and nothing else";
}

TEST(OutputFile, leaves_nothing_and_the_old_contents_without_commit) {
  shell::write_file("b", "old");
  const std::string before = shell::listing();
  OutputFile("--out", shell::folder() / "b").write("new");
  EXPECT_EQ(shell::listing(), before);
  EXPECT_EQ(shell::read_file(shell::folder() / "b"), "old");
  std::filesystem::remove(shell::folder() / "b");
}

TEST(OutputFile, a_place_that_cannot_be_written_is_told_when_it_is_opened) {
  EXPECT_THROW(OutputFile("--out", shell::folder() / "no/such/folder/f"), sim::UserError);
  EXPECT_THROW(OutputFile("--out", shell::folder()), sim::UserError);
}

TEST(OutputFile, a_device_is_written_to_and_not_replaced) {
  OutputFile file("--out", "/dev/null");
  file.write("text");
  file.commit();
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

}  // namespace
}  // namespace cli
