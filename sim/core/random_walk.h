// SPDX-License-Identifier: MIT
// RandomWalk: at each choice point any alternative, all equally likely.
#pragma once

#include <cstdint>

#include "sim/core/strategy.h"

namespace sim {

class RandomWalk final : public Strategy {
 public:
  RandomWalk(uint64_t seed, uint64_t runs_max) : seed_(seed), runs_left_(runs_max) {}

  const char* name() const override { return "random"; }
  void begin() override { state_ = seed_++; }
  unsigned choose(std::span<const Alternative> alternatives) override;
  bool finish() override { return --runs_left_ > 0; }

 private:
  uint64_t seed_;
  uint64_t runs_left_;
  uint64_t state_ = 0;
};

}  // namespace sim
