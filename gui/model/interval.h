// SPDX-License-Identifier: MIT
// One interval on a track: 16 bytes.
#pragma once

#include <cstdint>

namespace gui {

// What an interval is; chooses its colour. At most 16: a summary keeps a mask.
enum class Kind : uint8_t {
  kTask,
  kFunction,
  kSoftirq,
  kHardirq,
  kNmi,
  kSpin,  // waiting for a lock or a value, on a CPU
  kHold,  // a lock is held
  kWait,  // somebody waits for a lock
  kIrqsOff,
  kPreemptOff,
  kReader,
  kGrace,
  kMark,  // no duration: a quiescent state, a wake-up
  kIdle,
};

struct Interval {
  static constexpr uint32_t kLongest = UINT32_MAX;

  uint64_t start : 48;  // ns
  uint64_t kind : 8;
  uint64_t cpu : 8;
  uint32_t dur;  // ns; kLongest means "that or more": 4.29 s
  uint32_t ref;  // a Thing's number

  Kind what() const { return static_cast<Kind>(kind); }
  uint64_t end() const { return start + dur; }
};
static_assert(sizeof(Interval) == 16);

inline constexpr uint16_t mask_of(Kind kind) {
  return static_cast<uint16_t>(1u << static_cast<unsigned>(kind));
}
// Never lost when folded: a mark is drawn over the column that hides them.
inline constexpr uint16_t kAlwaysSeen =
    static_cast<uint16_t>(mask_of(Kind::kSpin) | mask_of(Kind::kNmi));

}  // namespace gui
