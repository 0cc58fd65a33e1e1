// SPDX-License-Identifier: MIT
// Round robin: enabled CPUs in turn, one step each.
#pragma once

#include "sim/core/arbiter.h"

namespace sim {

class RoundRobinArbiter final : public Arbiter {
 public:
  const char* name() const override { return "round_robin"; }
  unsigned choose(const Choice& choice) override {
    const uint64_t after = choice.current == 63 ? 0 : choice.cpus >> (choice.current + 1);
    return after ? choice.current + 1 + static_cast<unsigned>(std::countr_zero(after))
                 : static_cast<unsigned>(std::countr_zero(choice.cpus));
  }
};

}  // namespace sim
