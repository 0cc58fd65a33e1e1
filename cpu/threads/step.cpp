// SPDX-License-Identifier: MIT
// A hook that looks up, still on the guest's stack.
#include "cpu/threads/step.h"

__thread cpu::threads::Core* lockstep_core = nullptr;

namespace cpu::threads {

STEP_SLOW Core* attend(Core* core, unsigned kind, uint32_t address, uint32_t pc) {
  for (;;) {
    declare(core->cpu, kind, address, 0, pc);
    on_host<&Executor::attend>(core);
    if (core->action == Action::kGoOn) return core;
    if (core->action == Action::kQuit) sim::leave_to_fiber(core->host_sp);
    core = take_interrupt(core);
  }
}

// The interrupt core->vector, as a nested call of the guest's entry code.
STEP_SLOW Core* take_interrupt(Core* core) {
  Cpu* c = core->cpu;
  const int vector = core->vector;
  const uint8_t irqs_on = c->irqs_on;
  const uint8_t level = c->level;
  c->irqs_on = 0;
  c->level = vector == 2 ? 3 : 2;
  c->halted = 0;
  core->idle = 0;
  *c->call_sites++ = c->next.pc;
  set_clock(*c, c->now + cost::kInterrupt);
  core->executor->machine().s.vector_entry(static_cast<unsigned>(vector));

  // The interrupted task may stand on another CPU now.
  core = here();
  c = core->cpu;
  --c->call_sites;
  c->irqs_on = irqs_on;
  c->level = level;
  core->vector = vector;
  on_host<&Executor::returned>(core);
  return core;
}

STEP_SLOW void guest_crash(Core* core, Fault::Kind kind, uint64_t address, bool write,
                           uint32_t pc) {
  Request& r = core->request;
  core->cpu->next.pc = pc;
  r.kind = kind;
  r.arg = address;
  r.size = write;
  on_host<&Executor::crash>(core);
  sim::leave_to_fiber(core->host_sp);
}

}  // namespace cpu::threads
