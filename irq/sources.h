// SPDX-License-Identifier: MIT
// Sources: the devices that may raise interrupts, and when they next do.
//
// A source drives one line of the I/O APIC; lines are given out in order, from
// kFirstLine upwards. This is only the devices' side, plain data without a
// clock; the Controller arms timers with what delay_ns() answers and raises.
//
// Patterns, all of the same mean rate:
//   periodic  equal intervals, kept exact over time (fractions of a ns carry)
//   poisson   independent of each other: exponential intervals
//   burst     eight of them an eighth of the mean interval apart, then a gap
//   once      one, at step `once_step`; the rate does not matter
//   never     only when fired by hand
//
// Each source draws from a sequence of its own, made from the machine's seed
// and its line: adding a source does not change what the others do.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/core/prng.h"

namespace irq {

enum class Pattern : uint8_t { kPeriodic, kPoisson, kBurst, kOnce, kNever };

// Both directions of the names in the table above. Throws sim::UserError.
Pattern pattern_of(std::string_view name);
const char* pattern_name(Pattern pattern);

struct Source {
  static constexpr unsigned kNameMax = 31;
  static constexpr unsigned kTags = 32;

  std::array<char, kNameMax + 1> name{};
  Pattern pattern = Pattern::kNever;
  double rate_hz = 0;  // as the user gave it; 0: never by itself
  uint64_t once_step = 0;

  // Each raise was either delivered (accepted by a local APIC) or lost (line
  // masked, or one already pending). A level-triggered line that is still
  // asserted after the EOI is delivered again without being raised again.
  uint64_t raised = 0, delivered = 0, lost = 0;

  // Commands that the driver gave the device.
  std::array<uint64_t, kTags> command_ns{};  // when each is done; of those in flight
  uint32_t in_flight = 0, done = 0;          // bit per tag

  bool once_armed = false;
  uint8_t burst_left = 0;
  uint32_t fraction = 0;  // ns / 2^16, carried to the next interval
  uint64_t interval = 0;  // mean, ns / 2^16; 0: none
  sim::Prng random{0};
};

class Sources {
 public:
  static constexpr unsigned kMax = 16;
  static constexpr unsigned kFirstLine = 8;
  static constexpr uint64_t kNever = UINT64_MAX;
  static constexpr double kRateMax = 1e8, kRateMin = 1e-2;  // Hz

  unsigned count() const { return count_; }
  Source& operator[](unsigned k) { return source_[k]; }
  const Source& operator[](unsigned k) const { return source_[k]; }
  int find(std::string_view name) const;  // -1: none

  // These throw sim::UserError for what can't be.
  static void check_rate(std::string_view name, double rate_hz);
  unsigned add(std::string_view name, uint64_t seed);
  unsigned at(std::string_view name) const;  // find(), or the error that names them
  void set(unsigned k, double rate_hz, Pattern pattern, uint64_t once_step);

  // From now or from the last one to the next one; kNever.
  uint64_t delay_ns(unsigned k);

  uint64_t next_step() const { return next_step_; }  // of the sources "once"
  int take_once(uint64_t step);                      // one that is due, now spent; -1: none

  // A command that is done at time_ns. False: there is no such tag, or it is in flight.
  bool command(unsigned k, unsigned tag, uint64_t time_ns);
  uint64_t next_command(unsigned k) const;
  void end_command(unsigned k);  // the soonest one is done

 private:
  void find_next_step();
  unsigned soonest(unsigned k) const;  // tag; kTags: none

  std::array<Source, kMax> source_{};
  unsigned count_ = 0;
  uint64_t next_step_ = kNever;
};

}  // namespace irq
