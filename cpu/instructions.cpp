// SPDX-License-Identifier: MIT
// Instructions without a memory operand: the interrupt flag, waiting, clocks,
// contexts, powering CPUs on and off.
#include "cpu/step.h"

#define PC __builtin_return_address(0)

namespace cpu {

namespace {

STEP_INLINE Engine& here() {
  Engine& e = *t_engine;
  settle(e, e.s.cur);
  return e;
}

// What a wait loop must not do and still be called idle.
STEP_INLINE void not_idle(Engine& e) { e.spins[e.s.cur->id].busy = 1; }

// What has waited for the flag comes before the instruction that clears it.
STEP_INLINE void take_before(Engine& e, const void* pc) {
  Cpu* c = e.s.cur;
  if (UNLIKELY(c->attention & (kIrq | kNmi))) take_pending(e, c, pc, HOOK_FRAME);
}

// The flag has changed: told to the observers as an announcement is.
STEP_INLINE void flag_changed(Engine& e, Cpu* c, unsigned kind, const void* pc) {
  c->level = level_of(c);
  const sim::Event& event = record_lane(e, c, kind, 0, 0, guest_pc(pc));
  if (e.interest[kind] != Interest::kNone) {
    e.pending_event = &event;
    on_host<&Engine::deliver>(e);
  }
}

STEP_INLINE void irqs_off(Engine& e, Cpu* c, const void* pc) {
  if (!c->irqs_on) return;
  c->irqs_on = 0;
  c->attention &= ~uint32_t{kIrq};
  flag_changed(e, c, EV_IRQS_OFF, pc);
}

STEP_INLINE void irqs_on(Engine& e, Cpu* c, const void* pc) {
  if (c->irqs_on) return;
  c->irqs_on = 1;
  if (c->wire_irq) c->attention |= kIrq;
  flag_changed(e, c, EV_IRQS_ON, pc);
}

// Makes `id` the running context of c, which is not running it yet.
STEP_INLINE void* load_context(Engine& e, Cpu* c, uint32_t id, struct task_struct* task) {
  Context& to = e.contexts[id];
  c->context = id;
  c->current = task;
  c->call_sites = to.call_sites;
  c->call_sites_end = reinterpret_cast<uint32_t*>(slot_call_sites_end(id));
  c->stack_limit = slot_limit(id);
  c->tracking = 0;
  e.spins[c->id].armed = 0;
  to.state = Context::kRunning;
  to.ran = 1;
  // The guest may write its own thread_info without telling anybody.
  const auto address = reinterpret_cast<uintptr_t>(task);
  if (Window::contains(address, 16)) mark_dirty(e, static_cast<uint32_t>(address), 16);
  return to.sp;
}

}  // namespace

// A fiber's first frames are assembly, so that the guest's begin at the same
// address whatever compiler built the host: fetch, then call, entry(argument).
struct First {
  void (*entry)(void*);
  void* argument;
};

extern "C" HOST_LEAF First lockstep_first_call(void) {
  Engine& e = *t_engine;
  Cpu* c = e.s.cur;
  Context& context = e.contexts[c->context];
  context.state = Context::kRunning;
  if (c->next.kind == EV_INSN && c->next.insn == INSN_BOOT) {
    commit(e, c, EV_INSN, cost::kInsn, 0, INSN_BOOT);
  }
  return {context.entry, context.argument};
}

extern "C" HOST_LEAF void lockstep_first_returned(void) {
  guest_crash(*t_engine, Fault::kReturn, 0, false);
}

extern "C" void lockstep_start_context(void);
asm(R"(
	.text
	.type lockstep_start_context, @function
lockstep_start_context:
	subq $8, %rsp
	xorl %ebp, %ebp
	callq lockstep_first_call
	movq %rdx, %rdi
	callq *%rax
	callq lockstep_first_returned
	.size lockstep_start_context, .-lockstep_start_context
)");

void* fresh_fiber(uint32_t id) { return sim::new_fiber(slot_top(id) - 64, lockstep_start_context); }

HOST_LEAF void power_cpu(Engine& e, unsigned cpu, uint32_t context, struct task_struct* idle,
                         uint64_t time) {
  Cpu* c = &e.cpus[cpu];
  c->now = time;
  c->online = 1;
  c->sp = load_context(e, c, context, idle);
  declare(c, EV_INSN, 0, 0, 0, 0, 0, INSN_BOOT);
  e.s.online |= uint64_t{1} << cpu;
  e.s.agenda.set(cpu, sim::Agenda::key(c->now, cpu));
}

}  // namespace cpu

using namespace cpu;

extern "C" {

unsigned HOST_LEAF hw_cpu_id(void) { return t_engine->s.cur->id; }

HOST_LEAF uint64_t hw_clock(void) {
  Engine& e = *t_engine;
  not_idle(e);
  return e.s.cur->now;
}

HOST_LEAF uint64_t hw_random(void) {
  Engine& e = *t_engine;
  not_idle(e);
  uint64_t z = e.s.entropy += 0x9e3779b97f4a7c15u;  // splitmix64
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

HOST_LEAF unsigned long hw_irq_flags(void) { return t_engine->s.cur->irqs_on; }

HOST_LEAF unsigned long hw_irq_save(void) {
  Engine& e = here();
  take_before(e, PC);
  const unsigned long flags = e.s.cur->irqs_on;
  irqs_off(e, e.s.cur, PC);
  return flags;
}

HOST_LEAF void hw_irq_disable(void) {
  Engine& e = here();
  take_before(e, PC);
  irqs_off(e, e.s.cur, PC);
}

HOST_LEAF void hw_irq_enable(void) {
  Engine& e = *t_engine;
  Cpu* c = instruction(e, INSN_IRQ_ENABLE, PC, cost::kInsn, HOOK_FRAME);
  irqs_on(e, c, PC);
}

HOST_LEAF void hw_irq_restore(unsigned long flags) {
  Engine& e = here();
  if (!flags) return irqs_off(e, e.s.cur, PC);
  if (e.s.cur->irqs_on) return;
  Cpu* c = instruction(e, INSN_IRQ_ENABLE, PC, cost::kInsn, HOOK_FRAME);
  irqs_on(e, c, PC);
}

HOST_LEAF void hw_halt(void) {
  Engine& e = here();
  Cpu* c = e.s.cur;
  irqs_on(e, c, PC);
  declare(c, EV_INSN, 0, 0, guest_pc(PC), 0, 0, INSN_HALT);
  c->halted = 1;
  c->tracking = 0;
  c = ask<false>(e, c, HOOK_FRAME);
  c->halted = 0;
  commit(e, c, EV_INSN, cost::kInsn, 0, INSN_HALT);
}

HOST_LEAF void hw_set_vector_entry(void (*entry)(unsigned vector)) {
  t_engine->s.vector_entry = entry;
}

HOST_LEAF void hw_percpu_set_base(unsigned cpu, uintptr_t base) {
  if (cpu < HW_CPUS_MAX) t_engine->cpus[cpu].percpu_base = base;
}
HOST_LEAF uintptr_t hw_percpu_base(void) { return t_engine->s.cur->percpu_base; }

// Contexts. ------------------------------------------------------------------

HOST_LEAF uint32_t hw_context_create(void (*entry)(void*), void* arg) {
  Engine& e = here();
  e.new_entry = entry;
  e.new_argument = arg;
  on_host<&Engine::create_context>(e);
  return e.new_context;
}

HOST_LEAF void hw_context_free(uint32_t id) {
  Engine& e = here();
  if (id == 0 || id > e.s.contexts || e.contexts[id].state == Context::kRunning ||
      e.contexts[id].state == Context::kFree) {
    guest_crash(e, Fault::kIllegal, id, false);
  }
  e.contexts[id].state = Context::kFree;
  e.contexts[id].argument = reinterpret_cast<void*>(uintptr_t{e.s.free_context});
  e.s.free_context = id;
}

HOST_LEAF uint32_t hw_context_self(void) { return t_engine->s.cur->context; }

HOST_LEAF void hw_switch(uint32_t id, struct task_struct* next) {
  Engine& e = *t_engine;
  Cpu* c = instruction(e, INSN_SWITCH, PC, cost::kSwitch, HOOK_FRAME);
  if (id == 0 || id > e.s.contexts ||
      (e.contexts[id].state != Context::kFresh && e.contexts[id].state != Context::kSuspended)) {
    guest_crash(e, Fault::kIllegal, id, false);
  }
  Context& from = e.contexts[c->context];
  from.state = Context::kSuspended;
  from.call_sites = c->call_sites;
  void* sp = load_context(e, c, id, next);
  c->next = Operation{};
  hw_current = next;
  sim::switch_fiber(&from.sp, sp);
}

HOST_LEAF void hw_cpu_start(unsigned cpu, void (*entry)(void*), void* arg,
                            struct task_struct* idle) {
  Engine& e = *t_engine;
  Cpu* c = instruction(e, INSN_CPU_START, PC, cost::kIo, HOOK_FRAME);
  if (cpu >= e.cpu_count || e.cpus[cpu].online) guest_crash(e, Fault::kIllegal, cpu, false);
  const uint32_t context = hw_context_create(entry, arg);
  if (!context) guest_crash(e, Fault::kIllegal, cpu, false);
  power_cpu(e, cpu, context, idle, c->now);
}

HOST_LEAF void hw_power_off(int status) {
  Engine& e = here();
  e.s.power_status = status;
  on_host<&Engine::power_off>(e);
  sim::leave_to_fiber(e.host_sp);
}

}  // extern "C"
