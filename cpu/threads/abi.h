// SPDX-License-Identifier: MIT
// The hardware ABI of this executor: what cpu/hw.h says of each hw_ function, on
// a host thread of its own. Images are bound to these by name, see abi.cpp.
#pragma once

#include <cstdint>

#include "cpu/hw.h"
#include "cpu/threads/step.h"

namespace cpu::threads {

// plain.cpp
void access(const volatile void* p, uint32_t what, const void* pc);
void tick(const void* pc);
void func_entry(const void* call_site);
void func_exit();

// marked.cpp
uint64_t load(const volatile void* p, unsigned size, enum hw_order order);
void store(volatile void* p, unsigned size, uint64_t value, enum hw_order order);
uint64_t rmw(enum hw_rmw op, volatile void* p, unsigned size, uint64_t operand,
             enum hw_order order);
uint64_t cmpxchg(volatile void* p, unsigned size, uint64_t expected, uint64_t desired,
                 enum hw_order order);
bool cmpxchg128(volatile void* p, hw_u128* expected, hw_u128 desired, enum hw_order order);
void fence(enum hw_fence kind);
uint64_t this_cpu(enum hw_rmw op, const volatile void* p, unsigned size, uint64_t operand);
uint64_t this_cpu_cmpxchg(volatile void* p, unsigned size, uint64_t expected, uint64_t desired);

// instructions.cpp
unsigned cpu_id();
uint64_t clock_ns();
uint64_t random();
void relax();
void halt();
unsigned long irq_flags();
unsigned long irq_save();
void irq_restore(unsigned long flags);
void irq_disable();
void irq_enable();
void set_vector_entry(void (*entry)(unsigned vector));
void percpu_set_base(unsigned cpu, uintptr_t base);
uintptr_t percpu_base();

// contexts.cpp
void cpu_start(unsigned cpu, void (*entry)(void*), void* arg, struct task_struct* idle);
uint32_t context_create(void (*entry)(void*), void* arg);
void context_free(uint32_t id);
uint32_t context_self();
void switch_to(uint32_t id, struct task_struct* next);
[[noreturn]] void power_off(int status);

// announce.cpp
void announce(unsigned kind, const volatile void* object, uint64_t arg, const void* ip);
void console(unsigned level, const char* text, unsigned length);
void report(enum hw_report_kind kind, const char* text, const char* file, unsigned line);
int ask(enum hw_question question, const volatile void* object);
uint32_t lapic_read(uint32_t offset);
void lapic_write(uint32_t offset, uint32_t value);
uint32_t ioapic_read(uint32_t index);
void ioapic_write(uint32_t index, uint32_t value);
int source_line(const char* name);
void source_ack(uint32_t line);
void source_command(uint32_t line, uint32_t tag, uint64_t delay_ns);
uint32_t source_done(uint32_t line);
uint64_t source_raised(uint32_t line);

}  // namespace cpu::threads
