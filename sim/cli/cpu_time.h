// SPDX-License-Identifier: MIT
// CPU time of the calling thread: what benchmarks measure, so that a busy
// machine disturbs them less.
#pragma once

#include <ctime>

namespace cli {

inline double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace cli
