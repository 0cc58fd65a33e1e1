// SPDX-License-Identifier: MIT
// Pages that only marked writes touch go back in time like all others.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "sim/run/program.h"
#include "sim/run/session.h"

namespace {

uint32_t count_in(const run::Session& session) {
  const auto variable = session.symbols().find_variable("page.count.counter");
  uint32_t value = 0;
  EXPECT_TRUE(variable && session.read_memory(variable->address, &value, sizeof value));
  return value;
}

TEST(MarkedWrites, are_undone_by_a_step_back_and_made_again) {
  const run::Program program =
      run::build_program({std::string(TEST_SOURCE_DIR) + "/tests/session/marked_only.c"});
  run::Session session(program, {});
  constexpr uint64_t kApart = 40'000;  // checkpoints lie between
  std::vector<uint32_t> seen;
  for (uint64_t n = 1; n <= 8; ++n) {
    run::Limit limit;
    limit.step = n * kApart;
    session.run(limit);
    seen.push_back(count_in(session));
  }
  ASSERT_GT(seen[7], seen[1]);
  for (uint64_t n : {7u, 3u, 1u, 5u, 2u, 8u}) {
    session.seek(n * kApart);
    EXPECT_EQ(count_in(session), seen[n - 1]) << n;
  }
}

}  // namespace
