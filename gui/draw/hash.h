// SPDX-License-Identifier: MIT
// One more word for a hash of pictures: fast, good enough that two pictures
// that differ do not look equal by chance.
#pragma once

#include <cstdint>

namespace gui {

inline uint64_t mix_hash(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 32;
}

}  // namespace gui
