// SPDX-License-Identifier: MIT
// Executions: who is running what, on top of whom.
//
// An execution is a task, or an interrupt frame (hardirq, softirq, NMI) that
// runs on top of one: frames are nested calls on the stack of the task that
// they interrupted, and belong to it even if somebody (wrongly) schedules
// inside one. Checkers keep their own data beside, in Tables indexed by
// Execution ids; ids are dense and reused after the execution has ended.
//
// The surprising thing: EV_TASK_SWITCH is announced a little before the switch
// itself, so from then on the bench is asked until it names the new task.
#pragma once

#include <cstdint>

#include "cpu/hw.h"
#include "sim/check/address_map.h"
#include "sim/check/checker.h"
#include "sim/check/table.h"

namespace check {

struct Execution {
  uint32_t next;   // free ids
  uint32_t task;   // struct task_struct
  uint32_t base;   // id of the task's own execution
  uint32_t below;  // what this frame interrupted; 0 for a task
  uint32_t above;  // the frame that interrupted this one; 0: none
  uint32_t top;    // only in the base: the innermost frame, or itself
  sim::Level level;
  uint8_t cpu;  // where it ran last
  bool live;    // false: the frame has returned, the task has gone
};

class Executions {
 public:
  // All of these kinds must be passed to on_event().
  static bool wants(unsigned kind);

  // The execution that `e.cpu` is in, after taking e in if it is an entry;
  // before it is ended if e is an exit (leave() ends it).
  uint32_t on_event(sim::Arena& arena, const Bench& bench, const sim::Event& e) {
    const auto cpu = static_cast<unsigned>(e.cpu);
    const uint32_t id = current(arena, bench, cpu);
    if (__builtin_expect(e.kind < EV_HARDIRQ_ENTER, 1)) return id;
    if (e.kind == EV_TASK_SWITCH) cpus_[cpu].settled = false, cpus_[cpu].next = e.object;
    return is_enter(static_cast<unsigned>(e.kind)) ? enter(arena, id, e) : id;
  }
  uint32_t current(sim::Arena& arena, const Bench& bench, unsigned cpu) {
    return __builtin_expect(cpus_[cpu].settled, 1) ? cpus_[cpu].top : settle(arena, bench, cpu);
  }
  static bool is_enter(unsigned kind) {
    return kind == EV_HARDIRQ_ENTER || kind == EV_SOFTIRQ_ENTER || kind == EV_NMI_ENTER;
  }
  static bool is_exit(unsigned kind) {
    return kind == EV_HARDIRQ_EXIT || kind == EV_SOFTIRQ_EXIT || kind == EV_NMI_EXIT;
  }

  uint32_t of_task(sim::Arena& arena, uint32_t task);  // base; made if unknown
  uint32_t find_task(uint32_t task) const { return tasks_.find(task); }
  // Ends a frame. Its id is reused once the checker says release().
  void leave(uint32_t id);
  // A task is gone for good: its address may name another one from now on.
  void forget_task(uint32_t base);
  void release(uint32_t id) {
    table_[id].next = free_;
    free_ = id;
  }

  Execution& operator[](uint32_t id) { return table_[id]; }
  uint32_t size() const { return size_; }  // ids so far are [1, size()]

 private:
  struct Cpu {
    uint32_t top;   // valid while settled
    uint32_t next;  // the task to which it said it would switch
    bool settled;
  };
  uint32_t enter(sim::Arena& arena, uint32_t below, const sim::Event& e);
  uint32_t settle(sim::Arena& arena, const Bench& bench, unsigned cpu);

  uint32_t take(sim::Arena& arena);

  AddressMap<> tasks_;
  Table<Execution> table_;
  uint32_t free_, size_;
  Cpu cpus_[HW_CPUS_MAX];
};

}  // namespace check
