// SPDX-License-Identifier: MIT
// The slow half of a step's life, still on the guest's stack.
#include "cpu/step.h"

namespace cpu {

namespace {

// Leaves the machine standing; comes back when run() goes on.
STEP_INLINE void leave_to_host(Engine& e, Cpu* c) { sim::switch_fiber(&c->sp, e.host_sp); }

}  // namespace

// Between the points of an arbiter that is asked only there (and nothing else
// asks for attention) the CPU goes on.
STEP_INLINE bool goes_on(const Engine& e, const Cpu* c) {
  if (!e.points_only || c->attention != kService || c->lock_point || in_module(c->next.pc)) {
    return false;
  }
  if (e.enabling_is_point && c->next.kind == EV_INSN && c->next.insn == INSN_IRQ_ENABLE) {
    return false;
  }
  return !c->halted && !c->parked && e.s.step < e.slow_at &&
         sim::Agenda::key(c->now, c->id) < e.s.event_key;
}

namespace {

// The host decides; this fiber switches, nests interrupts, or hands the thread
// back to run().
STEP_SLOW Cpu* ask_host(Engine& e, Cpu* c, const void* frame) {
  const Operation op = c->next;
  for (;;) {
    c = e.s.cur;
    c->next = op;  // again: an interrupt may have nested, or the CPU changed
    on_host<&Engine::decide>(e);
    Cpu* chosen = e.chosen;
    if (e.s.answer == Answer::kStop) {
      leave_to_host(e, c);
      continue;
    }
    if (chosen != c) switch_cpu(e, c, chosen);
    if (e.s.answer == Answer::kCommit) return e.s.cur;
    if (e.s.answer == Answer::kTake) nest_interrupt(e, e.s.cur, frame);
  }
}

}  // namespace

// Steps whose answer is not simply "the next in time".
STEP_SLOW Cpu* ask_slowly(Engine& e, Cpu* c, const void* frame) {
  return goes_on(e, c) ? c : ask_host(e, c, frame);
}

STEP_SLOW Cpu* go_on(Engine& e, Cpu* c, const void* frame) {
  const Operation op = c->next;
  nest_interrupt(e, c, frame);
  e.s.cur->next = op;
  return ask_slowly(e, e.s.cur, frame);
}

// Takes one interrupt as a nested call of the guest's entry code. It starts at a
// fixed distance below the hook's frame, beyond our own frames, so that guest
// addresses do not depend on how large a host compiler made those.
STEP_SLOW void nest_interrupt(Engine& e, Cpu* c, const void* frame) {
  constexpr uintptr_t kHostFrames = 2048;

  on_host<&Engine::take_vector>(e);
  const int vector = e.vector;
  if (vector < 0) return;
  const uint8_t irqs_on = c->irqs_on;
  const uint8_t level = c->level;
  const uint8_t lock_point = c->lock_point;
  const uint32_t pc = c->next.pc;
  c->irqs_on = 0;
  c->attention &= ~uint32_t{kIrq};
  c->level = vector == 2 ? 3 : 2;
  c->halted = c->parked = 0;
  c->tracking = 0;
  e.spins[c->id].armed = 0;
  *c->call_sites++ = pc;
  c->now += cost::kInterrupt;
  const uintptr_t sp = (reinterpret_cast<uintptr_t>(frame) - kHostFrames) & ~uintptr_t{15};
  if (reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) < sp + 256) __builtin_trap();
  sim::call_on_stack(
      reinterpret_cast<void*>(sp),
      reinterpret_cast<void (*)(void*)>(reinterpret_cast<uintptr_t>(e.s.vector_entry)),
      reinterpret_cast<void*>(static_cast<uintptr_t>(vector)));

  // The interrupted task may stand on another CPU now.
  c = e.s.cur;
  settle(e, c);
  --c->call_sites;
  c->irqs_on = irqs_on;
  c->level = level;
  c->lock_point = lock_point;
  c->tracking = 0;
  e.spins[c->id].armed = 0;
  e.vector = vector;
  on_host<&Engine::returned_from_vector>(e);
}

STEP_SLOW void take_pending(Engine& e, Cpu* c, const void* pc, const void* frame) {
  declare(c, EV_INSN, 0, 0, guest_pc(pc), 0, 0, INSN_TICKS);
  ++e.s.extra;
  nest_interrupt(e, c, frame);
}

// A range was written: who waits for any byte of it must look again.
STEP_SLOW void settle_range(Engine& e, Cpu* c, uint32_t size) {
  if (c->tracking) e.spins[c->id].busy = 1;
  if (e.s.parked) value_changed(e, c, c->settle_address, size);
}

STEP_SLOW void guest_crash(Engine& e, Fault::Kind kind, uint64_t address, bool write) {
  e.s.fault.kind = kind;
  e.s.fault.address = address;
  e.s.fault.write = write;
  on_host<&Engine::crash>(e);
  sim::leave_to_fiber(e.host_sp);
}

}  // namespace cpu
