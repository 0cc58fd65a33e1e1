// SPDX-License-Identifier: MIT
// Host code is what clang-format makes of it.
#include <gtest/gtest.h>

#include "tests/house/tree.h"

namespace house {
namespace {

// Other versions lay some things out differently; the tree is written for this one.
constexpr const char* kVersion = "version 14.";

TEST(Format, host_code_is_formatted) {
  int status = 0;
  const std::string version = run("clang-format --version", &status);
  ASSERT_EQ(status, 0) << "clang-format is needed: " << version;
  const bool comparable = version.find(kVersion) != std::string::npos;
  std::vector<std::string> commands;
  for (const File& file : tree()) {
    if (!file.is_code() || file.is_guest()) continue;
    commands.push_back("clang-format --dry-run -Werror " TEST_SOURCE_DIR "/" + file.path);
  }
  EXPECT_FALSE(commands.empty());
  for (const std::string& failure : failures_of(commands)) {
    EXPECT_FALSE(comparable) << failure.substr(0, 400);
  }
}

}  // namespace
}  // namespace house
