// SPDX-License-Identifier: MIT
// The life of a step, on the guest's stack: settle, declare, ask, commit.
//
// Everything here is leaf code with trivially destructible locals and no
// sanitizer instrumentation: its frames lie on guest stacks and are copied by
// checkpoints. It calls into the host only through on_host().
#pragma once

#include "cpu/cost.h"
#include "cpu/engine.h"
#include "sim/core/switch.h"

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define STEP_INLINE __attribute__((always_inline)) HOST_LEAF inline
#define STEP_SLOW __attribute__((noinline, cold)) HOST_LEAF

extern "C" __thread struct task_struct* hw_current
    __attribute__((tls_model("initial-exec")));

namespace cpu {

// ------------------------------------------------------------------- helpers

// Runs a member function of the engine on the host's stack.
template <void (Engine::*Function)()>
STEP_INLINE void on_host(Engine& e) {
  void* sp = reinterpret_cast<void*>((reinterpret_cast<uintptr_t>(e.host_sp) - 512) & ~uintptr_t{15});
  sim::call_on_stack(sp, [](void* p) { (static_cast<Engine*>(p)->*Function)(); }, &e);
}

STEP_INLINE uint64_t read_bytes(uint32_t address, uint32_t size) {
  const auto p = reinterpret_cast<const volatile void*>(static_cast<uintptr_t>(address));
  switch (size) {
    case 1: return *static_cast<const volatile uint8_t*>(p);
    case 2: return *static_cast<const volatile uint16_t*>(p);
    case 4: return *static_cast<const volatile uint32_t*>(p);
    default: return *static_cast<const volatile uint64_t*>(p);
  }
}

STEP_INLINE void write_bytes(uint32_t address, uint32_t size, uint64_t value) {
  const auto p = reinterpret_cast<volatile void*>(static_cast<uintptr_t>(address));
  switch (size) {
    case 1: *static_cast<volatile uint8_t*>(p) = static_cast<uint8_t>(value); break;
    case 2: *static_cast<volatile uint16_t*>(p) = static_cast<uint16_t>(value); break;
    case 4: *static_cast<volatile uint32_t*>(p) = static_cast<uint32_t>(value); break;
    default: *static_cast<volatile uint64_t*>(p) = value; break;
  }
}

STEP_INLINE bool in_module(uint32_t pc) {
  return pc - static_cast<uint32_t>(HW_MODULE_BASE) <
         static_cast<uint32_t>(HW_PERCPU_BASE - HW_MODULE_BASE);
}

STEP_INLINE uint32_t guest_pc(const void* pc) {
  const auto value = reinterpret_cast<uintptr_t>(pc);
  return value < HW_WINDOW_END ? static_cast<uint32_t>(value) : 0;
}

STEP_INLINE void mix(Engine& e, uint64_t value) {
  e.s.hash = (e.s.hash ^ value) * 0x9e3779b97f4a7c15u;
  e.s.hash ^= e.s.hash >> 29;
}

STEP_INLINE void mark_dirty(Engine& e, uint32_t address, uint32_t size) {
  uint32_t page = Window::page_of(address);
  const uint32_t last = Window::page_of(address + size - 1);
  do {
    if (UNLIKELY(!e.dirty_map[page])) {
      e.dirty_map[page] = 1;
      e.dirty_list[(*e.dirty_count)++] = page;
    }
  } while (UNLIKELY(page++ != last));
}

STEP_INLINE uint64_t context_of(const Cpu* c, uint32_t pc) {
  return c->level | (c->irqs_on ? sim::Event::kIrqsOn : 0u) |
         (in_module(pc) ? sim::Event::kUser : 0u);
}

// The fields that every event has.
STEP_INLINE void fill(Engine& e, sim::Event& event, const Cpu* c, unsigned kind, uint32_t pc) {
  event.time = c->now & 0xffffffffffffu;
  event.kind = kind & 0xffu;
  event.cpu = c->id & 0xffu;
  event.step = e.s.step & 0xffffffffffffu;
  event.context = context_of(c, pc) & 0xffu;
  event.info = 0;
  event.pc = pc;
}

// A semantic event on the CPU's lane.
STEP_INLINE const sim::Event& record_lane(Engine& e, Cpu* c, unsigned kind, uint32_t object,
                                          uint64_t arg, uint32_t pc) {
  sim::Lane& lane = e.trace().lane(c->id);
  if (UNLIKELY(lane.full())) on_host<&Engine::grow_lane>(e);
  sim::Event& event = lane.append();
  fill(e, event, c, kind, pc);
  event.object = object;
  event.arg = arg;
  return event;
}

// -------------------------------------------------------------------- settle

void value_changed(Engine& e, Cpu* c, uint32_t address, uint32_t size);

STEP_INLINE void changed(Engine& e, Cpu* c, uint32_t address, uint32_t size) {
  c->tracking ? void(e.spins[c->id].busy = 1) : void();
  if (UNLIKELY(e.s.watch[address >> 3 & 4095] | e.s.watch[(address + size - 1) >> 3 & 4095]))
    value_changed(e, c, address, size);
}

// Values into an event: as a pair where both fit 32 bits.
STEP_INLINE void put_values(sim::Event& event, uint64_t before, uint64_t after) {
  if (LIKELY(((before | after) >> 32) == 0)) {
    event.info = (event.info | sim::Event::kPair) & 0xffu;
    event.arg = before | after << 32;
  } else {
    event.arg = after;
  }
}

void settle_range(Engine& e, Cpu* c, uint32_t size);

STEP_INLINE void settle(Engine& e, Cpu* c) {
  const uint32_t size = c->settle_size;
  if (!size) return;
  c->settle_size = 0;
  if (UNLIKELY(size > 8)) return settle_range(e, c, size);
  const uint64_t value = read_bytes(c->settle_address, size);
  put_values(e.ring[(e.detail - 1) & e.ring_mask], c->settle_old, value);
  mix(e, value);
  if (value != c->settle_old) changed(e, c, c->settle_address, size);
}

// ----------------------------------------------------------------------- ask

STEP_INLINE void switch_cpu(Engine& e, Cpu* from, Cpu* to) {
  e.s.cur = to;
  hw_current = to->current;
  sim::switch_fiber(&from->sp, to->sp);
}

Cpu* ask_slowly(Engine& e, const Operation& op);  // as ask(), whatever it takes
Cpu* go_on(Engine& e, const Operation& op);       // after a switch that brought kTake

// Declares op on the running CPU and returns, as the CPU that may commit it
// now, once the arbiter says so.
// kEnabled is false for a CPU that waits (parked, halted).
template <bool kEnabled = true>
STEP_INLINE Cpu* ask(Engine& e, Cpu* c, const Operation& op) {
  c->next = op;
  if (UNLIKELY(c->attention || e.s.step >= e.slow_at)) return ask_slowly(e, op);
  e.s.agenda.set(c->id, kEnabled ? sim::Agenda::key(c->now, c->id) : sim::Agenda::kNever);
  const uint64_t first = e.s.agenda.first();
  if (UNLIKELY(first >= e.s.event_key)) return ask_slowly(e, op);
  Cpu* winner = &e.cpus[sim::Agenda::actor_of(first)];
  if (winner == c) return c;
  if (UNLIKELY(winner->attention)) return ask_slowly(e, op);
  e.s.answer = Answer::kCommit;
  switch_cpu(e, c, winner);
  if (UNLIKELY(e.s.answer != Answer::kCommit)) return go_on(e, op);
  return e.s.cur;
}

// -------------------------------------------------------------------- commit

STEP_INLINE sim::Event& commit(Engine& e, Cpu* c, const Operation& op, unsigned kind,
                               uint32_t cost) {
  e.s.prng = e.s.prng * 6364136223846793005u + 1442695040888963407u;
  sim::Event& event = e.ring[e.detail++ & e.ring_mask];
  fill(e, event, c, kind, op.pc);
  event.info = (op.flags | (op.size < 31 ? op.size : 31)) & 0xffu;
  event.object = op.address;
  event.arg = op.size;
  c->now += cost + (e.s.prng >> 62);
  c->ticks = 0;
  ++e.s.step;
  mix(e, (uint64_t{op.pc} << 32 | op.address) + (uint64_t{kind} << 56) + c->id);
  return event;
}

// The value that a read saw: recorded, hashed, and noted for the idle rule.
void note_read(Engine& e, Cpu* c, uint32_t address, uint32_t size);

STEP_INLINE void saw(Engine& e, Cpu* c, sim::Event& event, const Operation& op) {
  if (op.size <= 8) {
    const uint64_t value = read_bytes(op.address, op.size);
    put_values(event, value, value);
    mix(e, value);
  }
  if (UNLIKELY(c->tracking)) note_read(e, c, op.address, op.size);
}

// Before a write of guest code: keep what was there.
STEP_INLINE void will_write(Engine& e, Cpu* c, const Operation& op) {
  mark_dirty(e, op.address, op.size);
  c->settle_address = op.address;
  c->settle_size = op.size;
  if (LIKELY(op.size <= 8)) c->settle_old = read_bytes(op.address, op.size);
}

// A write that the engine itself makes, whole.
STEP_INLINE void write_value(Engine& e, Cpu* c, sim::Event& event, const Operation& op,
                             uint64_t before, uint64_t after) {
  mark_dirty(e, op.address, op.size);
  write_bytes(op.address, op.size, after);
  put_values(event, before, after);
  mix(e, after);
  if (before != after) changed(e, c, op.address, op.size);
}

// A step without a memory operand.
STEP_INLINE Cpu* instruction(Engine& e, unsigned insn, const void* pc, uint32_t cost) {
  Cpu* c = e.s.cur;
  settle(e, c);
  Operation op;
  op.kind = EV_INSN;
  op.insn = static_cast<uint8_t>(insn);
  op.pc = guest_pc(pc);
  c = ask(e, c, op);
  commit(e, c, op, EV_INSN, cost).arg = insn;
  return c;
}

// ----------------------------------------------------------- off the fast path

void nest_interrupt(Engine& e, Cpu* c);
void unpark(Engine& e, Cpu* c, uint64_t time);  // or wakes from a halt
[[noreturn]] void guest_crash(Engine& e, Fault::Kind kind, uint64_t address, bool write);

}  // namespace cpu
