// SPDX-License-Identifier: MIT
#include "sim/check/executions.h"

namespace check {

bool Executions::wants(unsigned kind) {
  return is_enter(kind) || is_exit(kind) || kind == EV_TASK_SWITCH;
}

uint32_t Executions::take(sim::Arena& arena) {
  uint32_t id = free_;
  if (id) {
    free_ = table_[id].next;
    table_[id] = Execution{};
  } else {
    id = ++size_;
    table_.ensure(arena, id);
  }
  return id;
}

uint32_t Executions::of_task(sim::Arena& arena, uint32_t task) {
  // Before the guest has a task there is still an execution: call it 1.
  const uint32_t key = task ? task : 1;
  if (const uint32_t known = tasks_.find(key)) return known;
  const uint32_t id = take(arena);
  Execution& x = table_[id];
  x.task = task;
  x.base = x.top = id;
  x.live = true;
  tasks_.insert(arena, key, id);
  return id;
}

uint32_t Executions::settle(sim::Arena& arena, const Bench& bench, unsigned cpu) {
  Cpu& c = cpus_[cpu];
  const uint32_t task = bench.actor(cpu).task;
  const uint32_t top = table_[of_task(arena, task)].top;
  table_[top].cpu = static_cast<uint8_t>(cpu);
  // A CPU that has not switched yet runs what it was started with.
  c.settled = task != 0 && (task == c.next || c.next == 0);
  c.top = top;
  return top;
}

uint32_t Executions::enter(sim::Arena& arena, uint32_t below, const sim::Event& e) {
  const uint32_t id = take(arena);
  Execution& x = table_[id];
  Execution& under = table_[below];
  x.task = under.task;
  x.base = under.base;
  x.below = below;
  x.level = e.kind == EV_HARDIRQ_ENTER   ? sim::Level::kHardirq
            : e.kind == EV_SOFTIRQ_ENTER ? sim::Level::kSoftirq
                                         : sim::Level::kNmi;
  x.cpu = static_cast<uint8_t>(e.cpu);
  x.live = true;
  under.above = id;
  table_[x.base].top = id;
  cpus_[e.cpu].top = id;
  return id;
}

void Executions::leave(uint32_t id) {
  Execution& x = table_[id];
  if (!x.below) return;
  table_[x.below].above = 0;
  table_[x.base].top = x.below;
  cpus_[x.cpu].top = x.below;
  x.live = false;
}

void Executions::forget_task(uint32_t base) {
  Execution& x = table_[base];
  tasks_.erase(x.task ? x.task : 1);
  x.live = false;
}

}  // namespace check
