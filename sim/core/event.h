// SPDX-License-Identifier: MIT
// One event of the trace: 32 bytes, the same for steps and for what they mean.
//
// Kinds and the meaning of object/arg/pc are in cpu/events.h, which the guest
// shares. Steps carry their values in arg:
//   - `pair`: old value in the low, new value in the high 32 bits, both zero-
//     extended (values that fit 32 bits: nearly all);
//   - else: the new (written or read) value, 64 bits, old one not kept;
//   - ranges (size code 31): arg is the length in bytes, no value.
#pragma once

#include <cstdint>

namespace sim {

// Contexts, as Linux's interrupt_context_level().
enum class Level : uint8_t { kTask, kSoftirq, kHardirq, kNmi };

struct Event {
  uint64_t time : 48;  // ns of virtual time, clock of `cpu`
  uint64_t kind : 8;   // enum ev_kind
  uint64_t cpu : 8;
  uint64_t step : 48;    // number of the step that it belongs to
  uint64_t context : 8;  // kLevelMask | flags below
  uint64_t info : 8;     // steps: size code | flags below
  uint32_t object;
  uint32_t pc;
  uint64_t arg;

  static constexpr unsigned kLevelMask = 3;   // sim::Level
  static constexpr unsigned kIrqsOn = 4;      // interrupt flag of the CPU
  static constexpr unsigned kUser = 8;        // pc lies in the user's image
  static constexpr unsigned kOrderShift = 4;  // marked steps: enum hw_order, three bits
  static constexpr unsigned kSizeMask = 31;   // bytes; 31: a range
  static constexpr unsigned kPair = 32;       // arg is old | new << 32
  static constexpr unsigned kVolatile = 64;

  Level level() const { return static_cast<Level>(context & kLevelMask); }
  unsigned order() const { return static_cast<unsigned>(context >> kOrderShift & 7); }
  bool user() const { return (context & kUser) != 0; }
  uint64_t old_value() const { return arg & 0xffffffffu; }  // only if pair()
  uint64_t new_value() const { return pair() ? arg >> 32 : arg; }
  bool pair() const { return (info & kPair) != 0; }
};
static_assert(sizeof(Event) == 32);

}  // namespace sim
