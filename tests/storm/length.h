// SPDX-License-Identifier: MIT
// How long a storm is: a short one for every day, or as LOCKSTEP_STORM_MS says.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace run {

// ms of virtual time.
inline uint64_t storm_milliseconds() {
  const char* wanted = std::getenv("LOCKSTEP_STORM_MS");
  return wanted ? std::strtoull(wanted, nullptr, 10) : 2;
}

}  // namespace run
