// SPDX-License-Identifier: MIT
// What the executors can do: Config::executor, "lockstep" or "threads".
#pragma once

#include <string_view>

#include "sim/run/config.h"

namespace run {

// Whether the same configuration makes the same run again: what replay, steps
// back, searches and schedule files stand on.
bool repeats(const Config& config);

// Throws sim::UserError, a sentence that begins with `what`, if it does not.
void require_repeats(const Config& config, std::string_view what);

// The configuration with all that it leaves open filled in for its executor.
// Throws sim::UserError for what the executor can't do.
Config for_executor(Config config);

}  // namespace run
