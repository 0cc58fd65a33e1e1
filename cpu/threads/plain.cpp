// SPDX-License-Identifier: MIT
// Plain accesses, basic blocks and function entries, on a thread of their own:
// the access itself is the guest's own instruction, after the hook.
#include "cpu/threads/abi.h"
#include "cpu/threads/step.h"

namespace cpu::threads {

namespace {

// `current` itself, perhaps of a thread that the task has left; or an oops.
STEP_SLOW void outside(Core* core, const volatile void* p, bool write, uint32_t pc) {
  if (core->executor->is_current(p)) return;
  guest_crash(core, Fault::kAccess, reinterpret_cast<uintptr_t>(p), write, pc);
}

}  // namespace

HOST_LEAF void access(const volatile void* p, uint32_t what, const void* pc_) {
  Core* core = here();
  const auto address = reinterpret_cast<uintptr_t>(p);
  const uint32_t size = HW_ACCESS_SIZE(what);
  const bool write = (what & HW_ACCESS_WRITE) != 0;
  const uint32_t pc = guest_pc(pc_);
  if (UNLIKELY(!Window::contains(address, size))) return outside(core, p, write, pc);
  const unsigned kind = write ? EV_WRITE : EV_READ;
  core = step(core, kind, static_cast<uint32_t>(address), write ? cost::kWrite : cost::kRead, pc);
  if (write && address < HW_STACK_START) core->idle = 0;  // a stack is its task's own
  heap_access(core, kind, static_cast<uint32_t>(address), size, pc);
}

HOST_LEAF void tick(const void* pc) {
  Core* core = here();
  Cpu& c = *core->cpu;
  const uint64_t now = c.now + cost::kTick;
  set_clock(c, now);
  if (LIKELY(now < core->horizon.load(std::memory_order_relaxed))) return;
  ++core->steps;  // a loop of basic blocks alone comes to an end as well
  attend(core, EV_INSN, 0, guest_pc(pc));
}

HOST_LEAF void func_entry(const void* call_site) {
  Core* core = here();
  Cpu* c = core->cpu;
  const uint32_t callee = guest_pc(__builtin_return_address(0));
  uint32_t site = guest_pc(call_site);
  if (UNLIKELY(c->call_sites == c->call_sites_end ||
               reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) < c->stack_limit)) {
    guest_crash(core, Fault::kStackOverflow, c->stack_limit, true, callee);
  }
  if (in_module(callee) || in_module(site)) {
    event(core, EV_FUNC_ENTER, site, 0, callee);
    site |= kCallRecorded;
  }
  *c->call_sites++ = site;
}

HOST_LEAF void func_exit() {
  Core* core = here();
  const uint32_t site = *--core->cpu->call_sites;
  if (site & kCallRecorded) event(core, EV_FUNC_EXIT, 0, 0, site & ~kCallRecorded);
}

}  // namespace cpu::threads
