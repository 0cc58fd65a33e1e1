// SPDX-License-Identifier: MIT
// Who spins for a mutex or rwsem may look at an owner that let go and ended
// meanwhile: in no schedule within the bounds is that one's memory free already.
// And a kernel that frees it too early (tests/locks/faults/) is found by the same
// search.
#include <gtest/gtest.h>

#include "tests/locks/guest_run.h"
#include "tests/locks/search_told.h"

namespace locks_test {
namespace {

run::ExploreResult explore(const std::string& kind, const std::string& fault = "") {
  run::Program guest = program("owner_ends");
  if (!fault.empty()) guest.kernel_image = TEST_BINARY_DIR "/guest/faults/" + fault + ".so";
  run::Config config;
  config.params = {{"kind", kind}};
  run::ExploreOptions options;
  options.preemptions_max = 2;
  options.interrupts_max = 0;
  options.every_step = true;
  return run::Explorer(guest, config, options).run();
}

class OwnerEnds : public testing::TestWithParam<const char*> {};

TEST_P(OwnerEnds, and_is_not_freed_while_somebody_spins) {
  const run::ExploreResult result = explore(GetParam());
  EXPECT_FALSE(result.found) << told(result);
  EXPECT_TRUE(result.finished) << told(result);
  EXPECT_EQ(result.cut, 0u);
}

TEST_P(OwnerEnds, and_is_seen_if_it_is_freed_too_early) {
  const run::ExploreResult result = explore(GetParam(), "ended_freed_early");
  ASSERT_TRUE(result.found) << told(result);
  EXPECT_EQ(result.findings[0].kind, "use-after-free") << told(result);
}

INSTANTIATE_TEST_SUITE_P(Spinners, OwnerEnds, testing::Values("mutex", "ww_mutex", "rwsem"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace locks_test
