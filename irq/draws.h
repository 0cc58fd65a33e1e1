// SPDX-License-Identifier: MIT
// Random draws in integers, so that every compiler and machine draws the same.
#pragma once

#include <cstdint>

#include "sim/core/prng.h"

namespace irq {

// A sample of the exponential distribution with the given mean, in the mean's
// unit, rounded down. mean < 2^57; the result is below 45 * mean.
uint64_t draw_exponential(sim::Prng& prng, uint64_t mean);

// log2(x) for x > 0 in units of 2^-32, within 2^-28.
uint64_t log2_fixed(uint64_t x);

}  // namespace irq
