// SPDX-License-Identifier: MIT
// Marked accesses: the instructions that locks are made of. Each is performed
// here, whole, between its commit and the return to the guest.
#include "cpu/rmw.h"
#include "cpu/step.h"

namespace cpu {

namespace {

// Settles, declares and asks for an access of `size` bytes at p.
STEP_INLINE Cpu* stand_before(Engine& e, const volatile void* p, unsigned size, unsigned kind,
                              unsigned order, const void* pc, uint64_t operand = 0,
                              unsigned insn = 0) {
  Cpu* c = e.s.cur;
  settle(e, c);
  const auto address = reinterpret_cast<uintptr_t>(p);
  declare(c, kind, static_cast<uint32_t>(address), size, guest_pc(pc), order, 0, insn, operand);
  if (UNLIKELY(!Window::contains(address, size))) {
    guest_crash(e, Fault::kAccess, address, kind != EV_LOAD);
  }
  return ask(e, c, HOOK_FRAME);
}

// The read-modify-write itself, committed on c.
STEP_INLINE uint64_t modify(Engine& e, Cpu* c, enum hw_rmw how, uint64_t operand, uint32_t cost) {
  const unsigned kind = c->next.kind;
  const uint32_t address = c->next.address, size = c->next.size;
  const uint64_t old = read_bytes(address, size);
  if (how == HW_READ) {
    commit_read(e, c, kind, cost);
  } else {
    if (UNLIKELY(c->tracking)) note_read(e, c, address, size);
    commit_write(e, c, kind, cost, old, truncate(apply(how, old, operand), size));
  }
  return old;
}

STEP_INLINE uint64_t exchange_if(Engine& e, Cpu* c, uint64_t expected, uint64_t desired,
                                 uint32_t cost) {
  const uint32_t size = c->next.size;
  const uint64_t old = read_bytes(c->next.address, size);
  if (old == truncate(expected, size)) {
    commit_write(e, c, EV_RMW, cost, old, truncate(desired, size));
  } else {
    commit_read(e, c, EV_RMW_FAIL, cost);
  }
  return old;
}

// An instruction with the per-CPU base: where it acts depends on who executes
// it, so it is declared again if the task came to another CPU meanwhile.
STEP_INLINE Cpu* stand_before_percpu(Engine& e, const volatile void* p, unsigned size,
                                     unsigned kind, const void* pc, uint64_t operand,
                                     unsigned insn) {
  for (;;) {
    Cpu* c = e.s.cur;
    const auto at = reinterpret_cast<const volatile char*>(p) + c->percpu_base;
    if (stand_before(e, at, size, kind, HW_ONCE, pc, operand, insn) == c) return c;
  }
}

}  // namespace

}  // namespace cpu

using namespace cpu;

#define PC __builtin_return_address(0)

extern "C" {

HOST_LEAF uint64_t hw_load(const volatile void* p, unsigned size, enum hw_order order) {
  Engine& e = *t_engine;
  Cpu* c = stand_before(e, p, size, EV_LOAD, order, PC);
  const uint32_t address = c->next.address;
  commit_read(e, c, EV_LOAD, cost::kLoad);
  return read_bytes(address, size);
}

HOST_LEAF void hw_store(volatile void* p, unsigned size, uint64_t value, enum hw_order order) {
  Engine& e = *t_engine;
  Cpu* c = stand_before(e, p, size, EV_STORE, order, PC, value);
  commit_write(e, c, EV_STORE, cost::kStore, read_bytes(c->next.address, size),
               truncate(value, size));
}

HOST_LEAF uint64_t hw_rmw(enum hw_rmw how, volatile void* p, unsigned size, uint64_t operand,
                          enum hw_order order) {
  Engine& e = *t_engine;
  Cpu* c = stand_before(e, p, size, EV_RMW, order, PC, operand, how);
  return modify(e, c, how, operand, cost::kRmw);
}

HOST_LEAF uint64_t hw_cmpxchg(volatile void* p, unsigned size, uint64_t expected, uint64_t desired,
                              enum hw_order order) {
  Engine& e = *t_engine;
  Cpu* c = stand_before(e, p, size, EV_RMW, order, PC, desired);
  return exchange_if(e, c, expected, desired, cost::kRmw);
}

HOST_LEAF bool hw_cmpxchg128(volatile void* p, hw_u128* expected, hw_u128 desired,
                             enum hw_order order) {
  Engine& e = *t_engine;
  Cpu* c = stand_before(e, p, 16, EV_RMW, order, PC);
  const uint32_t address = c->next.address;
  auto* words = static_cast<volatile uint64_t*>(p);
  const uint64_t low = words[0], high = words[1];
  if (low != static_cast<uint64_t>(*expected) || high != static_cast<uint64_t>(*expected >> 64)) {
    commit_read(e, c, EV_RMW_FAIL, cost::kRmw);
    *expected = static_cast<hw_u128>(high) << 64 | low;
    return false;
  }
  commit(e, c, EV_RMW, cost::kRmw, 0, 16);
  mark_dirty(e, address, 16);
  words[0] = static_cast<uint64_t>(desired);
  words[1] = static_cast<uint64_t>(desired >> 64);
  mix(e, words[0] ^ words[1]);
  if (words[0] != low || words[1] != high) changed(e, c, address, 16);
  return true;
}

HOST_LEAF void hw_fence(enum hw_fence kind) {
  Engine& e = *t_engine;
  Cpu* c = e.s.cur;
  settle(e, c);
  declare(c, EV_FENCE, 0, 0, guest_pc(PC), 0, 0, kind);
  c = ask(e, c, HOOK_FRAME);
  commit(e, c, EV_FENCE, cost::kFence, 0, kind);
}

HOST_LEAF uint64_t hw_this_cpu(enum hw_rmw how, const volatile void* p, unsigned size,
                               uint64_t operand) {
  Engine& e = *t_engine;
  const unsigned kind = how == HW_READ ? EV_READ : how == HW_WRITE ? EV_WRITE : EV_RMW;
  Cpu* c = stand_before_percpu(e, p, size, kind, PC, operand, how);
  return modify(e, c, how, operand, cost::kWrite);
}

HOST_LEAF uint64_t hw_this_cpu_cmpxchg(volatile void* p, unsigned size, uint64_t expected,
                                       uint64_t desired) {
  Engine& e = *t_engine;
  Cpu* c = stand_before_percpu(e, p, size, EV_RMW, PC, desired, 0);
  return exchange_if(e, c, expected, desired, cost::kWrite);
}

}  // extern "C"
