// SPDX-License-Identifier: MIT
#include "sim/run/explore.h"

#include <fmt/format.h>

#include <chrono>

#include "sim/check/suite.h"
#include "sim/core/error.h"
#include "sim/core/pct.h"
#include "sim/core/random_walk.h"
#include "sim/core/stay_arbiter.h"
#include "sim/run/checkpoint.h"
#include "sim/run/executor.h"
#include "sim/run/explore_arbiter.h"
#include "sim/run/machine.h"

namespace run {
namespace {

using Clock = std::chrono::steady_clock;

constexpr uint64_t kRunsPerLook = 256;  // at the clock of the host
constexpr double kProgressSeconds = 0.1;

Config for_search(Config config) {
  config.arbiter = "stay";
  if (config.checks.empty()) config.checks = check::checks_of_what_happened();
  for (Source& source : config.sources) {
    source.rate_hz = 0;
    source.pattern = "never";
  }
  return config;
}

}  // namespace

struct Explorer::Impl {
  Impl(const Program& program, const Config& config_, const ExploreOptions& options_)
      : config(for_search(config_)),
        options(options_),
        machine(program, config),
        arbiter(machine, config, options.every_step),
        checkpoints(machine) {
    machine.set_describe(false);
    machine.engine().set_arbiter(&arbiter);
  }

  bool reach_root();
  ExploreEnd run_to_end();
  bool search(sim::Strategy& strategy, const sim::Exhaustive* exhaustive);
  void count(const ExploreEnd& end, const sim::Exhaustive* exhaustive);
  bool look_at_clock(const sim::Exhaustive* exhaustive);
  void all_bounds();
  void sample();
  void explain();
  double seconds() const { return std::chrono::duration<double>(Clock::now() - begun).count(); }

  const Config config;
  const ExploreOptions options;
  Machine machine;
  ExploreArbiter arbiter;
  Checkpoints checkpoints;
  std::shared_ptr<const Checkpoint> power_on, root;
  uint64_t base_reports = 0;  // made on the way to the root
  ExploreResult result;
  Clock::time_point begun;
  double told = 0;  // seconds at the last progress report
  std::function<bool(const ExploreProgress&)> progress;
  std::function<void(const Machine&, const ExploreEnd&)> ended;
};

// From power-on. False: it ended on the way.
bool Explorer::Impl::reach_root() {
  const uint64_t deadline = time_max(config);
  const auto reason = machine.engine().run(config.steps_max, cpu::Engine::kNoLimit, deadline);
  const bool silent = reason == cpu::StopReason::kStuck && machine.reports() == 0;
  return arbiter.at_root() || silent;
}

// As a session ends a run: the same here and there, so that it replays.
ExploreEnd Explorer::Impl::run_to_end() {
  cpu::Engine& engine = machine.engine();
  const uint64_t steps_end = root->step + options.steps_max;
  const uint64_t deadline = time_max(config);
  ExploreEnd end;
  for (;;) {
    const bool asked = machine.record().progress.shutdown_asked;
    const auto reason =
        engine.run(steps_end, cpu::Engine::kNoLimit, asked ? cpu::Engine::kNoLimit : deadline);
    end.failed = machine.reports() != base_reports;
    if (end.failed) return end;
    switch (reason) {
      case cpu::StopReason::kLimit:
        end.cut = true;
        return end;
      case cpu::StopReason::kTime: {
        const sim::Choice left = engine.choice();
        end.waits = !left.cpus && left.sources && options.interrupts_max;
        machine.ask_for_shutdown();
        break;
      }
      case cpu::StopReason::kStuck:
        end.failed = machine.judge_stuck();
        if (end.failed || asked) return end;
        machine.ask_for_shutdown();
        break;
      default:
        machine.judge_end();
        end.failed = machine.reports() != base_reports;
        return end;
    }
  }
}

void Explorer::Impl::count(const ExploreEnd& end, const sim::Exhaustive* exhaustive) {
  ++result.runs;
  result.steps += machine.engine().s.step - root->step;
  // What spent less than the bound was seen under a smaller one.
  if (exhaustive && exhaustive->spent().preemptions != result.bound) return;
  ++result.schedules;
  result.cut += end.cut;
  result.waits += end.waits;
  result.failures += end.failed;
  if (ended) ended(machine, end);
  if (!end.failed || result.found) return;
  result.found = true;
  result.deviations = arbiter.deviations();
}

// False: the time is over, or whoever watches has seen enough.
bool Explorer::Impl::look_at_clock(const sim::Exhaustive* exhaustive) {
  const double now = seconds();
  if (options.seconds_max > 0 && now >= options.seconds_max) return false;
  if (!progress || now < told + kProgressSeconds) return true;
  told = now;
  return progress({result.schedules, now, result.bound, exhaustive ? exhaustive->progress() : 0});
}

// False: the search is to end.
bool Explorer::Impl::search(sim::Strategy& strategy, const sim::Exhaustive* exhaustive) {
  arbiter.search(strategy);
  do {
    checkpoints.restore(root);
    machine.engine().set_deviations({});
    arbiter.begin_run();
    strategy.begin();
    count(run_to_end(), exhaustive);
    if (result.found && options.stop_at_failure) return false;
    if (result.schedules >= options.schedules_max) return false;
    if (result.runs % kRunsPerLook == 0 && !look_at_clock(exhaustive)) return false;
  } while (strategy.finish());
  return true;
}

void Explorer::Impl::all_bounds() {
  for (result.bound = 0;; ++result.bound) {
    sim::Exhaustive exhaustive({result.bound, options.interrupts_max});
    const bool whole = search(exhaustive, &exhaustive);
    result.cut_by_preemptions = exhaustive.cut_by_preemptions();
    result.cut_by_interrupts = exhaustive.cut_by_interrupts();
    if (!whole) return;
    if (!result.cut_by_preemptions || result.bound >= options.preemptions_max) break;
  }
  result.finished = true;
}

void Explorer::Impl::sample() {
  const uint64_t runs_max =
      options.schedules_max == UINT64_MAX ? ExploreOptions::kRunsDefault : options.schedules_max;
  if (options.strategy == "random") {
    sim::RandomWalk walk(config.seed, runs_max);
    search(walk, nullptr);
  } else {
    sim::Pct pct({config.seed, runs_max, options.pct_depth, options.interrupts_max});
    search(pct, nullptr);
  }
}

// Runs the failing schedule once more from power-on, as a replay does, for its
// words.
void Explorer::Impl::explain() {
  sim::StayArbiter stay;
  checkpoints.restore(power_on);
  base_reports = 0;
  machine.engine().set_arbiter(&stay);
  machine.engine().set_deviations(result.deviations);
  machine.set_describe(true);
  const ExploreEnd end = run_to_end();
  machine.engine().set_arbiter(&arbiter);
  SIM_ASSERT(end.failed);
  result.findings = machine.record().findings;
  result.step = machine.engine().s.step;
}

Explorer::Explorer(const Program& program, const Config& config, const ExploreOptions& options) {
  const std::string& name = options.strategy;
  if (name != "exhaustive" && name != "random" && name != "pct") {
    throw sim::UserError(
        fmt::format("there is no search \"{}\"; there are exhaustive, random and pct", name));
  }
  require_repeats(config, "a search");
  impl_ = std::make_unique<Impl>(program, config, options);
}

Explorer::~Explorer() = default;

void Explorer::on_progress(std::function<bool(const ExploreProgress&)> callback) {
  impl_->progress = std::move(callback);
}

void Explorer::on_end(std::function<void(const Machine&, const ExploreEnd&)> callback) {
  impl_->ended = std::move(callback);
}

const std::vector<cpu::Deviation>& Explorer::deviations() const {
  return impl_->arbiter.deviations();
}

ExploreResult Explorer::run() {
  Impl& search = *impl_;
  search.power_on = search.checkpoints.take();
  search.result.config = search.config;
  const bool choices = search.reach_root();
  search.root = search.checkpoints.take();
  search.begun = Clock::now();
  if (choices) search.base_reports = search.machine.reports();
  if (choices && search.options.strategy == "exhaustive") {
    search.all_bounds();
  } else if (choices) {
    search.sample();
  } else {
    search.count(search.run_to_end(), nullptr);
    search.result.finished = true;
  }
  search.result.seconds = search.seconds();
  if (search.result.found) search.explain();
  return search.result;
}

}  // namespace run
