// SPDX-License-Identifier: MIT
// One simulated CPU, as plain data: what a checkpoint carries of it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "cpu/events.h"
#include "cpu/hw.h"

namespace cpu {

// A declared operation: what a CPU stands before.
struct Operation {
  uint64_t operand = 0;  // stores: the new value; RMW: operand
  uint32_t address = 0;
  uint32_t pc = 0;
  uint32_t size = 0;       // bytes
  uint8_t kind = EV_NONE;  // enum ev_kind of the step
  uint8_t order = 0;       // enum hw_order
  uint8_t flags = 0;       // Event info flags: volatile
  uint8_t insn = 0;        // EV_INSN: enum ev_insn; EV_FENCE: enum hw_fence
};

// Why the fast path must not be taken on this CPU.
enum Attention : uint32_t {
  kIrq = 1,      // a maskable interrupt waits and the flag is on
  kNmi = 2,      // an NMI waits
  kService = 4,  // the engine asked to see every step (arbiter, breakpoints)
};

// Two cache lines, because neighbours are fetched in pairs: on threads each CPU
// writes its own all the time.
struct alignas(128) Cpu {
  void* sp;            // of the suspended running context
  uint64_t now;        // ns of virtual time
  uint32_t attention;  // enum Attention
  uint32_t id;

  // The last plain write, until it is settled: its bytes from before.
  uint64_t settle_old;
  uint32_t settle_address;
  uint32_t settle_size;  // 0: nothing to settle

  uint32_t* call_sites;  // next free entry of the running context's call stack
  uint32_t* call_sites_end;
  uint32_t* call_sites_low;  // lowest since the last cpu_relax(), see park.cpp
  uintptr_t stack_limit;     // below it the running context overflows
  struct task_struct* current;
  uint32_t context;  // id of the running context
  uint32_t ticks;    // basic blocks since the last step

  uint8_t level;    // sim::Level
  uint8_t irqs_on;  // the interrupt flag
  uint8_t online, halted, parked;
  uint8_t tracking;  // reads are noted for the wait-loop rule
  uint8_t wire_irq, wire_nmi;
  uint8_t spin_open;   // a SPIN_BEGIN without its end
  uint8_t lock_point;  // user code announced that it takes or drops a lock

  uintptr_t percpu_base;
  Operation next;
};

// What a wait loop read since its last cpu_relax(): DESIGN.md section 4.
struct Spin {
  static constexpr unsigned kReadsMax = 64;
  struct Read {
    uint64_t value;
    uint32_t address;
    uint32_t size;
  };
  static constexpr unsigned kFrameWords = 48;
  uint64_t registers[6];
  uint64_t stack_hash;                      // of what is live beyond `frame`
  alignas(16) uint64_t frame[kFrameWords];  // the live stack from sp upwards
  uintptr_t sp;
  uint32_t pc;
  uint32_t reads;
  uint8_t armed;        // an iteration is being watched
  uint8_t busy;         // it did something that is not idle
  uint8_t whole_stack;  // compare all of it, not only the innermost frame
  Read read[kReadsMax];
};

struct Context {
  static constexpr uint32_t kMax = (HW_STACK_END - HW_STACK_START) / HW_STACK_SLOT;
  enum State : uint8_t { kFree, kFresh, kRunning, kSuspended };
  void* sp;
  uint32_t* call_sites;
  void (*entry)(void*);
  void* argument;
  uint8_t state;
  uint8_t ran;  // since the last checkpoint: its stack must be restored
};

// Layout of a stack slot: a guard page, the call stack, slack for host leaf
// frames, and the guest's own HW_STACK_SIZE at the top.
constexpr uintptr_t slot_base(uint32_t id) { return HW_STACK_START + id * HW_STACK_SLOT; }
constexpr uintptr_t slot_call_sites(uint32_t id) { return slot_base(id) + 0x1000; }
constexpr uintptr_t slot_call_sites_end(uint32_t id) { return slot_base(id) + 0x2000; }
constexpr uintptr_t slot_top(uint32_t id) { return slot_base(id) + HW_STACK_SLOT; }
constexpr uintptr_t slot_limit(uint32_t id) { return slot_top(id) - HW_STACK_SIZE; }

// A call site that was recorded as EV_FUNC_ENTER carries this bit.
constexpr uint32_t kCallRecorded = 0x80000000u;

}  // namespace cpu
