// SPDX-License-Identifier: MIT
// The one pseudo-random generator: splitmix64 (Steele, Lea, Flood 2014). Plain
// data, the same sequence everywhere.
#pragma once

#include <cstdint>

namespace sim {

struct Prng {
  uint64_t state;

  void seed(uint64_t value) { state = value; }
  uint64_t next() {
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
  }
  // Uniform in [0, n), n < 2^32; the bias is below 2^-32.
  uint64_t below(uint64_t n) { return (next() >> 32) * n >> 32; }
};

}  // namespace sim
