// SPDX-License-Identifier: MIT
// The lessons of all subsystems at once, on more machines than their own.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "sim/run/lesson.h"
#include "sim/run/session.h"

namespace run {
namespace {

std::set<std::string> kinds_found(Session& session) {
  while (!session.finished()) session.run({});
  std::set<std::string> kinds;
  for (const check::Finding& finding : session.findings()) kinds.insert(finding.kind);
  return kinds;
}

class WholeKernel : public testing::TestWithParam<const char*> {};

TEST_P(WholeKernel, has_right_results_and_no_finding_on_2_to_64_cpus) {
  const Variant variant = find_variant(load_lessons(), std::string(GetParam()) + "/fixed");
  const Program program = build_variant(variant);
  for (const unsigned cpus : {2u, 3u, 8u, 64u}) {
    for (uint64_t seed = 1; seed <= 3; ++seed) {
      Config config = variant.lesson.config;
      config.cpus = cpus;
      config.seed = seed;
      Session session(program, config);
      kinds_found(session);
      std::string text;
      for (const check::Finding& finding : session.findings()) text += finding.text + "\n";
      EXPECT_EQ(session.verdict(), "clean") << cpus << " CPUs, seed " << seed << "\n" << text;
      EXPECT_EQ(session.log().size(), 2u) << "it did not come to its end";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Lessons, WholeKernel, testing::Values("whole-kernel", "haystack"));

TEST(WholeKernelBroken, is_told_of_the_shrinker_on_any_number_of_cpus) {
  const Variant variant = find_variant(load_lessons(), "whole-kernel/broken");
  const Program program = build_variant(variant);
  for (const unsigned cpus : {2u, 8u, 64u}) {
    Config config = variant.lesson.config;
    config.cpus = cpus;
    Session session(program, config);
    EXPECT_TRUE(kinds_found(session).contains("lock-order")) << cpus << " CPUs";
  }
}

TEST(Haystack, has_three_mistakes_that_one_run_finds) {
  const Variant variant = find_variant(load_lessons(), "haystack/broken");
  Session session(build_variant(variant), variant.lesson.config);
  const std::set<std::string> kinds = kinds_found(session);
  for (const char* kind : {"lock-order", "data-race", "use-after-free"})
    EXPECT_TRUE(kinds.contains(kind)) << kind;
}

}  // namespace
}  // namespace run
