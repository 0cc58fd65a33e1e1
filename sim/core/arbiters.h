// SPDX-License-Identifier: MIT
// The arbiters by name. A new one: its file, a line in arbiters.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/core/arbiter.h"
#include "sim/core/arena.h"

namespace sim {

// "live", "manual" and "replay" are virtual-time order, which the engine does
// itself: nullptr. (manual: the user deviates; replay: the schedule does.)
// Throws UserError for a name that is none.
std::unique_ptr<Arbiter> make_arbiter(const std::string& name, Arena& arena, uint64_t seed);
const std::vector<std::string>& arbiter_names();

}  // namespace sim
