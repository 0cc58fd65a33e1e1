// SPDX-License-Identifier: MIT
// Schedules a second, and how soon the first failure is found.
#include <fmt/format.h>

#include "sim/cli/bench.h"
#include "sim/cli/cpu_time.h"
#include "sim/core/error.h"
#include "sim/run/explore.h"

namespace cli {

namespace {

constexpr uint64_t kSchedules = 40'000;

run::Config config_of(unsigned length) {
  run::Config config;
  config.params = {{"length", std::to_string(length)}};
  return config;
}

// Drawn at random, so that there are enough of them; of 100 to 300 steps each,
// from the root to the power-off.
double schedules_per_second(const run::Program& program, unsigned length) {
  run::ExploreOptions options;
  options.strategy = "random";
  options.schedules_max = kSchedules;
  options.interrupts_max = 0;
  options.stop_at_failure = false;
  double best = 0;
  for (unsigned i = 0; i < kRuns; ++i) {
    run::Explorer explorer(program, config_of(length), options);
    const double begin = cpu_seconds();
    const run::ExploreResult result = explorer.run();
    const double seconds = cpu_seconds() - begin;
    SIM_ASSERT(result.runs == kSchedules);
    SIM_ASSERT(result.steps / result.runs >= 100 && result.steps / result.runs <= 300);
    best = std::max(best, static_cast<double>(kSchedules) / seconds);
  }
  return best;
}

void measure_first_failure(const run::Program& program, std::vector<Measure>& to) {
  double best = 1;
  for (unsigned i = 0; i < 4 * kRuns; ++i) {
    run::Explorer explorer(program, config_of(0), {});
    const run::ExploreResult result = explorer.run();
    SIM_ASSERT(result.found && result.runs <= 100);
    best = std::min(best, result.seconds);
  }
  to.push_back({"explore_finds_ab_ba", best * 1e3, "ms", {}, {}});
}

}  // namespace

void measure_search(std::vector<Measure>& to) {
  const run::Program program = run::build_program({run::home() / "sim/cli/bench/search.c"});
  to.push_back({"explore_ab_ba", schedules_per_second(program, 0), "1/s", {}, {}});
  to.push_back({"explore_200_steps", schedules_per_second(program, 1), "1/s", {}, {}});
  measure_first_failure(program, to);
}

}  // namespace cli
