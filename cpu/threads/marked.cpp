// SPDX-License-Identifier: MIT
// Marked accesses: atomic instructions of the machine that this runs on, at
// least as strong as the order that was asked for.
#include "cpu/rmw.h"
#include "cpu/threads/abi.h"
#include "cpu/threads/step.h"

namespace cpu::threads {

namespace {

// The step and the check before an access of `size` bytes at p.
STEP_INLINE Core* stand_before(Core* core, uintptr_t address, unsigned size, unsigned kind,
                               uint32_t cost, const void* pc_) {
  const uint32_t pc = guest_pc(pc_);
  if (UNLIKELY(!Window::contains(address, size))) {
    guest_crash(core, Fault::kAccess, address, kind != EV_LOAD && kind != EV_READ, pc);
  }
  core = step(core, kind, static_cast<uint32_t>(address), cost, pc);
  if (kind != EV_LOAD && kind != EV_READ) core->idle = 0;
  heap_access(core, kind, static_cast<uint32_t>(address), size, pc);
  return core;
}

template <typename T>
STEP_INLINE uint64_t modify(uintptr_t address, enum hw_rmw how, uint64_t operand) {
  auto* p = reinterpret_cast<volatile T*>(address);
  const T value = static_cast<T>(operand);
  switch (how) {
    case HW_READ:
      return __atomic_load_n(p, __ATOMIC_SEQ_CST);
    case HW_WRITE:
    case HW_XCHG:
      return __atomic_exchange_n(p, value, __ATOMIC_SEQ_CST);
    case HW_ADD:
      return __atomic_fetch_add(p, value, __ATOMIC_SEQ_CST);
    case HW_SUB:
      return __atomic_fetch_sub(p, value, __ATOMIC_SEQ_CST);
    case HW_AND:
      return __atomic_fetch_and(p, value, __ATOMIC_SEQ_CST);
    case HW_OR:
      return __atomic_fetch_or(p, value, __ATOMIC_SEQ_CST);
    case HW_XOR:
      return __atomic_fetch_xor(p, value, __ATOMIC_SEQ_CST);
    case HW_ANDNOT:
      return __atomic_fetch_and(p, static_cast<T>(~value), __ATOMIC_SEQ_CST);
    case HW_NAND:
      return __atomic_fetch_nand(p, value, __ATOMIC_SEQ_CST);
  }
  return 0;
}

STEP_INLINE uint64_t modify(uintptr_t address, unsigned size, enum hw_rmw how, uint64_t operand) {
  switch (size) {
    case 1:
      return modify<uint8_t>(address, how, operand);
    case 2:
      return modify<uint16_t>(address, how, operand);
    case 4:
      return modify<uint32_t>(address, how, operand);
    default:
      return modify<uint64_t>(address, how, operand);
  }
}

template <typename T>
STEP_INLINE uint64_t exchange_if(uintptr_t address, uint64_t expected, uint64_t desired) {
  T old = static_cast<T>(expected);
  __atomic_compare_exchange_n(reinterpret_cast<volatile T*>(address), &old, static_cast<T>(desired),
                              false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return old;
}

STEP_INLINE uint64_t exchange_if(uintptr_t address, unsigned size, uint64_t expected,
                                 uint64_t desired) {
  switch (size) {
    case 1:
      return exchange_if<uint8_t>(address, expected, desired);
    case 2:
      return exchange_if<uint16_t>(address, expected, desired);
    case 4:
      return exchange_if<uint32_t>(address, expected, desired);
    default:
      return exchange_if<uint64_t>(address, expected, desired);
  }
}

// Where an instruction with the per-CPU base acts: on the CPU that the task
// stands on after the step. From there to the access nothing can come between.
STEP_INLINE uint32_t stand_before_percpu(const volatile void* p, unsigned size, unsigned kind,
                                         const void* pc) {
  Core* core = here();
  const auto at = reinterpret_cast<uintptr_t>(p);
  core = stand_before(core, at + core->cpu->percpu_base, size, kind, cost::kWrite, pc);
  return static_cast<uint32_t>(at + core->cpu->percpu_base);
}

}  // namespace

HOST_LEAF uint64_t load(const volatile void* p, unsigned size, enum hw_order /*order*/) {
  const auto address = reinterpret_cast<uintptr_t>(p);
  stand_before(here(), address, size, EV_LOAD, cost::kLoad, __builtin_return_address(0));
  return modify(address, size, HW_READ, 0);
}

HOST_LEAF void store(volatile void* p, unsigned size, uint64_t value, enum hw_order order) {
  const auto address = reinterpret_cast<uintptr_t>(p);
  stand_before(here(), address, size, EV_STORE, cost::kStore, __builtin_return_address(0));
  if (order == HW_FULL) {
    modify(address, size, HW_XCHG, value);
  } else {
    __atomic_thread_fence(__ATOMIC_RELEASE);  // x86-64: for the compiler only
    write_bytes(static_cast<uint32_t>(address), size, value);
  }
}

HOST_LEAF uint64_t rmw(enum hw_rmw how, volatile void* p, unsigned size, uint64_t operand,
                       enum hw_order /*order*/) {
  const auto address = reinterpret_cast<uintptr_t>(p);
  stand_before(here(), address, size, EV_RMW, cost::kRmw, __builtin_return_address(0));
  return modify(address, size, how, operand);
}

HOST_LEAF uint64_t cmpxchg(volatile void* p, unsigned size, uint64_t expected, uint64_t desired,
                           enum hw_order /*order*/) {
  const auto address = reinterpret_cast<uintptr_t>(p);
  stand_before(here(), address, size, EV_RMW, cost::kRmw, __builtin_return_address(0));
  return exchange_if(address, size, expected, desired);
}

HOST_LEAF bool cmpxchg128(volatile void* p, hw_u128* expected, hw_u128 desired,
                          enum hw_order /*order*/) {
  stand_before(here(), reinterpret_cast<uintptr_t>(p), 16, EV_RMW, cost::kRmw,
               __builtin_return_address(0));
  auto low = static_cast<uint64_t>(*expected), high = static_cast<uint64_t>(*expected >> 64);
  bool done;
  asm volatile("lock cmpxchg16b %0"
               : "+m"(*static_cast<volatile hw_u128*>(p)), "+a"(low), "+d"(high), "=@ccz"(done)
               : "b"(static_cast<uint64_t>(desired)), "c"(static_cast<uint64_t>(desired >> 64))
               : "memory");
  *expected = static_cast<hw_u128>(high) << 64 | low;
  return done;
}

HOST_LEAF void fence(enum hw_fence kind) {
  step(here(), EV_FENCE, 0, cost::kFence, guest_pc(__builtin_return_address(0)));
  if (kind == HW_MB || kind == HW_IO_MB) __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

HOST_LEAF uint64_t this_cpu(enum hw_rmw how, const volatile void* p, unsigned size,
                            uint64_t operand) {
  const unsigned kind = how == HW_READ ? EV_READ : how == HW_WRITE ? EV_WRITE : EV_RMW;
  const uint32_t at = stand_before_percpu(p, size, kind, __builtin_return_address(0));
  const uint64_t old = read_bytes(at, size);
  if (how != HW_READ) write_bytes(at, size, apply(how, old, operand));
  return old;
}

HOST_LEAF uint64_t this_cpu_cmpxchg(volatile void* p, unsigned size, uint64_t expected,
                                    uint64_t desired) {
  const uint32_t at = stand_before_percpu(p, size, EV_RMW, __builtin_return_address(0));
  const uint64_t old = read_bytes(at, size);
  if (old == truncate(expected, size)) write_bytes(at, size, desired);
  return old;
}

}  // namespace cpu::threads
