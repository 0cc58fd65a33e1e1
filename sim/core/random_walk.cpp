// SPDX-License-Identifier: MIT
#include "sim/core/random_walk.h"

#include "sim/core/mix.h"

namespace sim {

unsigned RandomWalk::choose(std::span<const Alternative> alternatives) {
  return alternatives[below(state_, alternatives.size())].actor;
}

}  // namespace sim
