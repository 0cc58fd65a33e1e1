// SPDX-License-Identifier: MIT
// Usage states of a lock class: in which contexts it was taken, and how.
//
// Bits as Linux numbers them: bit 0 of the number says read, bit 1 the
// direction (0: used in that interrupt, 1: used with that interrupt enabled),
// the rest hardirq or softirq. Then "used at all", "used for reading".
#pragma once

#include <cstdint>

namespace check {

enum LockUsage : unsigned {
  kUsedInHardirq,
  kUsedInHardirqRead,
  kEnabledHardirq,
  kEnabledHardirqRead,
  kUsedInSoftirq,
  kUsedInSoftirqRead,
  kEnabledSoftirq,
  kEnabledSoftirqRead,
  kUsed,
  kUsedRead,
  kUsages,
  kUsageRead = 1,
  kUsageDirection = 2,
};

constexpr uint32_t kAllUsedIn = 0x33, kAllEnabled = 0xcc;
constexpr uint32_t kNotRead = 0x55, kOnlyRead = 0xaa;

constexpr uint32_t usage_bit(unsigned usage) { return 1u << usage; }

// The usage that contradicts `usage`: other direction, for writing.
constexpr unsigned contrary(unsigned usage) {
  return (usage ^ kUsageDirection) & ~static_cast<unsigned>(kUsageRead);
}

// All that contradicts any of `mask`: a writer anybody, a reader only writers.
constexpr uint32_t contraries(uint32_t mask) {
  const uint32_t other = (mask & kAllEnabled) >> 2 | (mask & kAllUsedIn) << 2;
  return other | (other & kNotRead) << 1 | (other & kOnlyRead) >> 1;
}

// Linux's four characters: hardirq write and read, softirq write and read.
inline void usage_characters(uint32_t mask, char out[5]) {
  const unsigned in[] = {kUsedInHardirq, kUsedInHardirqRead, kUsedInSoftirq, kUsedInSoftirqRead};
  for (int i = 0; i < 4; ++i) {
    const bool used = mask & usage_bit(in[i]);
    const bool enabled = mask & usage_bit(in[i] + kUsageDirection);
    out[i] = enabled ? (used ? '?' : '+') : (used ? '-' : '.');
  }
  out[4] = 0;
}

constexpr const char* kUsageNames[] = {
    "IN-HARDIRQ-W", "IN-HARDIRQ-R", "HARDIRQ-ON-W", "HARDIRQ-ON-R", "IN-SOFTIRQ-W",
    "IN-SOFTIRQ-R", "SOFTIRQ-ON-W", "SOFTIRQ-ON-R", "INITIAL USE",  "INITIAL READ USE",
};
// "HARDIRQ", "HARDIRQ-READ", ...: of which interrupts a usage speaks.
constexpr const char* kStateNames[] = {"HARDIRQ", "HARDIRQ-READ", "SOFTIRQ", "SOFTIRQ-READ"};
constexpr const char* state_name(unsigned usage) {
  return kStateNames[(usage >> 2) * 2 + (usage & kUsageRead)];
}

}  // namespace check
