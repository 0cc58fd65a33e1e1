// SPDX-License-Identifier: MIT
// Executions: who is running what, on top of whom.
//
// An execution is a task, or an interrupt frame (hardirq, softirq, NMI) that
// runs on top of one: frames are nested calls on the stack of the task that
// they interrupted, and belong to it even if somebody (wrongly) schedules
// inside one. Checkers keep their own data beside, in Tables indexed by
// Execution ids; ids are dense and reused after the execution has ended.
//
// The surprising thing: the task of a CPU is asked of the bench, not derived
// from EV_TASK_SWITCH, which is announced a little before the switch itself.
#pragma once

#include <cstdint>

#include "sim/check/address_map.h"
#include "sim/check/checker.h"
#include "sim/check/table.h"

namespace check {

struct Execution {
  uint32_t next;   // Pool
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
    const uint32_t id = current(arena, bench, e.cpu);
    if (__builtin_expect(e.kind >= EV_HARDIRQ_ENTER, 0) && is_enter(e.kind))
      return enter(arena, id, e);
    return id;
  }
  static bool is_enter(unsigned kind) {
    return kind == EV_HARDIRQ_ENTER || kind == EV_SOFTIRQ_ENTER || kind == EV_NMI_ENTER;
  }
  static bool is_exit(unsigned kind) {
    return kind == EV_HARDIRQ_EXIT || kind == EV_SOFTIRQ_EXIT || kind == EV_NMI_EXIT;
  }

  uint32_t current(sim::Arena& arena, const Bench& bench, unsigned cpu);
  uint32_t of_task(sim::Arena& arena, uint32_t task);  // base; made if unknown
  uint32_t find_task(uint32_t task) const { return tasks_.find(task); }
  // Ends a frame. Its id is reused once the checker says release().
  void leave(uint32_t id);
  // A task is gone for good: its address may name another one from now on.
  void forget_task(uint32_t base);
  void release(uint32_t id) { pool_.give(id); }

  Execution& operator[](uint32_t id) { return pool_[id]; }
  uint32_t size() const { return pool_.size(); }

 private:
  uint32_t enter(sim::Arena& arena, uint32_t below, const sim::Event& e);

  AddressMap tasks_;
  Pool<Execution> pool_;
  Table<uint32_t> cpus_;  // base of the task that a CPU ran last
};

}  // namespace check
