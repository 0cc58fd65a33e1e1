// SPDX-License-Identifier: MIT
// The lesson of all subsystems at once, on more machines than the lesson's own.
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

TEST(WholeKernel, has_right_results_and_no_finding_on_2_to_64_cpus) {
  const Variant variant = find_variant(load_lessons(), "whole-kernel/fixed");
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
      EXPECT_EQ(session.log().size(), 1u) << "it did not come to its end";
    }
  }
}

TEST(WholeKernel, has_three_mistakes_that_one_run_finds) {
  const Variant variant = find_variant(load_lessons(), "whole-kernel/broken");
  Session session(build_variant(variant), variant.lesson.config);
  const std::set<std::string> kinds = kinds_found(session);
  for (const char* kind : {"lock-order", "data-race", "use-after-free"})
    EXPECT_TRUE(kinds.contains(kind)) << kind;
}

}  // namespace
}  // namespace run
