// SPDX-License-Identifier: MIT
// Stay: the CPU that stepped last goes on until it can't; then the first that
// can. The default of a search: its schedules are deviations from this.
#pragma once

#include "sim/core/arbiter.h"

namespace sim {

class StayArbiter final : public Arbiter {
 public:
  // The answer without the object, for those who deviate from it.
  static unsigned stay(const Choice& choice) {
    const bool can = choice.current < kSourceBase && choice.enabled(choice.current);
    return can ? choice.current : static_cast<unsigned>(std::countr_zero(choice.cpus));
  }

  const char* name() const override { return "stay"; }
  unsigned choose(const Choice& choice) override { return stay(choice); }
  bool asked_at_points() const override { return true; }
};

}  // namespace sim
