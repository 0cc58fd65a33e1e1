// SPDX-License-Identifier: MIT
// How long something may take before it is called a hang; Linux's defaults, in
// virtual time.
#pragma once

#include <cstdint>

namespace check {

struct Limits {
  static constexpr uint64_t kNever = UINT64_MAX / 2;
  uint64_t soft_ns = 20'000'000'000;   // 2 * watchdog_thresh
  uint64_t hard_ns = 10'000'000'000;   // watchdog_thresh
  uint64_t hung_ns = 120'000'000'000;  // hung_task_timeout_secs
  uint64_t stall_ns = 21'000'000'000;  // rcu_cpu_stall_timeout
};

}  // namespace check
