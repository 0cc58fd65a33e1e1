// SPDX-License-Identifier: MIT
#include "sim/run/executor.h"

#include <fmt/format.h>

#include "sim/check/suite.h"
#include "sim/core/error.h"

namespace run {
namespace {

// Races are judged by the order of single accesses, which nobody knows here.
constexpr std::string_view kNeedsSteps = "race";

std::string all_for_threads() {
  std::string names;
  for (const std::string& name : check::checker_names()) {
    if (name != kNeedsSteps) names += (names.empty() ? "" : ",") + name;
  }
  return names;
}

}  // namespace

bool repeats(const Config& config) { return config.executor == "lockstep"; }

void require_repeats(const Config& config, std::string_view what) {
  if (repeats(config)) return;
  throw sim::UserError(
      fmt::format("{} needs --executor lockstep: a run on threads is another one each time", what));
}

Config for_executor(Config config) {
  if (config.checks.empty()) config.checks = "all";
  if (repeats(config)) return config;
  if (config.arbiter != "live") require_repeats(config, "--arbiter " + config.arbiter);
  if (config.checks == "all") config.checks = all_for_threads();
  if (("," + config.checks + ",").find(fmt::format(",{},", kNeedsSteps)) != std::string::npos) {
    throw sim::UserError(
        "--check race needs --executor lockstep: threads do not tell in which order they access "
        "memory");
  }
  return config;
}

}  // namespace run
