// SPDX-License-Identifier: MIT
#include "sim/check/lockup.h"

#include <fmt/format.h>

#include "irq/regs.h"
#include "sim/check/report_words.h"

namespace check {

namespace {
constexpr uint64_t kSecond = 1'000'000'000;

// TASK_UNINTERRUPTIBLE, but neither killable nor merely idle.
bool counts_as_hung(uint64_t state) { return (state & 2) && !(state & 0x500); }
}  // namespace

Lockup::Lockup(sim::Arena& arena, Bench& bench, const Limits& limits)
    : arena_(arena), bench_(bench), s_(arena.make<State>()), limits_(limits) {}

bool Lockup::wants(unsigned kind) const {
  return kind == EV_TASK_NEW || kind == EV_TASK_SWITCH || kind == EV_TASK_BLOCK ||
         kind == EV_TASK_WAKE || kind == EV_HARDIRQ_ENTER;
}

void Lockup::on_event(const sim::Event& e) {
  const uint32_t id = s_->by_address.find(e.object ? e.object : 1);
  switch (e.kind) {
    case EV_TASK_NEW: {
      if (static_cast<uint32_t>(e.arg) == 0) return;  // an idle task may run, halted, for ever
      const uint32_t task = id ? id : ++s_->count;
      s_->tasks.ensure(arena_, task) = {e.object, 0, 0, 0};
      if (!id) s_->by_address.insert(arena_, e.object, task);
      return;
    }
    case EV_TASK_SWITCH:
      return switched(e);
    case EV_TASK_BLOCK:
      if (id) s_->tasks[id].asleep_since = counts_as_hung(e.arg) ? e.time | 1 : 0;
      if (id) s_->tasks[id].pc = e.pc;
      return;
    case EV_TASK_WAKE:
      if (id) s_->tasks[id].asleep_since = 0, s_->tasks[id].told = 0;
      return;
    default:
      s_->cpu[e.cpu].interrupted = e.time;
      s_->cpu[e.cpu].hard_told = false;
      if (e.arg == VECTOR_LOCAL_TIMER) tick(e);
  }
}

void Lockup::switched(const sim::Event& e) {
  Cpu& c = s_->cpu[e.cpu];
  c.task = s_->by_address.find(e.object) ? e.object : 0;
  c.switched = c.interrupted = e.time;
  c.soft_told = c.hard_told = false;
}

void Lockup::tick(const sim::Event& e) {
  const Cpu& own = s_->cpu[e.cpu];
  if (own.task && !own.soft_told && e.time > own.switched + limits_.soft_ns) {
    s_->cpu[e.cpu].soft_told = true;
    bug(kSoft, e, static_cast<uint32_t>(e.cpu), e.time - own.switched);
  }
  for (unsigned other = 0; other < bench_.cpus(); ++other) {
    Cpu& c = s_->cpu[other];
    if (!c.task || c.hard_told || e.time <= c.interrupted + limits_.hard_ns) continue;
    c.hard_told = true;
    bug(kHard, e, other, e.time - c.interrupted);
  }
  if (e.time >= s_->scanned + kSecond) scan(e);
}

void Lockup::scan(const sim::Event& e) {
  s_->scanned = e.time;
  for (uint32_t id = 1; id <= s_->count && s_->hung_told < kHungWarnings; ++id) {
    Task& t = s_->tasks[id];
    if (!t.asleep_since || t.told || e.time <= t.asleep_since + limits_.hung_ns) continue;
    t.told = 1;
    ++s_->hung_told;
    bug(kHung, e, id, e.time - t.asleep_since);
  }
}

void Lockup::bug(What what, const sim::Event& e, uint32_t culprit, uint64_t waited) {
  s_->culprit = culprit;
  s_->cpu_of_report = static_cast<unsigned>(e.cpu);
  s_->waited = waited;
  bench_.report(*this, what);
}

Finding Lockup::describe(uint64_t cookie) {
  Finding f;
  sign(f, bench_, s_->cpu_of_report);
  f.kind = "stall";
  f.steps.push_back(f.step);
  if (cookie == kHung) {
    const Task& t = s_->tasks[s_->culprit];
    f.task = bench_.task_name(t.address);
    f.title = fmt::format("INFO: task {}:{} blocked for more than {} seconds.", comm_of(f.task),
                          pid_of(f.task), limits_.hung_ns / kSecond);
    f.text = fmt::format(
        "{}\n      Not tainted {}\n\"echo 0 > /proc/sys/kernel/hung_task_timeout_"
        "secs\" disables this message.\ntask:{}  state:D pid:{}\nCall Trace:\n {}\n",
        f.title, kKernelIdent, comm_of(f.task), pid_of(f.task), bench_.function_offset(t.pc));
    f.explain = "The task sleeps where only a wake-up can end it, since " + bench_.line(t.pc) +
                ", and none came. Whoever should wake it is stuck itself, or forgot.";
    return f;
  }
  f.cpu = s_->culprit;
  f.task = bench_.task_name(bench_.actor(f.cpu).task);
  f.title = cookie == kSoft
                ? fmt::format("watchdog: BUG: soft lockup - CPU#{} stuck for {}s! [{}:{}]", f.cpu,
                              s_->waited >> 30, comm_of(f.task), pid_of(f.task))
                : fmt::format("NMI watchdog: Watchdog detected hard LOCKUP on cpu {}", f.cpu);
  f.text = f.title + "\nModules linked in:\n" + dump_stack(bench_, f.cpu);
  f.explain = cookie == kSoft
                  ? "The CPU serves interrupts but has run the same task all the time: it loops "
                    "with preemption disabled, or never offers to be preempted."
                  : "The CPU has taken no interrupt for all that time: it loops with interrupts "
                    "disabled.";
  return f;
}

}  // namespace check
