// SPDX-License-Identifier: MIT
// Who holds which lock and who waits, read from the trace up to the present.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "sim/core/trace.h"

namespace cli {

// One lock, by the address of its dep_map. Tasks by struct task_struct.
struct LockState {
  std::vector<uint32_t> holders;  // several for readers
  std::vector<uint32_t> waiters;  // in the order in which they began to wait
};

// Locks that are held or waited for now. In lanes of which the beginning was
// dropped, a lock taken before it is not known.
std::map<uint32_t, LockState> locks_now(const sim::Trace& trace);

}  // namespace cli
