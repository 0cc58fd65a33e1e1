// SPDX-License-Identifier: MIT
// Random: every enabled CPU is as likely as any other to take the next step.
#pragma once

#include "sim/core/arbiter.h"
#include "sim/core/arena.h"
#include "sim/core/prng.h"

namespace sim {

class RandomArbiter final : public Arbiter {
 public:
  RandomArbiter(Arena& arena, uint64_t seed) : prng_(*arena.make<Prng>()) { prng_.seed(seed); }
  const char* name() const override { return "random"; }
  unsigned choose(const Choice& choice) override {
    uint64_t left = choice.cpus;
    for (uint64_t skip = prng_.below(choice.cpu_count()); skip; --skip) left &= left - 1;
    return static_cast<unsigned>(std::countr_zero(left));
  }

 private:
  Prng& prng_;
};

}  // namespace sim
