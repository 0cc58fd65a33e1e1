// SPDX-License-Identifier: MIT
// Every lesson's failure is found by the search, and that there is none in the
// fixed variant is shown for all schedules within the same bounds.
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/run/explore.h"
#include "sim/run/lesson.h"
#include "sim/run/session.h"

namespace run {
namespace {

constexpr unsigned kSchedulesMax = 50'000;

// The bounds within which a lesson is searched; one line a lesson.
struct Bounds {
  const char* lesson;
  unsigned preemptions, interrupts;
};
void PrintTo(const Bounds& bounds, std::ostream* out) { *out << bounds.lesson; }

constexpr Bounds kBounds[] = {
    {"lost-update", 1, 0},  {"check-then-act", 1, 0}, {"ab-ba", 1, 0},
    {"handler-lock", 1, 1}, {"softirq-lock", 1, 1},   {"early-irqs", 1, 1},
    {"nmi-lock", 1, 1},     {"percpu-preempt", 1, 1}, {"irq-storm", 0, 1},
    {"nesting", 1, 1},      {"preempt-models", 1, 1},
};

ExploreResult search(const Variant& variant, const Bounds& bounds) {
  ExploreOptions options;
  options.preemptions_max = bounds.preemptions;
  options.interrupts_max = bounds.interrupts;
  options.schedules_max = kSchedulesMax;
  Explorer explorer(build_variant(variant), variant.lesson.config, options);
  return explorer.run();
}

std::string gravest(const std::vector<check::Finding>& findings) {
  for (const std::string& verdict : verdicts()) {
    if (std::any_of(findings.begin(), findings.end(),
                    [&](const check::Finding& f) { return f.kind == verdict; })) {
      return verdict;
    }
  }
  return "clean";
}

class Searched : public testing::TestWithParam<Bounds> {};

TEST_P(Searched, finds_the_failure_and_shows_that_its_cure_has_none) {
  const std::vector<Lesson> lessons = load_lessons(TEST_SOURCE_DIR "/demos");
  const std::string name = GetParam().lesson;
  const Variant broken = find_variant(lessons, name + "/broken");
  const ExploreResult failure = search(broken, GetParam());
  EXPECT_TRUE(failure.found);
  EXPECT_EQ(gravest(failure.findings), broken.lesson.expect_broken);
  EXPECT_LE(failure.runs, 1000u);
  const ExploreResult none = search(find_variant(lessons, name + "/fixed"), GetParam());
  EXPECT_FALSE(none.found) << (none.findings.empty() ? "" : none.findings[0].text);
  EXPECT_TRUE(none.finished) << none.schedules;
  EXPECT_EQ(none.cut, 0u);
  EXPECT_GT(none.schedules, 50u);
}

INSTANTIATE_TEST_SUITE_P(Lessons, Searched, testing::ValuesIn(kBounds),
                         [](const testing::TestParamInfo<Bounds>& info) {
                           std::string id = info.param.lesson;
                           std::replace(id.begin(), id.end(), '-', '_');
                           return id;
                         });

TEST(Models, the_urgent_thread_waits_only_where_nobody_preempts) {
  const std::vector<Lesson> lessons = load_lessons(TEST_SOURCE_DIR "/demos");
  const auto verdict = [&](const char* name, const char* model) {
    const Variant variant = find_variant(lessons, name);
    Config config = variant.lesson.config;
    config.preempt = model;
    Session session(build_variant(variant), config);
    while (!session.finished()) session.run({});
    return session.verdict();
  };
  EXPECT_EQ(verdict("preempt-models/broken", "none"), "bug");
  EXPECT_EQ(verdict("preempt-models/broken", "voluntary"), "bug");
  EXPECT_EQ(verdict("preempt-models/broken", "full"), "clean");
  for (const char* model : {"none", "voluntary", "full"}) {
    EXPECT_EQ(verdict("preempt-models/fixed", model), "clean") << model;
  }
}

}  // namespace
}  // namespace run
