// SPDX-License-Identifier: MIT
// How long a frame takes, at 1920x1080 without a GPU: CPU time of this thread.
#pragma once

#include <cstdint>

#include "sim/run/config.h"
#include "sim/run/program.h"

namespace gui {

struct FrameTimes {
  uint64_t events = 0;
  double median_ms = 0, p99_ms = 0, longest_ms = 0;
  double index_ns_per_event = 0;  // to bring one event into the index
  double index_bytes_per_event = 0;
};

// Makes an index of that many events (8 CPUs, locks, interrupts, functions),
// then zooms and pans over all of it, from everything to a millionth.
FrameTimes bench_frames(uint64_t events, int frames = 300);

struct RunningTimes {
  double median_ms = 0, p99_ms = 0;  // CPU time of a frame at full speed
  double step_ns = 0;                // of a session alone, no window, no second thread
  double slowdown = 0;               // a step's ns with a window that looks / alone
  double first_picture_ms = 0;       // of all that had happened unseen
  double idle_ms = 0;                // CPU time a second when nothing happens
  uint64_t events = 0;
};

// A machine that runs for ever, alone and watched in turns. Its steps are
// measured in CPU time of its thread and the time in which it waited for the
// window: other work on this computer does not count.
RunningTimes bench_running(const run::Program& program, const run::Config& config);

}  // namespace gui
