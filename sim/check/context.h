// SPDX-License-Identifier: MIT
// Context: things done where they must not be done.
//
//  - a call that may sleep, with preemption or interrupts off;
//  - a switch to another task in atomic context, or inside an RCU reader;
//  - smp_processor_id() where the answer may be wrong at once;
//  - cant_sleep() where it could;
//  - preempt_count left changed by a hardirq handler, softirq, tasklet, timer,
//    work item or module_init.
//
// Linux's words. Each place is told once. Silent until the first task switch:
// while it boots, a kernel may do what it likes, for it is alone.
#pragma once

#include <string>
#include <type_traits>

#include "sim/check/checker.h"
#include "sim/check/executions.h"

namespace check {

class Context final : public Checker {
 public:
  Context(sim::Arena& arena, Bench& bench);

  const char* name() const override { return "context"; }
  bool wants(unsigned kind) const override;
  void on_event(const sim::Event& event) override;
  Finding describe(uint64_t cookie) override;

 private:
  enum What : uint8_t { kSleep, kSchedule, kRcuSwitch, kProcessorId, kCantSleep, kImbalance };
  struct Bug {
    What what;
    uint8_t begin;  // kImbalance: the event that opened it
    unsigned cpu;
    uint32_t pc, count, expected, function, off_pc;
    uint32_t file, line;  // of kSleep, if it named them
    int rcu_depth;
  };
  // One thing that must leave the count as it was.
  struct Span {
    uint32_t count;  // when it began
    uint32_t function;
    uint32_t open;  // 0 or 1: no bytes are left over, for checkpoints are compared
  };
  static_assert(std::has_unique_object_representations_v<Span>);
  struct Task {
    int rcu_depth;
    uint32_t off_pc;  // where preemption went off last
    Span tasklet, timer, work, frame;
  };
  struct State {
    Executions execs;
    Table<Task> tasks;  // by execution
    AddressMap<> told;  // by place
    bool scheduling;
    Bug bug;
  };

  uint32_t count(unsigned cpu) const { return bench_.actor(cpu).preempt_count; }
  void might_sleep(const Task& task, const sim::Event& e);
  void assertion(const Task& task, const sim::Event& e);
  void begin(Span& span, const sim::Event& e);
  void end(Span& span, const sim::Event& e, uint8_t begin_kind);
  void bug(What what, const sim::Event& e, const Task& task, uint32_t expected);

  std::string place(const Bug& b) const;
  void describe_sleep(Finding& f, const std::string& stack) const;
  void describe_other(Finding& f, const std::string& stack) const;

  sim::Arena& arena_;
  Bench& bench_;
  State* s_;
};

}  // namespace check
