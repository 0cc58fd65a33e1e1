// SPDX-License-Identifier: MIT
// The hardware ABI by name, as this executor has it.
#include "cpu/threads/abi.h"

#include <cstring>

namespace cpu::threads {

namespace {

struct Entry {
  const char* name;
  void* address;
};

#define ABI(name, function) \
  { #name, reinterpret_cast < void*>(&function) }
const Entry kTable[] = {
    ABI(hw_load, load),
    ABI(hw_store, store),
    ABI(hw_rmw, rmw),
    ABI(hw_cmpxchg, cmpxchg),
    ABI(hw_cmpxchg128, cmpxchg128),
    ABI(hw_fence, fence),
    ABI(hw_access, access),
    ABI(hw_tick, tick),
    ABI(hw_func_entry, func_entry),
    ABI(hw_func_exit, func_exit),
    ABI(hw_cpu_id, cpu_id),
    ABI(hw_clock, clock_ns),
    ABI(hw_random, random),
    ABI(hw_cpu_relax, relax),
    ABI(hw_halt, halt),
    ABI(hw_irq_flags, irq_flags),
    ABI(hw_irq_save, irq_save),
    ABI(hw_irq_restore, irq_restore),
    ABI(hw_irq_disable, irq_disable),
    ABI(hw_irq_enable, irq_enable),
    ABI(hw_cpu_start, cpu_start),
    ABI(hw_set_vector_entry, set_vector_entry),
    ABI(hw_percpu_set_base, percpu_set_base),
    ABI(hw_percpu_base, percpu_base),
    ABI(hw_this_cpu, this_cpu),
    ABI(hw_this_cpu_cmpxchg, this_cpu_cmpxchg),
    ABI(hw_context_create, context_create),
    ABI(hw_context_free, context_free),
    ABI(hw_context_self, context_self),
    ABI(hw_switch, switch_to),
    ABI(hw_announce, announce),
    ABI(hw_console, console),
    ABI(hw_report, report),
    ABI(hw_power_off, power_off),
    ABI(hw_ask, ask),
    ABI(hw_lapic_read, lapic_read),
    ABI(hw_lapic_write, lapic_write),
    ABI(hw_ioapic_read, ioapic_read),
    ABI(hw_ioapic_write, ioapic_write),
    ABI(hw_source_line, source_line),
    ABI(hw_source_ack, source_ack),
    ABI(hw_source_command, source_command),
    ABI(hw_source_done, source_done),
    ABI(hw_source_raised, source_raised),
};
#undef ABI

}  // namespace

void* abi_symbol(const char* name) {
  for (const Entry& entry : kTable) {
    if (std::strcmp(entry.name, name) == 0) return entry.address;
  }
  return nullptr;
}

}  // namespace cpu::threads
