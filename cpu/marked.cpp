// SPDX-License-Identifier: MIT
// Marked accesses: the instructions that locks are made of. Each is performed
// here, whole, between its commit and the return to the guest.
#include "cpu/step.h"

namespace cpu {

namespace {

// Settles, declares and asks for an access of `size` bytes at p.
STEP_INLINE Cpu* stand_before(Engine& e, Operation& op, const volatile void* p, unsigned size,
                              unsigned kind, unsigned order, const void* pc) {
  Cpu* c = e.s.cur;
  settle(e, c);
  const auto address = reinterpret_cast<uintptr_t>(p);
  op.size = size;
  op.kind = static_cast<uint8_t>(kind);
  op.order = static_cast<uint8_t>(order);
  op.pc = guest_pc(pc);
  if (UNLIKELY(!Window::contains(address, size))) {
    c->next = op;
    guest_crash(e, Fault::kAccess, address, kind != EV_LOAD);
  }
  op.address = static_cast<uint32_t>(address);
  return ask(e, c, op);
}

STEP_INLINE uint64_t truncate(uint64_t value, unsigned size) {
  return size >= 8 ? value : value & ((uint64_t{1} << (8 * size)) - 1);
}

STEP_INLINE uint64_t apply(enum hw_rmw op, uint64_t old, uint64_t operand) {
  switch (op) {
    case HW_READ: return old;
    case HW_WRITE:
    case HW_XCHG: return operand;
    case HW_ADD: return old + operand;
    case HW_SUB: return old - operand;
    case HW_AND: return old & operand;
    case HW_OR: return old | operand;
    case HW_XOR: return old ^ operand;
    case HW_ANDNOT: return old & ~operand;
    case HW_NAND: return ~(old & operand);
  }
  return old;
}

// The read-modify-write itself, committed on c.
STEP_INLINE uint64_t modify(Engine& e, Cpu* c, const Operation& op, enum hw_rmw how, uint64_t operand,
                            uint32_t cost) {
  sim::Event& event = commit(e, c, op, op.kind, cost);
  const uint64_t old = read_bytes(op.address, op.size);
  const uint64_t next = truncate(apply(how, old, operand), op.size);
  if (how == HW_READ) {
    saw(e, c, event, op);
  } else {
    if (UNLIKELY(c->tracking)) note_read(e, c, op.address, op.size);
    write_value(e, c, event, op, old, next);
  }
  return old;
}

STEP_INLINE uint64_t exchange_if(Engine& e, Cpu* c, const Operation& op, uint64_t expected,
                                 uint64_t desired, uint32_t cost) {
  const uint64_t old = read_bytes(op.address, op.size);
  if (old == truncate(expected, op.size)) {
    sim::Event& event = commit(e, c, op, EV_RMW, cost);
    write_value(e, c, event, op, old, truncate(desired, op.size));
  } else {
    saw(e, c, commit(e, c, op, EV_RMW_FAIL, cost), op);
  }
  return old;
}

// An instruction with the per-CPU base: where it acts depends on who executes
// it, so it is declared again if the task came to another CPU meanwhile.
STEP_INLINE Cpu* stand_before_percpu(Engine& e, Operation& op, const volatile void* p,
                                     unsigned size, unsigned kind, const void* pc) {
  for (;;) {
    Cpu* c = e.s.cur;
    const auto at = reinterpret_cast<const volatile char*>(p) + c->percpu_base;
    if (stand_before(e, op, at, size, kind, HW_ONCE, pc) == c) return c;
  }
}

}  // namespace

}  // namespace cpu

using namespace cpu;

#define PC __builtin_return_address(0)

extern "C" {

HOST_LEAF uint64_t hw_load(const volatile void* p, unsigned size, enum hw_order order) {
  Engine& e = *t_engine;
  Operation op;
  Cpu* c = stand_before(e, op, p, size, EV_LOAD, order, PC);
  saw(e, c, commit(e, c, op, EV_LOAD, cost::kLoad), op);
  return read_bytes(op.address, size);
}

HOST_LEAF void hw_store(volatile void* p, unsigned size, uint64_t value, enum hw_order order) {
  Engine& e = *t_engine;
  Operation op;
  op.operand = value;
  Cpu* c = stand_before(e, op, p, size, EV_STORE, order, PC);
  sim::Event& event = commit(e, c, op, EV_STORE, cost::kStore);
  write_value(e, c, event, op, read_bytes(op.address, size), truncate(value, size));
}

HOST_LEAF uint64_t hw_rmw(enum hw_rmw how, volatile void* p, unsigned size, uint64_t operand,
                          enum hw_order order) {
  Engine& e = *t_engine;
  Operation op;
  op.operand = operand;
  op.insn = static_cast<uint8_t>(how);
  Cpu* c = stand_before(e, op, p, size, EV_RMW, order, PC);
  return modify(e, c, op, how, operand, cost::kRmw);
}

HOST_LEAF uint64_t hw_cmpxchg(volatile void* p, unsigned size, uint64_t expected,
                              uint64_t desired, enum hw_order order) {
  Engine& e = *t_engine;
  Operation op;
  op.operand = desired;
  Cpu* c = stand_before(e, op, p, size, EV_RMW, order, PC);
  return exchange_if(e, c, op, expected, desired, cost::kRmw);
}

HOST_LEAF bool hw_cmpxchg128(volatile void* p, hw_u128* expected,
                             hw_u128 desired, enum hw_order order) {
  Engine& e = *t_engine;
  Operation op;
  Cpu* c = stand_before(e, op, p, 16, EV_RMW, order, PC);
  auto* words = static_cast<volatile uint64_t*>(p);
  const uint64_t low = words[0], high = words[1];
  const auto want_low = static_cast<uint64_t>(*expected);
  const auto want_high = static_cast<uint64_t>(*expected >> 64);
  if (low != want_low || high != want_high) {
    commit(e, c, op, EV_RMW_FAIL, cost::kRmw);
    if (UNLIKELY(c->tracking)) note_read(e, c, op.address, 16);
    *expected = static_cast<hw_u128>(high) << 64 | low;
    return false;
  }
  commit(e, c, op, EV_RMW, cost::kRmw);
  mark_dirty(e, op.address, 16);
  words[0] = static_cast<uint64_t>(desired);
  words[1] = static_cast<uint64_t>(desired >> 64);
  mix(e, words[0] ^ words[1]);
  if (words[0] != low || words[1] != high) changed(e, c, op.address, 16);
  return true;
}

HOST_LEAF void hw_fence(enum hw_fence kind) {
  Engine& e = *t_engine;
  Cpu* c = e.s.cur;
  settle(e, c);
  Operation op;
  op.kind = EV_FENCE;
  op.insn = static_cast<uint8_t>(kind);
  op.pc = guest_pc(PC);
  c = ask(e, c, op);
  commit(e, c, op, EV_FENCE, cost::kFence).arg = kind;
}

HOST_LEAF uint64_t hw_this_cpu(enum hw_rmw how, const volatile void* p, unsigned size,
                               uint64_t operand) {
  Engine& e = *t_engine;
  Operation op;
  op.operand = operand;
  op.insn = static_cast<uint8_t>(how);
  const unsigned kind = how == HW_READ ? EV_READ : how == HW_WRITE ? EV_WRITE : EV_RMW;
  Cpu* c = stand_before_percpu(e, op, p, size, kind, PC);
  return modify(e, c, op, how, operand, cost::kWrite);
}

HOST_LEAF uint64_t hw_this_cpu_cmpxchg(volatile void* p, unsigned size, uint64_t expected,
                                       uint64_t desired) {
  Engine& e = *t_engine;
  Operation op;
  Cpu* c = stand_before_percpu(e, op, p, size, EV_RMW, PC);
  return exchange_if(e, c, op, expected, desired, cost::kWrite);
}

}  // extern "C"
