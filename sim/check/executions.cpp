// SPDX-License-Identifier: MIT
#include "sim/check/executions.h"

namespace check {

bool Executions::wants(unsigned kind) { return is_enter(kind) || is_exit(kind); }

uint32_t Executions::of_task(sim::Arena& arena, uint32_t task) {
  // Before the guest has a task there is still an execution: call it 1.
  const uint32_t key = task ? task : 1;
  if (const uint32_t known = tasks_.find(key)) return known;
  const uint32_t id = pool_.take(arena);
  Execution& x = pool_[id];
  x.task = task;
  x.base = x.top = id;
  x.live = true;
  tasks_.insert(arena, key, id);
  return id;
}

uint32_t Executions::current(sim::Arena& arena, const Bench& bench, unsigned cpu) {
  uint32_t& base = cpus_.ensure(arena, cpu);
  const uint32_t task = bench.actor(cpu).task;
  // The cached id may have been reused for something else since.
  if (__builtin_expect(!base || pool_[base].task != task || pool_[base].below || !pool_[base].live,
                       0))
    base = of_task(arena, task);
  const uint32_t top = pool_[base].top;
  pool_[top].cpu = static_cast<uint8_t>(cpu);
  return top;
}

uint32_t Executions::enter(sim::Arena& arena, uint32_t below, const sim::Event& e) {
  const uint32_t id = pool_.take(arena);
  Execution& x = pool_[id];
  Execution& under = pool_[below];
  x.task = under.task;
  x.base = under.base;
  x.below = below;
  x.level = e.kind == EV_HARDIRQ_ENTER   ? sim::Level::kHardirq
            : e.kind == EV_SOFTIRQ_ENTER ? sim::Level::kSoftirq
                                         : sim::Level::kNmi;
  x.cpu = static_cast<uint8_t>(e.cpu);
  x.live = true;
  under.above = id;
  pool_[x.base].top = id;
  return id;
}

void Executions::leave(uint32_t id) {
  Execution& x = pool_[id];
  if (!x.below) return;
  pool_[x.below].above = 0;
  pool_[x.base].top = x.below;
  x.live = false;
}

void Executions::forget_task(uint32_t base) {
  Execution& x = pool_[base];
  tasks_.erase(x.task ? x.task : 1);
  x.live = false;
}

}  // namespace check
