// SPDX-License-Identifier: MIT
#include "irq/draws.h"

namespace irq {
namespace {

__extension__ typedef unsigned __int128 uint128;

constexpr unsigned kFractionBits = 32;
constexpr uint64_t kLn2 = 2977044472;  // ln 2 in units of 2^-32, rounded

}  // namespace

// The fraction, one bit at a time: squaring the mantissa doubles its logarithm.
uint64_t log2_fixed(uint64_t x) {
  const unsigned whole = 63 - static_cast<unsigned>(__builtin_clzll(x));
  uint64_t mantissa = x << (63 - whole);  // in [1, 2), units of 2^-63
  uint64_t result = whole;
  for (unsigned i = 0; i < kFractionBits; ++i) {
    const auto square = static_cast<uint128>(mantissa) * mantissa;  // units of 2^-126
    const bool two = (square >> 127) != 0;
    mantissa = static_cast<uint64_t>(square >> (two ? 64 : 63));
    result = result << 1 | (two ? 1 : 0);
  }
  return result;
}

// -ln(U) for U = x / 2^64 is (64 - log2 x) * ln 2.
uint64_t draw_exponential(sim::Prng& prng, uint64_t mean) {
  const uint64_t x = prng.next() | 1;
  const uint64_t bits = (uint64_t{64} << kFractionBits) - log2_fixed(x);
  const auto minus_ln = static_cast<uint64_t>(static_cast<uint128>(bits) * kLn2 >> kFractionBits);
  return static_cast<uint64_t>(static_cast<uint128>(minus_ln) * mean >> kFractionBits);
}

}  // namespace irq
