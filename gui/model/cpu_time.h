// SPDX-License-Identifier: MIT
// CPU time of the calling thread, in ms: what a frame costs, whatever else runs.
#pragma once

#include <time.h>

namespace gui {

inline double cpu_ms() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

}  // namespace gui
