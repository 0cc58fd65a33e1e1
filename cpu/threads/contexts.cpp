// SPDX-License-Identifier: MIT
// Contexts, and CPUs that begin and end.
#include "cpu/threads/abi.h"

#define PC guest_pc(__builtin_return_address(0))

namespace cpu::threads {

namespace {

// The other half of a switch: what was left may run elsewhere from now on.
STEP_INLINE Context& arrive(Core* core) {
  Context* contexts = core->executor->machine().contexts.get();
  if (core->left)
    __atomic_store_n(&contexts[core->left].state, Context::kSuspended, __ATOMIC_RELEASE);
  core->left = 0;
  Context& context = contexts[core->cpu->context];
  context.state = Context::kRunning;
  return context;
}

}  // namespace

// As in cpu/instructions.cpp: a fiber's first frames.
struct First {
  void (*entry)(void*);
  void* argument;
};

extern "C" HOST_LEAF First lockstep_threads_first_call(void) {
  const Context& context = arrive(here());
  return {context.entry, context.argument};
}

extern "C" HOST_LEAF void lockstep_threads_first_returned(void) {
  guest_crash(here(), Fault::kReturn, 0, false, 0);
}

extern "C" void lockstep_threads_start_context(void);
asm(R"(
	.text
	.type lockstep_threads_start_context, @function
lockstep_threads_start_context:
	subq $8, %rsp
	xorl %ebp, %ebp
	callq lockstep_threads_first_call
	movq %rdx, %rdi
	callq *%rax
	callq lockstep_threads_first_returned
	.size lockstep_threads_start_context, .-lockstep_threads_start_context
)");

void* fresh_fiber(uint32_t id) {
  return sim::new_fiber(slot_top(id) - 64, lockstep_threads_start_context);
}

HOST_LEAF uint32_t context_create(void (*entry)(void*), void* arg) {
  Core* core = here();
  core->request.entry = entry;
  core->request.argument = arg;
  on_host<&Executor::create_context>(core);
  return static_cast<uint32_t>(core->request.answer);
}

HOST_LEAF void context_free(uint32_t id) {
  Core* core = here();
  Engine& m = core->executor->machine();
  const bool known = id != 0 && id <= m.s.contexts;
  const uint8_t state = known ? m.contexts[id].state : uint8_t{Context::kFree};
  if (state == Context::kRunning || state == Context::kFree) {
    guest_crash(core, Fault::kIllegal, id, false, PC);
  }
  core->request.object = id;
  on_host<&Executor::free_context>(core);
}

HOST_LEAF uint32_t context_self() { return here()->cpu->context; }

HOST_LEAF void switch_to(uint32_t id, struct task_struct* next) {
  Core* core = step(here(), EV_INSN, 0, cost::kSwitch, PC);
  Cpu* c = core->cpu;
  Engine& m = core->executor->machine();
  const bool known = id != 0 && id <= m.s.contexts;
  const uint8_t state =
      known ? __atomic_load_n(&m.contexts[id].state, __ATOMIC_ACQUIRE) : uint8_t{Context::kFree};
  if (state != Context::kFresh && state != Context::kSuspended) {
    guest_crash(core, Fault::kIllegal, id, false, PC);
  }
  Context& from = m.contexts[c->context];
  Context& to = m.contexts[id];
  from.call_sites = c->call_sites;
  core->left = c->context;
  core->idle = 0;
  __atomic_store_n(&c->context, id, __ATOMIC_RELAXED);
  c->current = next;
  __atomic_store_n(&c->call_sites, to.call_sites, __ATOMIC_RELAXED);
  c->call_sites_end = reinterpret_cast<uint32_t*>(slot_call_sites_end(id));
  c->stack_limit = slot_limit(id);
  hw_current = next;
  sim::switch_fiber(&from.sp, to.sp);
  arrive(here());
}

HOST_LEAF void cpu_start(unsigned cpu, void (*entry)(void*), void* arg, struct task_struct* idle) {
  Core* core = step(here(), EV_INSN, 0, cost::kIo, PC);
  const Engine& m = core->executor->machine();
  if (cpu >= m.cpu_count || m.cpus[cpu].online) {
    guest_crash(core, Fault::kIllegal, cpu, false, PC);
  }
  const uint32_t context = context_create(entry, arg);
  if (!context) guest_crash(core, Fault::kIllegal, cpu, false, PC);
  Request& r = core->request;
  r.arg = cpu;
  r.object = context;
  r.argument = idle;
  on_host<&Executor::start_cpu>(core);
}

HOST_LEAF void power_off(int status) {
  Core* core = here();
  core->request.arg = static_cast<uint64_t>(status);
  on_host<&Executor::power_off>(core);
  sim::leave_to_fiber(core->host_sp);
}

}  // namespace cpu::threads
