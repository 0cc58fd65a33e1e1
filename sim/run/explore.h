// SPDX-License-Identifier: MIT
// Explore: looks for an interleaving, interrupts included, in which a program
// fails; or shows that there is none within bounds.
//
// Every schedule starts at the same root (see explore_arbiter.h) and is run to
// its end: the shutdown of the machine, a finding, or a limit. The exhaustive
// search goes through the preemption bounds 0, 1, 2, ... and, within each,
// through all schedules, each once. It stops at the first failure.
//
// The sources of the configuration raise nothing by themselves: the search does.
//
// The surprising thing: a schedule found is a schedule of the arbiter `stay`
// with deviations, from power-on; Session::replay() shows it with everything.
//
//   run::Explorer explorer(program, config, options);
//   const run::ExploreResult result = explorer.run();
//   if (result.found) print(result.findings, result.deviations);
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cpu/engine.h"
#include "sim/check/finding.h"
#include "sim/core/exhaustive.h"
#include "sim/run/config.h"
#include "sim/run/program.h"

namespace run {

class Machine;

struct ExploreOptions {
  static constexpr unsigned kNoBound = 1'000'000;

  std::string strategy = "exhaustive";  // exhaustive | random | pct
  unsigned preemptions_max = kNoBound;  // the last preemption bound
  unsigned interrupts_max = 1;          // raised by the search in one schedule
  bool every_step = false;              // kernel-core steps are choice points too
  uint64_t schedules_max = UINT64_MAX;  // random, pct: default kRunsDefault
  double seconds_max = 0;               // of search; 0: no limit
  uint64_t steps_max = 100'000;         // of one schedule, from the root
  unsigned pct_depth = 3;
  bool stop_at_failure = true;

  static constexpr uint64_t kRunsDefault = 10'000;
};

struct ExploreProgress {
  uint64_t schedules = 0;
  double seconds = 0;
  unsigned bound = 0;  // of preemptions
  double done = 0;     // share of this bound's schedules, 0 to 1; an estimate
};

// How one schedule ended.
struct ExploreEnd {
  bool failed = false;
  bool cut = false;    // at steps_max
  bool waits = false;  // all slept past the time limit: no interrupt was tried there
};

struct ExploreResult {
  bool found = false;
  uint64_t schedules = 0;  // different ones
  uint64_t runs = 0;       // with those that a larger bound repeats
  uint64_t failures = 0;   // more than 1 only without stop_at_failure
  uint64_t cut = 0;        // schedules that ended at steps_max
  uint64_t waits = 0;      // ... that slept past the time limit, see ExploreEnd
  uint64_t steps = 0;      // executed from the root on, all runs together
  double seconds = 0;      // from the root on, until it was found or all was seen
  unsigned bound = 0;      // the last one
  bool finished = false;   // everything within the bounds was seen
  bool cut_by_preemptions = false, cut_by_interrupts = false;
  // All schedules there are: finished, and no bound left anything out.
  bool complete() const {
    return finished && !cut_by_preemptions && !cut_by_interrupts && cut == 0 && waits == 0;
  }

  // The first failure, if found: what replays it, and what it was.
  Config config;
  std::vector<cpu::Deviation> deviations;
  std::vector<check::Finding> findings;
  uint64_t step = 0;  // where it ended
};

class Explorer {
 public:
  // Throws sim::UserError.
  Explorer(const Program& program, const Config& config, const ExploreOptions& options);
  ~Explorer();

  // Called now and then; false ends the search.
  void on_progress(std::function<bool(const ExploreProgress&)> callback);
  // Called at the end of each schedule, while the machine stands there.
  void on_end(std::function<void(const Machine&, const ExploreEnd&)> callback);

  ExploreResult run();
  // At the end of a schedule: what makes it, with result.config.
  const std::vector<cpu::Deviation>& deviations() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// What was covered, in a sentence for people: "all 924 schedules with at most 2
// preemptions and 1 interrupt; more preemptions would show more".
std::string coverage_text(const ExploreResult& result, const ExploreOptions& options);

}  // namespace run
