// SPDX-License-Identifier: MIT
// The lanes of a trace as one row of events, in the order in which they were.
//
// Order: by step; within one, what the step was comes before what it meant;
// within that, by CPU and as the lane has them. The same for the same trace.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/trace.h"

namespace run {

class Merge {
 public:
  enum class Steps { kNone, kAll };

  // steps: whether the detailed record of every step is merged in, as far as
  // the trace still has it.
  explicit Merge(const sim::Trace& trace, Steps steps = Steps::kNone, uint64_t from_step = 0);

  const sim::Event* next();  // nullptr: no more

 private:
  struct Cursor {
    uint64_t step;
    unsigned lane;  // kDetail: the record of steps
    uint64_t at;
    bool operator>(const Cursor& other) const;
  };
  static constexpr unsigned kDetail = 0;  // lane n is n + 1

  uint64_t end(unsigned lane) const;
  const sim::Event& event(unsigned lane, uint64_t at) const;
  void push(unsigned lane, uint64_t at);

  const sim::Trace& trace_;
  std::vector<Cursor> heap_;
};

}  // namespace run
