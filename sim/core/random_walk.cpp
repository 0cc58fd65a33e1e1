// SPDX-License-Identifier: MIT
#include "sim/core/random_walk.h"

namespace sim {

unsigned RandomWalk::choose(std::span<const Alternative> alternatives) {
  return alternatives[prng_.below(alternatives.size())].actor;
}

}  // namespace sim
