// SPDX-License-Identifier: MIT
// A run as text for people: one column a CPU, one row an event, from top to
// bottom in the order in which things happened, with the place in the source
// at the row's end.
//
//   step     time  CPU 0 ab/0               CPU 1 ba/1               where
//    212  4.120us  takes &s.a                                        broken.c:31
//    219  4.180us                           takes &s.b               broken.c:44
//    233  4.300us  waits for &s.b (held by                           broken.c:32
//                    CPU 1 ba/1)
//    240  4.390us                           waits for &s.a (held by  broken.c:45
//                                             CPU 0 ab/0)
//                  BLOCKED on &s.b          BLOCKED on &s.a
//
// CPUs on which nothing happens in the rows shown have no column; where the
// terminal is too narrow for the rest, all share one column and rows say their
// CPU. The same run gives the same text.
#pragma once

#include <cstdint>
#include <string>

#include "sim/run/run_view.h"

namespace run {

// What has a row of its own.
enum class Rows {
  kUser,    // what the user's code does and what happens to it, with the values
            // of its accesses to shared data as far as the trace still has them
  kEvents,  // every event of the lanes, the kernel's own included
  kSteps,   // and every step
};

struct LanesOptions {
  Rows rows = Rows::kUser;
  uint64_t last = 40;                // at most so many rows, the last ones
  uint64_t from_step = 0;            // nothing before this step
  uint64_t until_step = UINT64_MAX;  // and nothing after this step
  unsigned columns = 100;            // of the terminal
};

std::string lanes(const RunView& view, const LanesOptions& options = {});

}  // namespace run
