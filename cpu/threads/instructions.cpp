// SPDX-License-Identifier: MIT
// Instructions without a memory operand: the interrupt flag, waiting, clocks.
#include <sched.h>

#include "cpu/threads/abi.h"

#define PC guest_pc(__builtin_return_address(0))

namespace cpu::threads {

namespace {

STEP_INLINE bool wire(const uint8_t& level) { return __atomic_load_n(&level, __ATOMIC_RELAXED); }

STEP_INLINE void flag_changed(Core* core, unsigned kind, uint32_t pc) {
  core->cpu->level = level_of(core->cpu);
  event(core, kind, 0, 0, pc);
}

// What has waited for the flag comes before the instruction that clears it.
STEP_INLINE unsigned long off(uint32_t pc) {
  Core* core = here();
  if (UNLIKELY(wire(core->cpu->wire_nmi) || (wire(core->cpu->wire_irq) && core->cpu->irqs_on))) {
    core = attend(core, EV_INSN, 0, pc);
  }
  const unsigned long flags = core->cpu->irqs_on;
  if (!flags) return flags;
  core->cpu->irqs_on = 0;
  flag_changed(core, EV_IRQS_OFF, pc);
  return flags;
}

// What waits for the flag comes after the instruction that sets it.
STEP_INLINE void on(Core* core, uint32_t pc) {
  if (core->cpu->irqs_on) return;
  core->cpu->irqs_on = 1;
  if (wire(core->cpu->wire_irq)) core->horizon.store(0, std::memory_order_relaxed);
  flag_changed(core, EV_IRQS_ON, pc);
}

}  // namespace

HOST_LEAF unsigned cpu_id() { return here()->cpu->id; }
HOST_LEAF uint64_t clock_ns() {
  Core* core = here();
  core->idle = 0;
  return core->cpu->now;
}

HOST_LEAF uint64_t random() {
  Core* core = here();
  core->idle = 0;
  uint64_t z = core->entropy += 0x9e3779b97f4a7c15u;  // splitmix64
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

HOST_LEAF unsigned long irq_flags() { return here()->cpu->irqs_on; }
HOST_LEAF unsigned long irq_save() { return off(PC); }
HOST_LEAF void irq_disable() { off(PC); }
HOST_LEAF void irq_enable() { on(step(here(), EV_INSN, 0, cost::kInsn, PC), PC); }

HOST_LEAF void irq_restore(unsigned long flags) {
  Core* core = here();
  if (!flags) {
    off(PC);
  } else if (!core->cpu->irqs_on) {
    on(step(core, EV_INSN, 0, cost::kInsn, PC), PC);
  }
}

HOST_LEAF void halt() {
  Core* core = here();
  const uint32_t pc = PC;
  on(core, pc);
  ++core->steps;
  declare(core->cpu, EV_INSN, 0, 0, pc, 0, 0, INSN_HALT);
  core->cpu->halted = 1;
  on_host<&Executor::halt>(core);
  core->cpu->halted = 0;
  if (core->action == Action::kQuit) sim::leave_to_fiber(core->host_sp);
  take_interrupt(core);
}

HOST_LEAF void relax() {
  constexpr uint32_t kPatience = 64;
  Core* core = here();
  core->cpu->next.pc = PC;
  core = step(core, EV_RELAX, 0, cost::kRelax, PC);
  __atomic_store_n(&core->idle, core->idle + 1, __ATOMIC_RELAXED);
  if (UNLIKELY(core->idle >= Executor::kIdle && core->idle % Executor::kIdleLook == 0)) {
    on_host<&Executor::spin>(core);
  }
  if (core->executor->crowded() || ++core->relaxed % kPatience == 0) {
    sched_yield();  // the CPU that this one waits for may need the host's processor
  } else {
    __builtin_ia32_pause();
  }
}

HOST_LEAF void set_vector_entry(void (*entry)(unsigned vector)) {
  here()->executor->machine().s.vector_entry = entry;
}

HOST_LEAF void percpu_set_base(unsigned cpu, uintptr_t base) {
  if (cpu < HW_CPUS_MAX) here()->executor->machine().cpus[cpu].percpu_base = base;
}
HOST_LEAF uintptr_t percpu_base() { return here()->cpu->percpu_base; }

}  // namespace cpu::threads
