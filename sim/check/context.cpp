// SPDX-License-Identifier: MIT
#include "sim/check/context.h"

#include <fmt/format.h>

#include "sim/check/report_words.h"

namespace check {

namespace {
enum Assertion : uint64_t { kAssertProcessorId = 1, kAssertCantSleep = 2, kAssertSchedule = 3 };
}

Context::Context(sim::Arena& arena, Bench& bench)
    : arena_(arena), bench_(bench), s_(arena.make<State>()) {}

bool Context::wants(unsigned kind) const {
  switch (kind) {
    case EV_MIGHT_SLEEP:
    case EV_CONTEXT_ASSERT:
    case EV_TASK_BLOCK:
    case EV_TASK_NEW:
    case EV_PREEMPT_OFF:
    case EV_RCU_LOCK:
    case EV_RCU_UNLOCK:
    case EV_TASKLET_ENTER:
    case EV_TASKLET_EXIT:
    case EV_TIMER_ENTER:
    case EV_TIMER_EXIT:
    case EV_WORK_START:
    case EV_WORK_END:
    case EV_INIT_DONE:
      return true;
    default:
      return Executions::wants(kind);
  }
}

void Context::on_event(const sim::Event& e) {
  const uint32_t exec = s_->execs.on_event(arena_, bench_, e);
  Task& task = s_->tasks.ensure(arena_, exec);
  switch (e.kind) {
    case EV_TASK_SWITCH:
      s_->scheduling = true;
      return;
    case EV_MIGHT_SLEEP:
      return might_sleep(task, e);
    case EV_CONTEXT_ASSERT:
      return assertion(task, e);
    case EV_TASK_BLOCK:
      if (task.rcu_depth > 0) bug(kRcuSwitch, e, task, 0);
      return;
    case EV_TASK_NEW:
      if (const uint32_t base = s_->execs.find_task(e.object)) s_->tasks[base] = Task{};
      return;
    case EV_PREEMPT_OFF:
      task.off_pc = e.pc;
      return;
    // Sleepable readers (SRCU) name their srcu_struct; the others are RCU's.
    case EV_RCU_LOCK:
      task.rcu_depth += e.object == 0;
      return;
    case EV_RCU_UNLOCK:
      task.rcu_depth -= e.object == 0;
      return;
    case EV_TASKLET_ENTER:
      return begin(task.tasklet, e);
    case EV_TASKLET_EXIT:
      return end(task.tasklet, e, EV_TASKLET_ENTER);
    case EV_TIMER_ENTER:
      return begin(task.timer, e);
    case EV_TIMER_EXIT:
      return end(task.timer, e, EV_TIMER_ENTER);
    case EV_WORK_START:
      return begin(task.work, e);
    case EV_WORK_END:
      return end(task.work, e, EV_WORK_START);
    case EV_HARDIRQ_ENTER:
    case EV_SOFTIRQ_ENTER:
      return begin(task.frame, e);
    case EV_INIT_DONE:
      task.frame = {0, 0, 1};
      return end(task.frame, e, EV_INIT_DONE);
    default:
      break;
  }
  if (!Executions::is_exit(static_cast<unsigned>(e.kind)) || !s_->execs[exec].below) return;
  if (e.kind == EV_HARDIRQ_EXIT) end(task.frame, e, EV_HARDIRQ_ENTER);
  if (e.kind == EV_SOFTIRQ_EXIT) end(task.frame, e, EV_SOFTIRQ_ENTER);
  task = Task{};
  s_->execs.leave(exec);
  s_->execs.release(exec);
}

void Context::might_sleep(const Task& task, const sim::Event& e) {
  const auto offset = static_cast<uint32_t>(e.arg >> 32);
  const bool irqs_on = (e.context & sim::Event::kIrqsOn) != 0;
  if (!s_->scheduling) return;
  if (count(static_cast<unsigned>(e.cpu)) == offset && irqs_on && task.rcu_depth <= 0) return;
  bug(kSleep, e, task, offset);
}

void Context::assertion(const Task& task, const sim::Event& e) {
  if (!s_->scheduling) return;
  if (e.arg == kAssertSchedule) return bug(kSchedule, e, task, 1);
  const bool irqs_on = (e.context & sim::Event::kIrqsOn) != 0;
  if (count(static_cast<unsigned>(e.cpu)) || !irqs_on) return;
  if (e.arg == kAssertProcessorId) bug(kProcessorId, e, task, 0);
  if (e.arg == kAssertCantSleep) bug(kCantSleep, e, task, 0);
}

void Context::begin(Span& span, const sim::Event& e) {
  span = {count(static_cast<unsigned>(e.cpu)), static_cast<uint32_t>(e.arg), 1};
}

void Context::end(Span& span, const sim::Event& e, uint8_t begin_kind) {
  const uint32_t now = count(static_cast<unsigned>(e.cpu));
  if (!span.open) return;
  span.open = 0;
  if (now == span.count) return;
  s_->bug.begin = begin_kind;
  s_->bug.function = span.function;
  Task none{};
  bug(kImbalance, e, none, span.count);
}

void Context::bug(What what, const sim::Event& e, const Task& task, uint32_t expected) {
  const uint32_t place = what == kImbalance ? s_->bug.function : static_cast<uint32_t>(e.pc);
  const uint64_t kind = what == kImbalance ? s_->bug.begin : 0u;
  const uint64_t key = uint64_t{place} | uint64_t{what + 1u} << 32 | kind << 40;
  if (s_->told.find(key)) return;
  s_->told.insert(arena_, key, 1);
  Bug& b = s_->bug;
  b.what = what;
  b.cpu = static_cast<unsigned>(e.cpu);
  b.pc = e.pc;
  b.count = count(b.cpu);
  b.expected = expected;
  b.off_pc = task.off_pc;
  b.file = what == kSleep ? e.object : 0;
  b.line = static_cast<uint32_t>(e.arg);
  b.rcu_depth = task.rcu_depth;
  bench_.report(*this, what);
}

namespace {

std::string imbalance_title(uint8_t begin, uint32_t function, const std::string& name,
                            const std::string& task, uint32_t was, uint32_t is) {
  switch (begin) {
    case EV_SOFTIRQ_ENTER:
      return fmt::format("huh, entered softirq {} with preempt_count {:08x}, exited with {:08x}?",
                         function, was, is);
    case EV_HARDIRQ_ENTER:
      return fmt::format("irq {} handler entered with preempt_count {:08x}, exited with {:08x}?",
                         function, was, is);
    case EV_TIMER_ENTER:
      return fmt::format("timer: {} preempt leak: {:08x} -> {:08x}", name, was, is);
    case EV_TASKLET_ENTER:
      return fmt::format("tasklet: {} preempt leak: {:08x} -> {:08x}", name, was, is);
    case EV_INIT_DONE:
      return "initcall returned with preemption imbalance ";
    default:
      return fmt::format("BUG: workqueue leaked lock or atomic: {}/0x{:08x}/{}", comm_of(task), is,
                         pid_of(task));
  }
}

}  // namespace

Finding Context::describe(uint64_t) {
  Finding f;
  sign(f, bench_, s_->bug.cpu);
  f.kind = "context";
  f.steps.push_back(f.step);
  const std::string stack = dump_stack(bench_, s_->bug.cpu);
  if (s_->bug.what <= kRcuSwitch)
    describe_sleep(f, stack);
  else
    describe_other(f, stack);
  return f;
}

// Kernel code says itself where it may sleep (the line of an inlined call is
// anybody's guess); the user's file has a name of its own.
std::string Context::place(const Bug& b) const {
  if (!b.file || cpu::in_module(b.pc)) return bench_.line(b.pc);
  return fmt::format("{}:{}", guest_string(bench_, b.file, 128), b.line);
}

void Context::describe_sleep(Finding& f, const std::string& stack) const {
  const Bug& b = s_->bug;
  const Actor a = bench_.actor(b.cpu);
  const std::string pid = pid_of(f.task), comm = comm_of(f.task), line = place(b);
  const std::string off = b.off_pc ? fmt::format("Preemption disabled at:\n[<{:016x}>] {}\n",
                                                 b.off_pc, bench_.function_offset(b.off_pc))
                                   : std::string();
  const std::string held = bench_.held_locks(a.task);
  switch (b.what) {
    case kSleep:
      f.title = "BUG: sleeping function called from invalid context at " + line;
      f.text = fmt::format(
                   "{}\nin_atomic(): {}, irqs_disabled(): {}, non_block: 0, pid: {}, name: {}\n"
                   "preempt_count: {:x}, expected: {:x}\nRCU nest depth: {}, expected: 0\n",
                   f.title, int{b.count != b.expected}, int{!a.irqs_on}, pid, comm, b.count,
                   b.expected, b.rcu_depth) +
               held + off + stack;
      f.explain =
          "This call may sleep, that is, let another task run here. But preemption or "
          "interrupts are off, a spinning lock is held, or an interrupt or RCU reader is "
          "running: others would wait for a lock whose holder sleeps.";
      break;
    case kSchedule:
      f.title = fmt::format("BUG: scheduling while atomic: {}/0x{:08x}", f.task, b.count);
      f.text = f.title + "\n" + held + "Modules linked in:\n" + off + stack;
      f.explain =
          "The task gave up its CPU while it must not: a spinning lock is held, preemption "
          "is off, or an interrupt is being served.";
      break;
    case kRcuSwitch:
      f.title = "Voluntary context switch within RCU read-side critical section!";
      f.text = "------------[ cut here ]------------\n" + f.title + "\n" +
               fmt::format("WARNING: CPU: {} PID: {} at {}\n", b.cpu, pid, line) + stack;
      f.explain =
          "The task sleeps between rcu_read_lock() and rcu_read_unlock(). Every grace "
          "period, and all memory that waits for one, waits for it to wake up. Readers "
          "that must sleep use SRCU.";
      break;
    default:
      break;
  }
}

void Context::describe_other(Finding& f, const std::string& stack) const {
  const Bug& b = s_->bug;
  switch (b.what) {
    case kProcessorId:
      f.title = fmt::format("BUG: using smp_processor_id() in preemptible [{:08x}] code: {}",
                            b.count, f.task);
      f.text = f.title + "\ncaller is " + bench_.function_offset(b.pc) + "\n" + stack;
      f.explain =
          "The task can be moved to another CPU between asking for its number and using "
          "the answer. Use get_cpu() or this_cpu_*(), or disable preemption around both.";
      break;
    case kCantSleep:
      f.title = "BUG: assuming atomic context at " + bench_.line(b.pc);
      f.text = fmt::format("{}\nin_atomic(): 0, irqs_disabled(): 0, pid: {}, name: {}\n", f.title,
                           pid_of(f.task), comm_of(f.task)) +
               stack;
      f.explain = "The code says that it relies on not being preempted, but it can be.";
      break;
    case kImbalance:
      f.title = imbalance_title(b.begin, b.function, bench_.function_offset(b.function), f.task,
                                b.expected, b.count);
      f.text = f.title + "\n" +
               (b.begin == EV_WORK_START
                    ? "     last function: " + bench_.function_offset(b.function) + "\n"
                    : std::string()) +
               stack;
      f.explain =
          "It returned with preemption or softirqs disabled more often, or less, than they "
          "were enabled: an unlock is missing on one of its paths, or there is one too "
          "many.";
      break;
    default:
      break;
  }
}

}  // namespace check
