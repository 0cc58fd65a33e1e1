// SPDX-License-Identifier: MIT
// Mix: seeded draws for strategies (splitmix64, Steele, Lea, Flood 2014).
#pragma once

#include <cstdint>

namespace sim {

inline uint64_t draw(uint64_t& state) {
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

// 0 to n - 1, for n far below 2^32: the bias is n / 2^32.
inline uint64_t below(uint64_t& state, uint64_t n) { return (draw(state) >> 32) * n >> 32; }

}  // namespace sim
