// SPDX-License-Identifier: MIT
// What a run is made from, apart from its images: everything that the user can set.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace run {

// An injectable interrupt source: "eth0", 20000 per second of virtual time.
struct Source {
  std::string name;
  double rate_hz = 0;               // 0: never by itself
  std::string pattern = "poisson";  // periodic | poisson | burst | once
  uint64_t once_step = 0;           // for "once": the step at which it fires
};

struct Config {
  unsigned cpus = 2;  // 1-64
  uint64_t seed = 1;
  std::string executor = "lockstep";  // lockstep | threads
  std::string arbiter = "live";       // live | random | round_robin | manual | replay
  std::string preempt = "full";       // none | voluntary | full
  std::string spinlock = "queued";    // tas | ticket | mcs | queued
  unsigned hz = 250;                  // ticks per second and CPU
  std::vector<std::pair<std::string, std::string>> params;  // of the module
  std::vector<std::pair<std::string, std::string>> boot;    // of the kernel
  std::vector<Source> sources;
  uint64_t steps_max = 20'000'000;  // verdict "step-limit" beyond
  uint64_t time_max_ns = 0;         // after it module_exit is called; 0: 1 s
  // all | none | names of sim/check/suite.h, with commas. Empty: the usual ones,
  // all in a session; in a search those that judge what happened, not what might.
  std::string checks;
};

// When the machine is switched off, in ns of virtual time.
inline uint64_t time_max(const Config& config) {
  return config.time_max_ns ? config.time_max_ns : 1'000'000'000;
}

}  // namespace run
