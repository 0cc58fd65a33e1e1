// SPDX-License-Identifier: MIT
// RandomWalk: at each choice point any alternative, all equally likely.
#pragma once

#include <cstdint>

#include "sim/core/prng.h"
#include "sim/core/strategy.h"

namespace sim {

class RandomWalk final : public Strategy {
 public:
  RandomWalk(uint64_t seed, uint64_t runs_max) : seed_(seed), runs_left_(runs_max) {}

  const char* name() const override { return "random"; }
  void begin() override { prng_.seed(seed_++); }
  unsigned choose(std::span<const Alternative> alternatives) override;
  bool finish() override { return --runs_left_ > 0; }

 private:
  uint64_t seed_;
  uint64_t runs_left_;
  Prng prng_{0};
};

}  // namespace sim
