// SPDX-License-Identifier: MIT
// Strategy: how a search answers at the choice points of one run after another.
//
// The driver of the search owns the machine; a strategy knows only actors and
// what choosing them costs. Each run starts from the same root:
//
//   do {
//     strategy.begin();
//     ... at each choice point: actor = strategy.choose(alternatives) ...
//   } while (strategy.finish());
//
// alternatives[0] is what happens by default: the actor of the last step goes
// on, or, if it can't, the first that can. After the same answers the machine
// must offer the same alternatives; a strategy asserts what it can of that.
#pragma once

#include <cstdint>
#include <span>

namespace sim {

struct Alternative {
  uint16_t actor;           // as in arbiter.h
  uint8_t preemptions = 0;  // 1: takes the CPU's turn away from one that could step
  uint8_t interrupts = 0;   // 1: raises a source
};

class Strategy {
 public:
  virtual ~Strategy() = default;
  virtual const char* name() const = 0;
  virtual void begin() = 0;
  virtual unsigned choose(std::span<const Alternative> alternatives) = 0;  // an actor
  virtual bool finish() = 0;  // false: there is no next run
};

}  // namespace sim
