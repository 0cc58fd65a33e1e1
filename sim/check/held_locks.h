// SPDX-License-Identifier: MIT
// What a task holds, as the validator sees it: Linux's held_locks stack.
//
// One stack a task, oldest first; interrupt frames push onto the stack of the
// task that they interrupted, told apart by irq_context.
#pragma once

#include <cstdint>

#include "sim/check/executions.h"

namespace check {

constexpr unsigned kLockDepthMax = 48;

struct HeldLock {
  uint64_t chain;  // key of the chain below it
  uint32_t lock;   // struct lockdep_map
  uint32_t cls;
  uint32_t ip;
  uint32_t nest;  // nest_lock's map; 0: none
  uint64_t step;
  uint16_t references;  // how many of its class count as this one; 0: just it
  uint16_t pins;
  uint8_t irq_context;  // bit 0 softirq, bit 1 hardirq
  uint8_t read;
  bool trylock, check, irqs_off;
};

struct HeldLocks {
  uint32_t depth;
  bool bh_off;
  uint32_t nest;  // of the acquisition that comes next; 0: none
  // Linux's "irq events": when the two flags changed last, and where.
  uint32_t events, irqs_on_at, irqs_off_at, bh_on_at, bh_off_at;
  uint32_t irqs_on_pc, irqs_off_pc, bh_on_pc, bh_off_pc;
  HeldLock lock[kLockDepthMax];
};

// In which interrupts an execution is.
struct IrqContext {
  bool hardirq = false, softirq = false, nmi = false;
  uint8_t bits() const { return static_cast<uint8_t>((hardirq ? 2 : 0) | (softirq ? 1 : 0)); }
};

inline IrqContext irq_context(Executions& execs, uint32_t exec) {
  IrqContext c;
  for (uint32_t x = exec; x; x = execs[x].below) {
    c.hardirq |= execs[x].level == sim::Level::kHardirq;
    c.softirq |= execs[x].level == sim::Level::kSoftirq;
    c.nmi |= execs[x].level == sim::Level::kNmi;
  }
  return c;
}

}  // namespace check
