// SPDX-License-Identifier: MIT
// The executor `threads`, by the clock on the wall: what more processors bring.
#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "sim/cli/bench.h"
#include "sim/core/error.h"
#include "sim/run/session.h"

namespace cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double kSeconds = 0.7;  // of one measurement
constexpr uint64_t kThreadsSlice = 2'000'000, kThreadsWarmUp = 2'000'000;

struct Work {
  const char* executor;
  unsigned cpus;
  bool shared;
  unsigned length;  // accesses under the lock
};

uint64_t turns(const run::Session& session) {
  uint64_t sum = 0;
  for (unsigned cpu = 0; cpu < session.cpus(); ++cpu) {
    const auto counter =
        session.symbols().find_variable("place[" + std::to_string(cpu) + "].turns");
    uint64_t value = 0;
    SIM_ASSERT(counter && session.read_memory(counter->address, &value, sizeof value));
    sum += value;
  }
  return sum;
}

void advance(run::Session& session, uint64_t steps) {
  run::Limit limit;
  limit.step = session.position().step + steps;
  if (session.run(limit) != run::Stop::kLimit) {
    throw sim::UserError("the benchmark's machine stopped early: " + session.verdict());
  }
}

// Turns that all CPUs take in a second.
double turns_per_second(const Work& work) {
  run::Config config;
  config.executor = work.executor;
  config.cpus = work.cpus;
  config.checks = "none";
  config.steps_max = UINT64_MAX;
  config.time_max_ns = uint64_t{200'000} * 1'000'000'000;
  config.params = {{"shared", work.shared ? "1" : "0"}, {"work", std::to_string(work.length)}};
  run::Session session(run::build_program({run::home() / "sim/cli/bench/parallel.c"}), config);
  advance(session, kThreadsWarmUp);
  double best = 0;
  for (unsigned i = 0; i < kRuns; ++i) {
    const uint64_t before = turns(session);
    const Clock::time_point begin = Clock::now();
    std::chrono::duration<double> seconds{};
    while (seconds.count() < kSeconds) {
      advance(session, kThreadsSlice);
      seconds = Clock::now() - begin;
    }
    best = std::max(best, static_cast<double>(turns(session) - before) / seconds.count());
  }
  return best;
}

Measure against_others(const char* name, double value, double floor) {
  return {name, value, "1/s", floor, value / floor};
}

}  // namespace

void measure_threads(std::vector<Measure>& to) {
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  const unsigned cpus = std::min(cores, 32u);
  to.push_back(against_others("threads_uncontended",
                              turns_per_second({"threads", cpus, false, 100}),
                              turns_per_second({"threads", 1, false, 100})));
  for (const auto& [name, contending] :
       {std::pair("threads_contended", std::max(cpus, 2u)), std::pair("threads_crowded", 2 * cpus)})
    to.push_back(against_others(name, turns_per_second({"threads", contending, true, 4}),
                                turns_per_second({"lockstep", contending, true, 4})));
}

}  // namespace cli
