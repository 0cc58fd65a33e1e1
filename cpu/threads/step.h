// SPDX-License-Identifier: MIT
// The hook of a CPU that has its thread to itself: charge, and look up when the
// clock has reached the horizon.
//
// As in cpu/step.h: leaf code on the guest's stack, not instrumented; it calls
// the host only through on_host(). After anything that may attend, the task may
// stand on another CPU and thread: use the Core that comes back.
#pragma once

#include <algorithm>

#include "cpu/step.h"
#include "cpu/threads/core.h"
#include "cpu/threads/executor.h"

extern "C" __thread cpu::threads::Core* lockstep_core __attribute__((tls_model("initial-exec")));

namespace cpu::threads {

// The CPU of this host thread. By hand, because a compiler may keep the address
// of a thread-local, and this frame may have come from another thread.
STEP_INLINE Core* here() {
  Core* core;
  asm volatile(
      "movq lockstep_core@gottpoff(%%rip), %0\n\t"
      "movq %%fs:(%0), %0"
      : "=r"(core));
  return core;
}

STEP_INLINE void set_here(Core* core) {
  uintptr_t offset;
  asm volatile(
      "movq lockstep_core@gottpoff(%%rip), %0\n\t"
      "movq %1, %%fs:(%0)"
      : "=&r"(offset)
      : "r"(core)
      : "memory");
}

STEP_INLINE void set_clock(Cpu& c, uint64_t ns) { __atomic_store_n(&c.now, ns, __ATOMIC_RELAXED); }

// Runs a member function of the executor on the thread's own stack.
template <void (Executor::*Function)(Core&)>
STEP_INLINE void on_host(Core* core) {
  void* sp =
      reinterpret_cast<void*>((reinterpret_cast<uintptr_t>(core->host_sp) - 512) & ~uintptr_t{15});
  sim::call_on_stack(
      sp,
      [](void* p) {
        auto* c = static_cast<Core*>(p);
        (c->executor->*Function)(*c);
      },
      core);
}

// The hook looks up: interrupts are taken, the machine may stand meanwhile.
Core* attend(Core* core, unsigned kind, uint32_t address, uint32_t pc);
Core* take_interrupt(Core* core);
[[noreturn]] void guest_crash(Core* core, Fault::Kind kind, uint64_t address, bool write,
                              uint32_t pc);
void* fresh_fiber(uint32_t context);

// One step of the CPU, before it happens.
STEP_INLINE Core* step(Core* core, unsigned kind, uint32_t address, uint32_t cost, uint32_t pc) {
  Cpu& c = *core->cpu;
  ++core->steps;
  const uint64_t now = c.now + cost;
  set_clock(c, now);
  if (UNLIKELY(now >= core->horizon.load(std::memory_order_relaxed))) {
    return attend(core, kind, address, pc);
  }
  return core;
}

STEP_INLINE void write_event(sim::Event& event, const Cpu* c, uint64_t step, unsigned kind,
                             uint32_t object, uint32_t pc, uint64_t arg) {
  constexpr uint64_t kLow48 = (uint64_t{1} << 48) - 1;
  typedef uint64_t __attribute__((may_alias)) Word;
  auto* words = reinterpret_cast<Word*>(&event);
  words[0] = (c->now & kLow48) | uint64_t{kind} << 48 | uint64_t{c->id} << 56;
  words[1] = (step & kLow48) | context_of(c, pc) << 48;
  words[2] = object | uint64_t{pc} << 32;
  words[3] = arg;
}

// What comes of it only the thread's own next announcement can show; or that
// nothing does, its next look up.
STEP_INLINE bool can_be_told_later(const Core* core, unsigned kind, uint64_t arg) {
  if (core->untold_count == Core::kUntoldMax) return false;
  return (kind == EV_LOCK_ACQUIRE && !LOCK_ARG_TRYLOCK(arg)) || kind == EV_LOCK_CONTENDED;
}

// An event for the CPU's own lane: shown to whoever wants it, or only noted.
STEP_INLINE void event(Core* core, unsigned kind, uint32_t object, uint64_t arg, uint32_t pc) {
  Engine& m = core->executor->machine();
  const bool wanted = m.interest[kind & 255] != Interest::kNone;
  if (wanted && !can_be_told_later(core, kind, arg)) {
    Request& r = core->request;
    r.kind = kind;
    r.object = object;
    r.arg = arg;
    r.pc = pc;
    return on_host<&Executor::announce>(core);
  }
  sim::Lane& lane = m.trace().lane(core->cpu->id);
  if (UNLIKELY(lane.full())) on_host<&Executor::grow_lane>(core);
  sim::Event& noted = lane.append();
  write_event(noted, core->cpu, core->counted + core->steps, kind, object, pc, arg);
  if (wanted) core->untold[core->untold_count++] = &noted;
}

// An access that may be to the heap, for those who watch over it.
STEP_INLINE void heap_access(Core* core, unsigned kind, uint32_t address, uint32_t size,
                             uint32_t pc) {
  if (LIKELY(!core->heap_watched || address - HW_RAM_START >= HW_RAM_END - HW_RAM_START)) return;
  Request& r = core->request;
  r.kind = kind;
  r.object = address;
  r.size = size;
  r.pc = pc;
  on_host<&Executor::access>(core);
}

}  // namespace cpu::threads
