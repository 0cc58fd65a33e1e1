// SPDX-License-Identifier: MIT
// The state of everything at one time, read off the tracks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gui/model/timeline.h"

namespace gui {

struct CpuMoment {
  std::vector<Interval> frames;  // by depth; empty: nothing ran yet
  bool irqs_off = false, preempt_off = false, reading = false;
  std::optional<uint32_t> waits_for;  // a Thing: lock or value
  uint64_t waiting_since = 0;
  unsigned holds = 0;  // locks
};

struct LockMoment {
  uint32_t lock = 0;  // index into Timeline::locks
  std::vector<Interval> holders, waiters;
};

struct Moment {
  uint64_t time = 0;
  std::vector<CpuMoment> cpus;
  // The busiest first: held and waited for, held, then by contentions.
  std::vector<LockMoment> locks;
  std::optional<Interval> grace;
};

// `locks_max` bounds the work: all locks that are held or were ever contended
// come first, then the most used.
Moment moment_at(const Timeline& t, uint64_t time, size_t locks_max = 24);

// "CPU 1 spins on dev->lock for 46.0 us in softirq NET_RX; CPU 0 nginx/1024 holds it".
std::string sentence(const Timeline& t, const Interval& e);

}  // namespace gui
