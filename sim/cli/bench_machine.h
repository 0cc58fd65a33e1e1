// SPDX-License-Identifier: MIT
// The machine that the benchmarks measure: sim/cli/bench/contend.c on N CPUs.
#pragma once

#include <memory>

#include "sim/run/session.h"

namespace cli {

struct Contention {
  unsigned cpus = 4;
  bool shared = true;           // one lock for all, or one each
  const char* checks = "none";  // lock owners and deadlocks are always tracked
};

// Booted, all workers long at work.
std::unique_ptr<run::Session> contending_machine(const Contention& what);

// CPU time of this thread for one step, in ns, over the next `steps` steps.
double step_ns(run::Session& session, uint64_t steps);

}  // namespace cli
