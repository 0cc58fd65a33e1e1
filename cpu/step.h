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
// The frame of the hook in which it stands, see ask_slowly().
#define HOOK_FRAME __builtin_frame_address(0)
#define STEP_SLOW __attribute__((noinline, cold)) HOST_LEAF

extern "C" __thread struct task_struct* hw_current __attribute__((tls_model("initial-exec")));

namespace cpu {

// ------------------------------------------------------------------- helpers

// Runs a member function of the engine on the host's stack.
template <void (Engine::*Function)()>
STEP_INLINE void on_host(Engine& e) {
  void* sp =
      reinterpret_cast<void*>((reinterpret_cast<uintptr_t>(e.host_sp) - 512) & ~uintptr_t{15});
  sim::call_on_stack(
      sp, [](void* p) { (static_cast<Engine*>(p)->*Function)(); }, &e);
}

STEP_INLINE uint64_t read_bytes(uint32_t address, uint32_t size) {
  const auto p = reinterpret_cast<const volatile void*>(static_cast<uintptr_t>(address));
  switch (size) {
    case 1:
      return *static_cast<const volatile uint8_t*>(p);
    case 2:
      return *static_cast<const volatile uint16_t*>(p);
    case 4:
      return *static_cast<const volatile uint32_t*>(p);
    default:
      return *static_cast<const volatile uint64_t*>(p);
  }
}

STEP_INLINE void write_bytes(uint32_t address, uint32_t size, uint64_t value) {
  const auto p = reinterpret_cast<volatile void*>(static_cast<uintptr_t>(address));
  switch (size) {
    case 1:
      *static_cast<volatile uint8_t*>(p) = static_cast<uint8_t>(value);
      break;
    case 2:
      *static_cast<volatile uint16_t*>(p) = static_cast<uint16_t>(value);
      break;
    case 4:
      *static_cast<volatile uint32_t*>(p) = static_cast<uint32_t>(value);
      break;
    default:
      *static_cast<volatile uint64_t*>(p) = value;
      break;
  }
}

STEP_INLINE uint32_t guest_pc(const void* pc) {
  const auto value = reinterpret_cast<uintptr_t>(pc);
  return value < HW_WINDOW_END ? static_cast<uint32_t>(value) : 0;
}

STEP_INLINE void mix(Engine& e, uint64_t value) {
  e.s.hash = (e.s.hash ^ value) * 0x9e3779b97f4a7c15u;
  e.s.hash ^= e.s.hash >> 29;
}

// A step and its value in one round; the value's product is off the chain.
STEP_INLINE void mix(Engine& e, uint64_t what, uint64_t value) {
  const uint64_t hash = (e.s.hash ^ what) * 0x9e3779b97f4a7c15u ^ value * 0xff51afd7ed558ccdu;
  e.s.hash = hash ^ hash >> 29;
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

// Writes a whole event with four stores (bit fields would go one by one).
STEP_INLINE void write_event(Engine& e, sim::Event& event, const Cpu* c, unsigned kind,
                             uint32_t object, uint32_t pc, uint64_t info, uint64_t arg,
                             uint64_t order = 0) {
  constexpr uint64_t kLow48 = (uint64_t{1} << 48) - 1;
  // Word by word: a copy of four words from the stack would be read wider than
  // it was written, which stalls.
  typedef uint64_t __attribute__((may_alias)) Word;
  auto* words = reinterpret_cast<Word*>(&event);
  words[0] = (c->now & kLow48) | uint64_t{kind} << 48 | uint64_t{c->id} << 56;
  words[1] = (e.s.step & kLow48) | context_of(c, pc) << 48 |
             order << (48 + sim::Event::kOrderShift) | info << 56;
  words[2] = object | uint64_t{pc} << 32;
  words[3] = arg;
}

// A semantic event on the CPU's lane.
STEP_INLINE const sim::Event& record_lane(Engine& e, Cpu* c, unsigned kind, uint32_t object,
                                          uint64_t arg, uint32_t pc) {
  sim::Lane& lane = e.trace().lane(c->id);
  if (UNLIKELY(lane.full())) on_host<&Engine::grow_lane>(e);
  sim::Event& event = lane.append();
  write_event(e, event, c, kind, object, pc, 0, arg);
  return event;
}

// The guest's context, from its preempt_count (Linux's layout).
STEP_INLINE uint8_t level_of(const Cpu* c) {
  if (!c->current) return 0;
  uint32_t count;
  __builtin_memcpy(&count, reinterpret_cast<const char*>(c->current) + HW_THREAD_PREEMPT_COUNT, 4);
  if (count & 0x00f00000u) return 3;
  if (count & 0x000f0000u) return 2;
  return (count & 0x100u) ? 1 : 0;
}

// -------------------------------------------------------------------- settle

void value_changed(Engine& e, Cpu* c, uint32_t address, uint32_t size);

STEP_INLINE void changed(Engine& e, Cpu* c, uint32_t address, uint32_t size) {
  c->tracking ? void(e.spins[c->id].busy = 1) : void();
  if (UNLIKELY(e.s.watch[address >> 3 & 4095] | e.s.watch[(address + size - 1) >> 3 & 4095]))
    value_changed(e, c, address, size);
}

// The values of a step, as an event carries them: a pair where both fit 32 bits.
struct Values {
  uint64_t info, arg;
};
STEP_INLINE Values pack(uint64_t before, uint64_t after) {
  const bool pair = LIKELY(((before | after) >> 32) == 0);
  return {pair ? uint64_t{sim::Event::kPair} : 0, pair ? before | after << 32 : after};
}

void settle_range(Engine& e, Cpu* c, uint32_t size);

STEP_INLINE void settle(Engine& e, Cpu* c) {
  const uint32_t size = c->settle_size;
  if (!size) return;
  c->settle_size = 0;
  if (UNLIKELY(size > 8)) return settle_range(e, c, size);
  const uint64_t value = read_bytes(c->settle_address, size);
  sim::Event& event = e.ring[(e.detail - 1) & e.ring_mask];
  const Values values = pack(c->settle_old, value);
  event.info = (event.info | values.info) & 0xffu;
  event.arg = values.arg;
  mix(e, value);
  if (value != c->settle_old) changed(e, c, c->settle_address, size);
}

// ----------------------------------------------------------------------- ask

STEP_INLINE void switch_cpu(Engine& e, Cpu* from, Cpu* to) {
  e.s.cur = to;
  hw_current = to->current;
  sim::switch_fiber(&from->sp, to->sp);
}

// As ask(), whatever it takes. `frame` is the hook's own frame address: a fixed
// distance from the guest's stack pointer, whatever compiler built the host.
Cpu* ask_slowly(Engine& e, Cpu* c, const void* frame);
Cpu* go_on(Engine& e, Cpu* c, const void* frame);  // after a switch that brought kTake

// The running CPU c stands before c->next. Returns once the arbiter lets it go:
// as the CPU that may commit now, with the same declaration in its `next`.
// kEnabled is false for a CPU that waits (parked, halted).
template <bool kEnabled = true>
STEP_INLINE Cpu* ask(Engine& e, Cpu* c, const void* frame) {
  if (UNLIKELY(c->attention || e.s.step >= e.slow_at)) return ask_slowly(e, c, frame);
  e.s.agenda.set(c->id, kEnabled ? sim::Agenda::key(c->now, c->id) : sim::Agenda::kNever);
  const uint64_t first = e.s.agenda.first();
  if (UNLIKELY(first >= e.s.event_key)) return ask_slowly(e, c, frame);
  Cpu* winner = &e.cpus[sim::Agenda::actor_of(first)];
  if (winner == c) return c;
  if (UNLIKELY(winner->attention)) return ask_slowly(e, c, frame);
  e.s.answer = Answer::kCommit;
  switch_cpu(e, c, winner);
  if (UNLIKELY(e.s.answer != Answer::kCommit)) return go_on(e, c, frame);
  return e.s.cur;
}

// -------------------------------------------------------------------- commit

STEP_INLINE bool is_wanted(const Engine& e, unsigned kind, uint32_t address) {
  if (LIKELY(e.interest[kind] == Interest::kNone)) return false;
  return e.interest[kind] == Interest::kAll ||
         address - static_cast<uint32_t>(HW_RAM_START) < HW_RAM_END - HW_RAM_START;
}

// Numbers the step that c stands before, charges and records it.
// `arg` carries the values where they are known now.
STEP_INLINE void commit(Engine& e, Cpu* c, unsigned kind, uint32_t cost, uint64_t info,
                        uint64_t arg) {
  const Operation& op = c->next;
  e.s.prng = e.s.prng * 6364136223846793005u + 1442695040888963407u;
  write_event(e, e.ring[e.detail++ & e.ring_mask], c, kind, op.address, op.pc,
              info | op.flags | (op.size < 31 ? op.size : 31), arg, op.order);
  c->now += cost + (e.s.prng >> 62);
  c->ticks = 0;
  ++e.s.step;
  mix(e, (uint64_t{op.pc} << 32 | op.address) + (uint64_t{kind} << 56) + c->id, arg);
  if (UNLIKELY(is_wanted(e, kind, op.address))) {
    e.pending_event = &e.ring[(e.detail - 1) & e.ring_mask];
    on_host<&Engine::deliver>(e);
  }
}

// A read: its value recorded, hashed, and noted for the idle rule.
void note_read(Engine& e, Cpu* c, uint32_t address, uint32_t size);

STEP_INLINE void commit_read(Engine& e, Cpu* c, unsigned kind, uint32_t cost) {
  const uint32_t address = c->next.address, size = c->next.size;
  if (LIKELY(size <= 8)) {
    const uint64_t value = read_bytes(address, size);
    const Values values = pack(value, value);
    commit(e, c, kind, cost, values.info, values.arg);
  } else {
    commit(e, c, kind, cost, 0, size);
  }
  if (UNLIKELY(c->tracking)) note_read(e, c, address, size);
}

// Before a write of guest code: keep what was there.
STEP_INLINE void will_write(Engine& e, Cpu* c) {
  const uint32_t address = c->next.address, size = c->next.size;
  mark_dirty(e, address, size);
  c->settle_address = address;
  c->settle_size = size;
  if (LIKELY(size <= 8)) c->settle_old = read_bytes(address, size);
}

// A write that the engine itself makes, whole.
STEP_INLINE void commit_write(Engine& e, Cpu* c, unsigned kind, uint32_t cost, uint64_t before,
                              uint64_t after) {
  const uint32_t address = c->next.address, size = c->next.size;
  const Values values = pack(before, after);
  commit(e, c, kind, cost, values.info, values.arg);
  mark_dirty(e, address, size);
  write_bytes(address, size, after);
  if (before != after) changed(e, c, address, size);
}

// Declares. Fields are written one by one into c->next: no copy on this path.
STEP_INLINE void declare(Cpu* c, unsigned kind, uint32_t address, uint32_t size, uint32_t pc,
                         unsigned order = 0, unsigned flags = 0, unsigned insn = 0,
                         uint64_t operand = 0) {
  Operation& op = c->next;
  op.operand = operand;
  op.address = address;
  op.pc = pc;
  op.size = size;
  op.kind = static_cast<uint8_t>(kind);
  op.order = static_cast<uint8_t>(order);
  op.flags = static_cast<uint8_t>(flags);
  op.insn = static_cast<uint8_t>(insn);
}

// A step without a memory operand.
STEP_INLINE Cpu* instruction(Engine& e, unsigned insn, const void* pc, uint32_t cost,
                             const void* frame) {
  Cpu* c = e.s.cur;
  settle(e, c);
  declare(c, EV_INSN, 0, 0, guest_pc(pc), 0, 0, insn);
  c = ask(e, c, frame);
  commit(e, c, EV_INSN, cost, 0, insn);
  return c;
}

// ----------------------------------------------------------- off the fast path

void nest_interrupt(Engine& e, Cpu* c, const void* frame);
void take_pending(Engine& e, Cpu* c, const void* pc, const void* frame);  // between two steps
void unpark(Engine& e, Cpu* c, uint64_t time);                            // or wakes from a halt
[[noreturn]] void guest_crash(Engine& e, Fault::Kind kind, uint64_t address, bool write);

}  // namespace cpu
