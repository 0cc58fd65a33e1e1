// SPDX-License-Identifier: MIT
// Counts of what happened in a run, read from the trace.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/trace.h"

namespace cli {

// Name and count, in a fixed order: "events", "switches", "interrupts", ...
// Of events that the memory budget has dropped only "events" knows.
std::vector<std::pair<std::string, uint64_t>> count_events(const sim::Trace& trace);

}  // namespace cli
