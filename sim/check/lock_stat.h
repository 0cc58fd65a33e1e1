// SPDX-License-Identifier: MIT
// lock_stat: how long locks were waited for and held, and where.
//
// A reader of the trace and nothing else, so it works for any window of it. In
// Linux's columns: "contentions" counts waits that ended, "acquisitions" holds
// that ended inside the window; a bounce is a lock taken, or waited for, on
// another CPU than it was taken on last. Times are virtual, in ns.
//
// Locks of one name are one class.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/core/trace.h"

namespace check {

struct LockTimes {
  uint64_t count = 0, min = 0, max = 0, total = 0;
  void add(uint64_t ns);
  uint64_t average() const { return count ? total / count : 0; }
};

// One class; [0] writers (or any exclusive holder), [1] readers.
struct LockStat {
  struct Point {
    uint32_t pc;
    uint64_t count;
  };
  std::string name;
  LockTimes wait[2], hold[2];
  uint64_t contended_bounces[2] = {}, acquired_bounces[2] = {};
  std::vector<Point> contention;  // where it was waited for
  std::vector<Point> contending;  // where it had been taken meanwhile

  uint64_t contentions() const { return wait[0].count + wait[1].count; }
};

// What the words need.
struct LockStatNames {
  std::function<std::string(uint32_t map)> lock;
  std::function<std::string(uint32_t pc)> function_offset;
};

// Events with a virtual time in [from_ns, to_ns). Most contended first.
std::vector<LockStat> lock_stat(const sim::Trace& trace, const LockStatNames& names,
                                uint64_t from_ns = 0, uint64_t to_ns = UINT64_MAX);

// /proc/lock_stat.
std::string lock_stat_text(const std::vector<LockStat>& classes, const LockStatNames& names);

}  // namespace check
