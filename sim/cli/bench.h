// SPDX-License-Identifier: MIT
// Benchmarks: each one function that measures and says what it means.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cli {

// Of each measurement; the best counts: the others were disturbed.
constexpr unsigned kRuns = 3;

struct Measure {
  std::string name;
  double value = 0;
  std::string unit;
  std::optional<double> floor;  // what it is compared with, in the same unit
  std::optional<double> ratio;  // value / floor
};

// A step with CPU switch, against the floor; and steps per second.
void measure_steps(std::vector<Measure>& to);
// A step on 64 CPUs, against one on 4.
void measure_many_cpus(std::vector<Measure>& to);
// With all checkers but races, and with all, against a step without them.
void measure_checks(std::vector<Measure>& to);
// Reset to the booted state and AB-BA once, per second.
void measure_resets(std::vector<Measure>& to);
// Schedules that a search makes a second, and until it has found AB-BA.
void measure_search(std::vector<Measure>& to);
// An interrupt, taken and returned from, against a step.
void measure_interrupts(std::vector<Measure>& to);
// CPUs on threads: as many as processors against one; contending, against lockstep.
void measure_threads(std::vector<Measure>& to);
// Back by one step after 100 million.
void measure_back(std::vector<Measure>& to);
// The window: frames over long traces and while the machine runs.
void measure_gui(std::vector<Measure>& to);

}  // namespace cli
