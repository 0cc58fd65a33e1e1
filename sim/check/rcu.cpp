// SPDX-License-Identifier: MIT
#include "sim/check/rcu.h"

#include <fmt/format.h>

#include "sim/check/report_words.h"

namespace check {

Rcu::Rcu(sim::Arena& arena, Bench& bench, const Limits& limits)
    : arena_(arena), bench_(bench), s_(arena.make<State>()), stall_ns_(limits.stall_ns) {}

bool Rcu::wants(unsigned kind) const {
  switch (kind) {
    case EV_RCU_LOCK:
    case EV_RCU_UNLOCK:
    case EV_RCU_QS:
    case EV_RCU_GP_START:
    case EV_RCU_GP_END:
    case EV_RCU_SYNC_BEGIN:
    case EV_RCU_BLOCKED:
    case EV_RCU_DEREF:
    case EV_TASK_NEW:
      return true;
    default:
      return Executions::wants(kind);
  }
}

void Rcu::on_event(const sim::Event& e) {
  const uint32_t exec = s_->execs.on_event(arena_, bench_, e);
  int& depth = s_->depth.ensure(arena_, s_->execs[exec].base);
  switch (e.kind) {
    // An srcu_struct has readers of its own.
    case EV_RCU_LOCK:
      depth += e.object == 0;
      break;
    case EV_RCU_UNLOCK:
      depth -= e.object == 0 && depth > 0;
      if (!depth) unblock(s_->execs[exec].task);
      break;
    case EV_RCU_GP_START:
      if (e.object) break;
      s_->running = true;
      s_->stalled = false;
      s_->since = e.time;
      s_->sequence = e.arg;
      s_->quiet = 0;
      break;
    case EV_RCU_GP_END:
      if (!e.object) s_->running = false;
      break;
    case EV_RCU_QS:
      s_->quiet |= uint64_t{1} << (e.arg % HW_CPUS_MAX);
      break;
    case EV_RCU_BLOCKED:
      if (s_->blocked_count < kBlockedMax) s_->blocked[s_->blocked_count++] = e.object;
      break;
    case EV_RCU_DEREF:
      if (e.arg == 2) misuse(kProtected, e);
      if (e.arg == 0 && depth == 0) misuse(kDereference, e);
      break;
    case EV_RCU_SYNC_BEGIN:
      if (!e.object && depth > 0) misuse(kSynchronize, e);
      break;
    case EV_TASK_NEW:
      if (const uint32_t base = s_->execs.find_task(e.object)) s_->depth[base] = 0;
      break;
    default:
      break;
  }
  if (Executions::is_exit(static_cast<unsigned>(e.kind)) && s_->execs[exec].below) {
    s_->execs.leave(exec);
    s_->execs.release(exec);
  }
  if (!s_->running || s_->stalled || e.time < s_->since + stall_ns_) return;
  s_->stalled = true;
  s_->cpu = static_cast<unsigned>(e.cpu);
  bench_.report(*this, kStall);
}

void Rcu::unblock(uint32_t task) {
  for (unsigned i = 0; i < s_->blocked_count; ++i) {
    if (s_->blocked[i] != task) continue;
    s_->blocked[i] = s_->blocked[--s_->blocked_count];
    return;
  }
}

void Rcu::misuse(What what, const sim::Event& e) {
  const uint64_t key = uint64_t{e.pc} | uint64_t{what + 1u} << 32;
  if (s_->told.find(key)) return;
  s_->told.insert(arena_, key, 1);
  s_->cpu = static_cast<unsigned>(e.cpu);
  s_->pc = e.pc;
  bench_.report(*this, what);
}

void Rcu::describe_stall(Finding& f) const {
  f.kind = "stall";
  f.title = "rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:";
  f.text = f.title + "\n";
  std::string who;
  for (unsigned cpu = 0; cpu < bench_.cpus(); ++cpu) {
    if (s_->quiet >> cpu & 1) continue;
    const std::string task = bench_.task_name(bench_.actor(cpu).task);
    f.text += fmt::format("rcu: \t{}-...!: runs {}\n", cpu, task);
    who += fmt::format("{}CPU {} ({})", who.empty() ? "" : ", ", cpu, task);
  }
  for (unsigned i = 0; i < s_->blocked_count; ++i) {
    const std::string task = bench_.task_name(s_->blocked[i]);
    f.text += fmt::format("rcu: \tTasks blocked on level-0 rcu_node (CPUs 0-{}): P{}\n",
                          bench_.cpus() - 1, pid_of(task));
    who += fmt::format("{}task {}", who.empty() ? "" : ", ", task);
  }
  const uint64_t waited = bench_.now(s_->cpu) - s_->since;
  f.text += fmt::format("\t(detected by {}, t={} ms, g={})\n", s_->cpu, waited / 1'000'000,
                        s_->sequence) +
            dump_stack(bench_, s_->cpu);
  f.explain = "A grace period waits for " + (who.empty() ? "nobody that is known" : who) +
              ": no reader may run for so long. Until it ends, no callback runs and no memory is "
              "freed.";
}

Finding Rcu::describe(uint64_t cookie) {
  Finding f;
  sign(f, bench_, s_->cpu);
  f.steps.push_back(f.step);
  if (cookie == kStall) return describe_stall(f), f;
  f.kind = "context";
  f.title = "WARNING: suspicious RCU usage";
  const char* message = cookie == kDereference ? "suspicious rcu_dereference_check() usage"
                        : cookie == kProtected
                            ? "suspicious rcu_dereference_protected() usage"
                            : "Illegal synchronize_rcu() in RCU read-side critical section";
  f.text = box(f.title, 29) + bench_.line(s_->pc) + " " + message +
           "!\n\nother info that might help us debug this:\n\n\n"
           "rcu_scheduler_active = 2, debug_locks = 1\n" +
           bench_.held_locks(bench_.actor(s_->cpu).task) + "\nstack backtrace:\n" +
           dump_stack(bench_, s_->cpu);
  f.explain = cookie == kDereference
                  ? "An RCU-protected pointer is followed outside a reader and without the lock "
                    "that guards its updates. What it points to may be freed at any time."
              : cookie == kProtected
                  ? "rcu_dereference_protected() says that updates are excluded, but the condition "
                    "that it names (the lock that is held) is not true."
                  : "synchronize_rcu() waits until all readers that have begun are done, so inside "
                    "a reader it waits for itself.";
  return f;
}

}  // namespace check
