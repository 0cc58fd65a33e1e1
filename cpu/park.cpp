// SPDX-License-Identifier: MIT
// Spinning: when a wait loop may be parked, and who wakes it.
//
// An iteration, from one cpu_relax() to the next at the same place, was idle if
// registers and live stack are the same, it changed no value, read no clock,
// device or choice, and read at most Spin::kReadsMax locations. Then running it
// again can only do the same until one of those locations changes: the CPU is
// parked, costs no host time, and is woken by the change or by an interrupt.
#include "cpu/step.h"

namespace cpu {

namespace {

STEP_INLINE bool overlap(uint32_t a, uint32_t a_size, uint32_t b, uint32_t b_size) {
  return a < b + b_size && b < a + a_size;
}

STEP_INLINE void watch(Engine& e, const Spin& spin, int change) {
  for (uint32_t i = 0; i < spin.reads; ++i) {
    const Spin::Read& read = spin.read[i];
    uint32_t granule = read.address >> 3;
    const uint32_t last = (read.address + read.size - 1) >> 3;
    do {
      uint8_t& count = e.s.watch[granule & 4095];
      count = static_cast<uint8_t>(count + change);
    } while (granule++ != last);
  }
}

// Four independent lanes: this runs once for each cpu_relax().
HOST_LEAF uint64_t hash_stack(uintptr_t sp, uintptr_t top) {
  constexpr uint64_t kFactor = 0x9e3779b97f4a7c15u;
  uint64_t lane[4] = {1, 2, 3, 4};
  const auto* word = reinterpret_cast<const uint64_t*>(sp);
  const auto* end = reinterpret_cast<const uint64_t*>(top);
  for (; word + 4 <= end; word += 4) {
    for (int i = 0; i < 4; ++i) {
      lane[i] = (lane[i] ^ word[i]) * kFactor;
      lane[i] ^= lane[i] >> 32;
    }
  }
  for (; word < end; ++word) lane[0] = (lane[0] ^ *word) * kFactor;
  return lane[0] ^ lane[1] * 3 ^ lane[2] * 5 ^ lane[3] * 7;
}

// Do all locations still hold what the iteration saw?
STEP_INLINE bool unmoved(const Spin& spin) {
  for (uint32_t i = 0; i < spin.reads; ++i) {
    if (read_bytes(spin.read[i].address, spin.read[i].size) != spin.read[i].value) return false;
  }
  return true;
}

// A new iteration begins; the state at its start is in `spin` already.
STEP_INLINE void watch_iteration(Cpu* c, Spin& spin) {
  c->call_sites_low = c->call_sites;
  spin.reads = 0;
  spin.busy = 0;
  spin.armed = 1;
  c->tracking = 1;
}

// Where the part of the stack ends that an iteration may have changed without a
// hook. Callers of the looping function stand still, so that only the innermost
// frame counts, which its frame pointer (guest code keeps one) delimits; unless
// cpu_relax() itself is called through a function of the loop.
STEP_INLINE uintptr_t live_end(const Cpu* c, const Spin& spin, uintptr_t sp, uintptr_t fp) {
  const uintptr_t top = slot_top(c->context);
  return !spin.whole_stack && fp > sp && fp + 16 <= top ? fp + 16 : top;
}

// Notes the live stack; true if it is what it was. The first words are compared
// themselves, whatever a large frame has beyond by its hash.
STEP_INLINE bool same_stack(Spin& spin, uintptr_t sp, uintptr_t end) {
  // Two words at a time; the stack pointer is aligned to as much.
  typedef uint64_t Pair __attribute__((vector_size(16), may_alias));
  const auto* now = reinterpret_cast<const Pair*>(sp);
  auto* before = reinterpret_cast<Pair*>(spin.frame);
  const size_t pairs = (end - sp) / 16;
  const size_t near = pairs < Spin::kFrameWords / 2 ? pairs : Spin::kFrameWords / 2;
  Pair differ{};
  for (size_t i = 0; i < near; ++i) {
    differ |= before[i] ^ now[i];
    before[i] = now[i];
  }
  const bool same = (differ[0] | differ[1]) == 0;
  const uint64_t rest = near * 16 == end - sp ? 0 : hash_stack(sp + near * 16, end);
  const bool rest_same = spin.stack_hash == rest;
  spin.stack_hash = rest;
  return same && rest_same;
}

// Notes the state at this cpu_relax(); true if it is that of the one before.
STEP_INLINE bool same_state(Spin& spin, const Cpu* c, const uint64_t* frame, uint32_t pc) {
  bool same = spin.armed && spin.pc == pc;
  if (!same) spin.whole_stack = 0;
  if (same && c->call_sites_low < c->call_sites && !spin.whole_stack) {
    spin.whole_stack = 1;
    same = false;
  }
  for (int i = 0; i < 6; ++i) {
    same = same && spin.registers[i] == frame[i + 1];
    spin.registers[i] = frame[i + 1];
  }
  const auto sp = reinterpret_cast<uintptr_t>(frame + 8);
  const bool stack = same_stack(spin, sp, live_end(c, spin, sp, frame[5]));
  same = same && spin.sp == sp && stack;
  spin.sp = sp;
  spin.pc = pc;
  return same;
}

}  // namespace

STEP_SLOW void note_read(Engine& e, Cpu* c, uint32_t address, uint32_t size) {
  Spin& spin = e.spins[c->id];
  if (spin.busy) return;
  if (size > 8) {  // a range has no single value to compare
    spin.busy = 1;
    return;
  }
  const uint64_t value = read_bytes(address, size);
  for (uint32_t i = 0; i < spin.reads; ++i) {
    if (spin.read[i].address != address || spin.read[i].size != size) continue;
    if (spin.read[i].value != value) spin.busy = 1;  // it moved within the iteration
    return;
  }
  if (spin.reads == Spin::kReadsMax) {
    spin.busy = 1;
    return;
  }
  spin.read[spin.reads++] = {value, address, size};
}

HOST_LEAF void unpark(Engine& e, Cpu* c, uint64_t time) {
  if (c->parked) {
    watch(e, e.spins[c->id], -1);
    e.s.parked &= ~(uint64_t{1} << c->id);
    c->parked = 0;
  }
  if (c->now < time) c->now = time;
  c->now += cost::kWake;
  e.s.agenda.set(c->id, sim::Agenda::key(c->now, c->id));
}

STEP_SLOW void value_changed(Engine& e, Cpu* c, uint32_t address, uint32_t size) {
  for (uint64_t left = e.s.parked; left; left &= left - 1) {
    Cpu* waiter = &e.cpus[__builtin_ctzll(left)];
    const Spin& spin = e.spins[waiter->id];
    for (uint32_t i = 0; i < spin.reads; ++i) {
      if (!overlap(address, size, spin.read[i].address, spin.read[i].size)) continue;
      unpark(e, waiter, c->now);
      break;
    }
  }
}

// frame: [0] padding, [1..6] r15 r14 r13 r12 rbp rbx, [7] return address.
extern "C" HOST_LEAF void hw_cpu_relax_on(const uint64_t* frame) {
  Engine& e = *t_engine;
  Cpu* c = e.s.cur;
  settle(e, c);
  const uint32_t pc = guest_pc(reinterpret_cast<const void*>(frame[7]));
  declare(c, EV_RELAX, 0, 0, pc);
  Spin& spin = e.spins[c->id];
  const bool idle = same_state(spin, c, frame, pc) && !spin.busy && unmoved(spin);
  if (!idle) {
    Cpu* here = c;
    c = ask(e, c, HOOK_FRAME);
    commit(e, c, EV_RELAX, cost::kRelax, 0, 0);
    if (c == here) watch_iteration(c, spin);
    return;
  }
  record_lane(e, c, EV_SPIN_BEGIN, spin.reads ? spin.read[0].address : 0, 0, pc);
  watch(e, spin, 1);
  e.s.parked |= uint64_t{1} << c->id;
  c->parked = 1;
  Cpu* here = c;
  c = ask<false>(e, c, HOOK_FRAME);
  commit(e, c, EV_RELAX, 0, 0, 0);
  record_lane(e, c, EV_SPIN_END, 0, spin.armed ? 1 : 2, pc);
  if (c == here) watch_iteration(c, spin);
}

}  // namespace cpu

// The callee-saved registers are part of a loop's state: they are pushed where
// hw_cpu_relax_on() can compare them.
asm(R"(
	.text
	.globl hw_cpu_relax
	.type hw_cpu_relax, @function
hw_cpu_relax:
	pushq %rbx
	pushq %rbp
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	subq $8, %rsp
	movq %rsp, %rdi
	callq hw_cpu_relax_on
	addq $8, %rsp
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbp
	popq %rbx
	ret
	.size hw_cpu_relax, .-hw_cpu_relax
)");
