// SPDX-License-Identifier: MIT
// Plain accesses, basic blocks and function entries: the compiler's hooks.
#include "cpu/step.h"

__thread struct task_struct* hw_current = nullptr;

namespace cpu {

namespace {

// Basic blocks without a step after which the others get their turn.
constexpr uint32_t kTicksMax = 2048;

// An access outside the window: `current` itself, or an oops.
STEP_SLOW void outside(Engine& e, Cpu* c, const volatile void* p, uint32_t what, const void* pc) {
  if (p == &hw_current) return;
  declare(c, (what & HW_ACCESS_WRITE) ? EV_WRITE : EV_READ, 0, 0, guest_pc(pc));
  guest_crash(e, Fault::kAccess, reinterpret_cast<uintptr_t>(p), (what & HW_ACCESS_WRITE) != 0);
}

STEP_SLOW void tick_slowly(Engine& e, const void* pc, const void* frame) {
  Cpu* c = e.s.cur;
  settle(e, c);
  if (c->ticks > kTicksMax) {
    instruction(e, INSN_TICKS, pc, 0, frame);
    c = e.s.cur;
  }
  if (c->attention & (kIrq | kNmi)) take_pending(e, c, pc, frame);
}

}  // namespace

}  // namespace cpu

using namespace cpu;

extern "C" {

HOST_LEAF void hw_access(const volatile void* p, uint32_t what, const void* pc) {
  Engine& e = *t_engine;
  Cpu* c = e.s.cur;
  settle(e, c);
  const auto address = reinterpret_cast<uintptr_t>(p);
  const uint32_t size = HW_ACCESS_SIZE(what);
  if (UNLIKELY(!Window::contains(address, size))) return outside(e, c, p, what, pc);
  const bool write = (what & HW_ACCESS_WRITE) != 0;
  declare(c, write ? EV_WRITE : EV_READ, static_cast<uint32_t>(address), size, guest_pc(pc), 0,
          (what & HW_ACCESS_VOLATILE) ? sim::Event::kVolatile : 0);
  c = ask(e, c, HOOK_FRAME);
  if (write) {
    commit(e, c, EV_WRITE, cost::kWrite, 0, size);
    will_write(e, c);
  } else {
    commit_read(e, c, EV_READ, cost::kRead);
  }
}

HOST_LEAF void hw_tick(const void* pc) {
  Engine& e = *t_engine;
  Cpu* c = e.s.cur;
  c->now += cost::kTick;
  if (UNLIKELY((c->attention & (kIrq | kNmi)) || ++c->ticks > kTicksMax))
    tick_slowly(e, pc, HOOK_FRAME);
}

HOST_LEAF void hw_func_entry(const void* call_site) {
  Engine& e = *t_engine;
  Cpu* c = e.s.cur;
  const uint32_t callee = guest_pc(__builtin_return_address(0));
  uint32_t site = guest_pc(call_site);
  if (UNLIKELY(c->call_sites == c->call_sites_end ||
               reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) < c->stack_limit)) {
    settle(e, c);
    declare(c, EV_NONE, 0, 0, callee);
    guest_crash(e, Fault::kStackOverflow, c->stack_limit, true);
  }
  if (in_module(callee) || in_module(site)) {
    record_lane(e, c, EV_FUNC_ENTER, site, 0, callee);
    site |= kCallRecorded;
  }
  *c->call_sites++ = site;
}

HOST_LEAF void hw_func_exit(void) {
  Engine& e = *t_engine;
  Cpu* c = e.s.cur;
  const uint32_t site = *--c->call_sites;
  if (c->call_sites < c->call_sites_low) c->call_sites_low = c->call_sites;
  if (site & kCallRecorded) record_lane(e, c, EV_FUNC_EXIT, 0, 0, site & ~kCallRecorded);
}

}  // extern "C"
