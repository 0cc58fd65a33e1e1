// SPDX-License-Identifier: MIT
#include "sim/run/boot_parameters.h"

#include <algorithm>

#include "sim/core/error.h"

namespace run {

namespace {

constexpr uint64_t kSecondsMax = 1'000'000;

uint64_t ns_of(uint64_t seconds) {
  return seconds ? seconds * 1'000'000'000 : check::Limits::kNever;
}

}  // namespace

const std::vector<BootParameter>& boot_parameters() {
  static const std::vector<BootParameter> table{
      {"hung_task_timeout_secs", kSecondsMax, false,
       [](check::Limits& limits, uint64_t v) { limits.hung_ns = ns_of(v); }},
      {"osq", 1, true, nullptr},
      {"rcu_cpu_stall_timeout", kSecondsMax, true,
       [](check::Limits& limits, uint64_t v) { limits.stall_ns = ns_of(v); }},
      {"watchdog_thresh", kSecondsMax, false,
       [](check::Limits& limits, uint64_t v) {
         limits.hard_ns = ns_of(v);
         limits.soft_ns = ns_of(2 * v);
       }},
  };
  return table;
}

const BootParameter& boot_parameter(std::string_view name) {
  const auto& all = boot_parameters();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const BootParameter& p) { return p.name == name; });
  SIM_ASSERT(found != all.end());
  return *found;
}

}  // namespace run
