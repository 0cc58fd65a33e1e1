// SPDX-License-Identifier: MIT
// A run as a file that Perfetto's UI (and chrome://tracing) opens.
//
//  CPUs   a track each: the task that runs, on it functions, interrupt frames,
//         waits for locks and spins, nested as they were
//  Locks  a track each: who holds it; waiters and readers as spans beside
//  RCU    grace periods, quiescent states; readers as spans
//
// Arrows: from a wake-up to where the task runs, from a release to the waiter
// that gets the lock. Slices carry step and source line. Times are virtual.
#pragma once

#include <filesystem>
#include <ostream>

#include "sim/run/run_view.h"

namespace run {

void write_perfetto(const RunView& view, std::ostream& out);

// Into a file that appears whole. Throws sim::UserError.
void export_perfetto(const RunView& view, const std::filesystem::path& path);

}  // namespace run
