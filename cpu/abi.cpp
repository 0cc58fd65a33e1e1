// SPDX-License-Identifier: MIT
// The hardware ABI by name: what guest images may leave undefined.
#include <cstring>

#include "cpu/engine.h"
#include "irq/regs.h"

namespace cpu {

namespace {

struct Entry {
  const char* name;
  void* address;
};

#define ABI(name) \
  { #name, reinterpret_cast < void*>(&name) }
const Entry kTable[] = {
    ABI(hw_load),
    ABI(hw_store),
    ABI(hw_rmw),
    ABI(hw_cmpxchg),
    ABI(hw_cmpxchg128),
    ABI(hw_fence),
    ABI(hw_access),
    ABI(hw_tick),
    ABI(hw_func_entry),
    ABI(hw_func_exit),
    ABI(hw_cpu_id),
    ABI(hw_clock),
    ABI(hw_random),
    ABI(hw_cpu_relax),
    ABI(hw_halt),
    ABI(hw_irq_flags),
    ABI(hw_irq_save),
    ABI(hw_irq_restore),
    ABI(hw_irq_disable),
    ABI(hw_irq_enable),
    ABI(hw_cpu_start),
    ABI(hw_set_vector_entry),
    ABI(hw_percpu_set_base),
    ABI(hw_percpu_base),
    ABI(hw_this_cpu),
    ABI(hw_this_cpu_cmpxchg),
    ABI(hw_context_create),
    ABI(hw_context_free),
    ABI(hw_context_self),
    ABI(hw_switch),
    ABI(hw_announce),
    ABI(hw_console),
    ABI(hw_report),
    ABI(hw_power_off),
    ABI(hw_ask),
    ABI(hw_lapic_read),
    ABI(hw_lapic_write),
    ABI(hw_ioapic_read),
    ABI(hw_ioapic_write),
    ABI(hw_source_line),
    ABI(hw_source_ack),
    ABI(hw_source_command),
    ABI(hw_source_done),
    ABI(hw_source_raised),
};
#undef ABI

}  // namespace

void* abi_symbol(const char* name) {
  for (const Entry& entry : kTable) {
    if (std::strcmp(entry.name, name) == 0) return entry.address;
  }
  return nullptr;
}

const std::vector<const char*>& abi_names() {
  static const std::vector<const char*> names = [] {
    std::vector<const char*> all;
    for (const Entry& entry : kTable) all.push_back(entry.name);
    all.push_back("hw_current");
    return all;
  }();
  return names;
}

intptr_t abi_tls_offset(const char* name) {
  if (std::strcmp(name, "hw_current") != 0) return 0;
  uintptr_t thread_pointer;
  asm("movq %%fs:0, %0" : "=r"(thread_pointer));
  return static_cast<intptr_t>(reinterpret_cast<uintptr_t>(&hw_current) - thread_pointer);
}

}  // namespace cpu
