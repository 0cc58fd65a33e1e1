// SPDX-License-Identifier: MIT
// A search in words.
#include <fmt/format.h>

#include "sim/run/explore.h"

namespace run {
namespace {

std::string counted(uint64_t n, const char* thing) {
  return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

}  // namespace

std::string coverage_text(const ExploreResult& result, const ExploreOptions& options) {
  const std::string schedules = counted(result.schedules, "schedule");
  if (options.strategy != "exhaustive") {
    return fmt::format("{} drawn by {}", schedules, options.strategy);
  }
  const std::string bounds = fmt::format("at most {} and {}", counted(result.bound, "preemption"),
                                         counted(options.interrupts_max, "interrupt"));
  if (result.complete()) return fmt::format("all {} that there are", schedules);
  if (!result.finished) {
    return fmt::format("{}, not yet all of those with {}", schedules, bounds);
  }
  std::string text = fmt::format("all {} with {}", schedules, bounds);
  if (result.cut_by_preemptions) text += "; more preemptions would show more";
  if (result.cut_by_interrupts) text += "; more interrupts would show more";
  if (result.cut > 0) {
    text += fmt::format("; {} cut off after {}", result.cut, counted(options.steps_max, "step"));
  }
  if (result.waits > 0) {
    text += fmt::format("; {} slept past --time, where interrupts were not tried", result.waits);
  }
  return text;
}

}  // namespace run
