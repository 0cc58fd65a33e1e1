// SPDX-License-Identifier: MIT
#include "sim/run/event_text.h"

#include <fmt/format.h>

#include <array>

#include "cpu/events.h"
#include "irq/regs.h"

namespace run {
namespace {

// TASK_* of Linux, as `ps` and the stack dumps abbreviate them.
std::string state_text(uint64_t state) {
  if (state == 0) return "runnable";
  if ((state & 1) != 0) return "interruptible";
  if ((state & 2) != 0) return "uninterruptible";
  return fmt::format("state {:#x}", state);
}

std::string softirq_text(uint64_t number) {
  static constexpr std::array<const char*, 10> kNames{
      "HI", "TIMER", "NET_TX", "NET_RX", "BLOCK", "IRQ_POLL", "TASKLET", "SCHED", "HRTIMER", "RCU"};
  return fmt::format("softirq {}", number < kNames.size() ? kNames[number] : "?");
}

// System vectors by their names, lines by their numbers.
std::string interrupt_text(uint64_t irq) {
  switch (irq) {
    case VECTOR_LOCAL_TIMER:
      return "timer interrupt";
    case VECTOR_IRQ_WORK:
      return "irq_work interrupt";
    case VECTOR_REBOOT:
      return "power button";
    case VECTOR_CALL_SINGLE:
    case VECTOR_CALL_FUNCTION:
      return "call-function interrupt";
    case VECTOR_RESCHEDULE:
      return "reschedule interrupt";
    default:
      return fmt::format("hardirq {}", irq);
  }
}

// What is raised, sent and taken: vectors.
std::string vector_text(uint64_t vector) {
  const bool line = vector >= VECTOR_IRQ_BASE && vector < VECTOR_IRQ_BASE + IOAPIC_LINES;
  if (vector == VECTOR_NMI) return "NMI";
  return interrupt_text(line ? vector - VECTOR_IRQ_BASE : vector);
}

std::string context_assert_text(uint64_t which) {
  return which == 1 ? "smp_processor_id()" : "cant_sleep()";
}

std::string lock_event(const RunView& r, const sim::Event& e) {
  switch (e.kind) {
    case EV_LOCK_ACQUIRED:
      return "takes " + lock_text(r, e.object, 0);
    case EV_LOCK_RELEASE:
      return "releases " + lock_text(r, e.object, 0);
    case EV_LOCK_DOWNGRADE:
      return "keeps " + lock_text(r, e.object, 1);
    case EV_LOCK_CONTENDED:
      return "waits for " + lock_text(r, e.object, 0);
    case EV_LOCK_INIT:
      return "initialises " + lock_text(r, e.object, 0);
    case EV_LOCK_DESTROY:
      return "destroys " + lock_text(r, e.object, 0);
    default:
      return {};
  }
}

std::string interrupt_event(const RunView& r, const sim::Event& e) {
  switch (e.kind) {
    case EV_IRQ_RAISE:
      return e.arg != 0 ? vector_text(e.arg) + " is raised"
                        : fmt::format("line {} is raised, masked", e.object);
    case EV_IRQ_DELIVER:
      return "takes " + vector_text(e.arg);
    case EV_IRQ_EOI:
      return "end of " + vector_text(e.arg);
    case EV_IPI_SEND:
      return fmt::format("sends {} to CPU {}", vector_text(e.arg), e.object);
    case EV_HARDIRQ_ENTER:
      return "> " + interrupt_text(e.arg);
    case EV_HARDIRQ_EXIT:
      return "< " + interrupt_text(e.arg);
    case EV_SOFTIRQ_ENTER:
      return "> " + softirq_text(e.arg);
    case EV_SOFTIRQ_EXIT:
      return "< " + softirq_text(e.arg);
    case EV_SOFTIRQ_RAISE:
      return "raises " + softirq_text(e.arg);
    case EV_NMI_ENTER:
      return "> NMI";
    case EV_NMI_EXIT:
      return "< NMI";
    case EV_TASKLET_ENTER:
      return "> tasklet " + function_text(r, e.arg);
    case EV_TASKLET_EXIT:
      return "< tasklet " + function_text(r, e.arg);
    case EV_TIMER_ENTER:
      return "> timer " + function_text(r, e.arg);
    case EV_TIMER_EXIT:
      return "< timer " + function_text(r, e.arg);
    case EV_IRQS_OFF:
      return "interrupts off";
    case EV_IRQS_ON:
      return "interrupts on";
    case EV_PREEMPT_OFF:
      return "preemption off";
    case EV_PREEMPT_ON:
      return "preemption on";
    case EV_BH_OFF:
      return "softirqs off";
    case EV_BH_ON:
      return "softirqs on";
    case EV_IRQ_REQUEST:
      return fmt::format("requests irq {}", e.arg);
    default:
      return {};
  }
}

std::string task_event(const RunView& r, const sim::Event& e) {
  const std::string task = r.task_name(e.object);
  switch (e.kind) {
    case EV_TASK_NEW:
      return "creates " + task;
    case EV_TASK_SWITCH:
      return "runs " + task;
    case EV_TASK_WAKE:
      return fmt::format("wakes {} on CPU {}", task, e.arg);
    case EV_TASK_EXIT:
      return task + " ends";
    case EV_TASK_BLOCK:
      return "sleeps, " + state_text(e.arg);
    case EV_TASK_MIGRATE:
      return fmt::format("{} moves from CPU {} to {}", task, e.arg & 0xff, e.arg >> 8 & 0xff);
    case EV_TASK_PREEMPT:
      return task + " is preempted";
    case EV_TASK_START:
      return fmt::format("{} begins in {}", task, function_text(r, e.pc));
    case EV_TASK_COMM:
      return "is now called " + task;
    case EV_TASK_PRIO:
      return fmt::format("{} has priority {}", task, e.arg);
    case EV_TASK_SIGNAL:
      return fmt::format("signal {} for {}", e.arg, task);
    case EV_FUNC_ENTER:
      return "> " + function_text(r, e.pc) + "()";
    case EV_FUNC_EXIT:
      // The event says where it returns to.
      return e.pc == 0 ? "returns" : "returns to " + function_text(r, e.pc - 1) + "()";
    default:
      return {};
  }
}

std::string rcu_event(const RunView& r, const sim::Event& e) {
  switch (e.kind) {
    case EV_RCU_LOCK:
      return "begins an RCU reader";
    case EV_RCU_UNLOCK:
      return "ends an RCU reader";
    case EV_RCU_QS:
      return fmt::format("quiescent state of CPU {}", e.arg);
    case EV_RCU_GP_START:
      return fmt::format("grace period {} begins", e.arg);
    case EV_RCU_GP_END:
      return fmt::format("grace period {} ends", e.arg);
    case EV_RCU_QUEUE:
      return "queues RCU callback " + function_text(r, e.arg);
    case EV_RCU_INVOKE:
      return "> RCU callback " + function_text(r, e.arg);
    case EV_RCU_INVOKED:
      return "< RCU callback " + function_text(r, e.arg);
    case EV_RCU_SYNC_BEGIN:
      return "waits for a grace period";
    case EV_RCU_SYNC_END:
      return "its grace period has ended";
    case EV_RCU_BLOCKED:
      return r.task_name(e.object) + " leaves the CPU inside an RCU reader";
    default:
      return {};
  }
}

std::string other_event(const RunView& r, const sim::Event& e) {
  switch (e.kind) {
    case EV_SPIN_BEGIN:
      return "spins until " + r.object_name(e.object) + " changes";
    case EV_SPIN_END:
      return e.arg == 2 ? "leaves the spin for an interrupt" : "sees the change";
    case EV_ALLOC:
      return fmt::format("allocates {} bytes at {:#x}", e.arg, e.object);
    case EV_FREE:
      return "frees " + r.object_name(e.object);
    case EV_CACHE_NEW:
      return fmt::format("makes a cache of {} bytes", e.arg);
    case EV_WORK_QUEUE:
      return "queues work " + function_text(r, e.arg);
    case EV_WORK_START:
      return "> work " + function_text(r, e.arg);
    case EV_WORK_END:
      return "< work " + function_text(r, e.arg);
    case EV_MIGHT_SLEEP:
      return "may sleep here";
    case EV_CONTEXT_ASSERT:
      return context_assert_text(e.arg);
    case EV_DATA_RACE_OFF:
      return "data_race(";
    case EV_DATA_RACE_ON:
      return ") of data_race";
    case EV_REPORT:
      return "*** " + r.finding_title(e.arg);
    case EV_CONSOLE:
      return "log: " + r.log_text(e.arg);
    case EV_INIT_DONE:
      return fmt::format("module_init returns {}", static_cast<int>(e.arg));
    case EV_EXIT_BEGIN:
      return "module_exit begins";
    case EV_EXIT_DONE:
      return "module_exit is done";
    case EV_INPUT:
      return "input of the user";
    default:
      return {};
  }
}

}  // namespace

std::string event_text(const RunView& view, const sim::Event& event) {
  const unsigned kind = event.kind;
  if (is_step(event)) return step_text(view, event);
  if (kind >= EV_LOCK_ACQUIRE && kind <= EV_LOCK_DESTROY) return lock_event(view, event);
  if (kind >= EV_IRQ_RAISE && kind <= EV_IRQ_REQUEST) return interrupt_event(view, event);
  if (kind >= EV_TASK_NEW && kind <= EV_FUNC_EXIT) return task_event(view, event);
  if (kind >= EV_RCU_LOCK && kind <= EV_RCU_INVOKED) return rcu_event(view, event);
  return other_event(view, event);
}

bool is_step(const sim::Event& event) { return event.kind >= EV_READ && event.kind <= EV_INSN; }

std::string lock_text(const RunView& view, uint32_t lock, unsigned read) {
  return view.lock_name(lock) + (read != 0 ? " for reading" : "");
}

std::string function_text(const RunView& view, uint64_t address) {
  if (address == 0) return "?";
  // A function's own address, not a return address: the instruction behind it.
  const Location location = view.where(static_cast<uint32_t>(address) + 1);
  return location.function.empty() ? fmt::format("{:#x}", address) : location.function;
}

std::string place_text(const RunView& view, const sim::Event& event) {
  if (event.pc == 0 || event.kind == EV_TASK_NEW || event.kind == EV_TASK_COMM) return {};
  const bool begins = event.kind == EV_TASK_START || event.kind == EV_FUNC_ENTER;
  const Location location = view.where(begins ? event.pc + 1 : event.pc);
  if (location.line == 0) return {};
  return fmt::format("{}:{}", location.file.substr(location.file.rfind('/') + 1), location.line);
}

std::string time_text(uint64_t ns) {
  struct Unit {
    uint64_t ns;
    const char* name;
  };
  static constexpr Unit kUnits[] = {{1'000'000'000, "s"}, {1'000'000, "ms"}, {1'000, "us"}};
  for (const Unit& unit : kUnits)
    if (ns >= unit.ns)
      return fmt::format("{}.{:03}{}", ns / unit.ns, ns % unit.ns * 1000 / unit.ns, unit.name);
  return fmt::format("{}ns", ns);
}

}  // namespace run
