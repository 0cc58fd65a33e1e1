// SPDX-License-Identifier: MIT
// Parameters of the kernel that `--boot NAME=V` sets; whole numbers, as in Linux.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/check/limits.h"

namespace run {

struct BootParameter {
  const char* name;
  uint64_t max;
  bool guest;                                 // the guest reads it from its command line
  void (*apply)(check::Limits&, uint64_t v);  // nullptr: nothing on the host's side
};

const std::vector<BootParameter>& boot_parameters();
const BootParameter& boot_parameter(std::string_view name);  // asserts that it exists

}  // namespace run
