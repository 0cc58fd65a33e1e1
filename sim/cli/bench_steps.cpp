// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "sim/cli/bench.h"
#include "sim/cli/bench_floor.h"
#include "sim/cli/bench_machine.h"
#include "sim/cli/cpu_time.h"
#include "sim/core/error.h"

namespace cli {

namespace {

// The warm-up fills the trace's memory budget: what is measured is the steady
// state, in which chunks are recycled, not the host's clearing of fresh pages.
constexpr uint64_t kStepsWarmUp = 20'000'000, kMeasured = 10'000'000, kFarAway = 100'000'000;

double best_step_ns(const Contention& what) {
  const std::unique_ptr<run::Session> session = contending_machine(what);
  double best = step_ns(*session, kMeasured);
  for (unsigned i = 1; i < kRuns; ++i) best = std::min(best, step_ns(*session, kMeasured));
  return best;
}

Measure against_floor(const std::string& name, double value, const std::string& unit,
                      double floor) {
  return {name, value, unit, floor, value / floor};
}

}  // namespace

std::unique_ptr<run::Session> contending_machine(const Contention& what) {
  run::Config config;
  config.cpus = what.cpus;
  config.spinlock = "ticket";
  config.checks = what.checks;
  config.steps_max = UINT64_MAX;
  config.time_max_ns = uint64_t{200'000} * 1'000'000'000;  // longer than any run lasts
  config.params = {{"shared", what.shared ? "1" : "0"}};
  const run::Program program = run::build_program({run::home() / "sim/cli/bench/contend.c"});
  auto session = std::make_unique<run::Session>(program, config);
  run::Limit limit;
  limit.step = kStepsWarmUp;
  session->run(limit);
  if (session->position().step < kStepsWarmUp || session->verdict() != "clean") {
    throw sim::UserError(
        fmt::format("the benchmark's machine stopped early: {}", session->verdict()));
  }
  return session;
}

double step_ns(run::Session& session, uint64_t steps) {
  run::Limit limit;
  const uint64_t first = session.position().step;
  limit.step = first + steps;
  const double begin = cpu_seconds();
  session.run(limit);
  const double seconds = cpu_seconds() - begin;
  SIM_ASSERT(session.position().step == first + steps);
  return seconds * 1e9 / static_cast<double>(steps);
}

void measure_steps(std::vector<Measure>& to) {
  const double floor = measure_floor_ns();
  const double step = best_step_ns({4, true});
  to.push_back(against_floor("step", step, "ns", floor));
  to.push_back({"steps_per_second", 1e9 / step, "1/s", 1e9 / floor, floor / step});
}

void measure_many_cpus(std::vector<Measure>& to) {
  const double few = best_step_ns({4, false});
  to.push_back(against_floor("step_64_cpus", best_step_ns({64, false}), "ns", few));
}

void measure_checks(std::vector<Measure>& to) {
  const double none = best_step_ns({4, true});
  const double without_races = best_step_ns({4, true, "lockdep,context,memory,rcu,lockup,objects"});
  to.push_back(against_floor("step_checked_but_races", without_races, "ns", none));
  to.push_back(against_floor("step_checked", best_step_ns({4, true, "all"}), "ns", none));
}

void measure_back(std::vector<Measure>& to) {
  using Clock = std::chrono::steady_clock;
  const std::unique_ptr<run::Session> session = contending_machine({4, true});
  run::Limit limit;
  limit.step = kFarAway;
  session->run(limit);
  const Clock::time_point begin = Clock::now();
  session->back(run::Unit::kStep);
  const std::chrono::duration<double> seconds = Clock::now() - begin;
  SIM_ASSERT(session->position().step == kFarAway - 1);
  to.push_back({"back_one_step_after_100M", seconds.count(), "s", {}, {}});
}

}  // namespace cli
