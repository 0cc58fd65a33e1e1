// SPDX-License-Identifier: MIT
// lockdep: the lock validator. Says that a deadlock is possible before it
// happens, from the order in which locks are taken and the contexts in which.
//
// What it knows of each class of locks: in which interrupts it is used and
// with which interrupts enabled (lock_usage.h), and before which others it is
// taken (order_graph.h). A new fact of either sort is checked against all old
// ones, so each mistake is found whichever of its halves came first. A chain of
// held locks that was seen before is known to be fine and costs one look-up.
//
// Rules, Linux's throughout:
//  - only the first report is made; then the validator is off (so are its
//    answers) until reset();
//  - trylock adds no order and no usage in interrupts; check == 0 adds none;
//  - locks taken in an interrupt are not ordered after those of the task below;
//  - NMIs only look whether a lock was ever used.
// Stricter than Linux: behind a recursive reader the locks held before it are
// ordered too, so no strong circle through one is missed.
//
// Files: lockdep.cpp (events), lockdep_acquire.cpp (a lock is taken and
// released), lockdep_order.cpp (new edges), lockdep_usage.cpp (new usages),
// lockdep_text*.cpp (Linux's words), lockdep_view.cpp (what /proc and the
// window show).
#pragma once

#include <string>
#include <vector>

#include "sim/check/checker.h"
#include "sim/check/executions.h"
#include "sim/check/held_locks.h"
#include "sim/check/lock_classes.h"
#include "sim/check/order_graph.h"

namespace check {

// What is wrong; one printer each.
enum class LockBug : uint8_t {
  kNone,
  kCircular,
  kRecursive,
  kInconsistent,
  kInversion,
  kUnsafeOrder,
  kUnlockBalance,
  kHeldFreed,
  kWaitContext,
  kNestNotHeld,
  kHeldAtExit,
  kBadContention,
  kNotStatic,
  kTooManyClasses,
  kTooManyChains,
  kTooManyEdges,
  kTooDeep,
  kReleasePinned,
};

class Lockdep final : public Checker {
 public:
  static constexpr uint32_t kChainsMax = 65536, kEdgesMax = 32768;

  Lockdep(sim::Arena& arena, Bench& bench);

  const char* name() const override { return "lockdep"; }
  bool wants(unsigned kind) const override;
  void on_event(const sim::Event& event) override;
  Finding describe(uint64_t cookie) override;
  int answer(unsigned question, uint32_t object, unsigned cpu) override;

  // Forgets everything learnt and is on again; what is held stays held.
  void reset();
  // Forgets the classes of one lock, or of keys in [from, from + size).
  void reset_lock(uint32_t map);
  void free_key_range(uint32_t from, uint32_t size);

  bool on() const { return s_->on; }
  struct Stats {
    uint32_t classes, edges, chains, depth_max;
  };
  Stats stats() const;
  // lockdep_stats; lock_order: an edge a line, "held\ttaken\twhere first seen"
  // and "\tcycle" if it belongs to the circle that was reported; and
  // lock_order_state, a few numbers that change when lock_order does.
  std::string view(std::string_view name) const override;
  // "no locks held by a/1." or the list, as in every Linux report.
  std::string held_text(uint32_t task);
  std::string held_locks(uint32_t task) override {
    return s_->on ? held_text(task) : "INFO: lockdep is turned off.\n";
  }

 private:
  // Everything that a printer needs; taken when the bug is seen.
  struct Bug {
    LockBug what;
    bool forwards;         // kInversion: the other lock was taken under this one
    uint8_t usage, other;  // usages that contradict each other
    uint8_t wait;          // kWaitContext: what the context allows
    unsigned cpu;
    uint32_t exec, pc, trace;
    uint32_t address, size;  // kHeldFreed
    HeldLock next, prev;
    uint32_t safe, unsafe;  // classes, kUnsafeOrder and kInversion
  };
  struct State {
    Executions execs;
    LockClasses classes;
    Table<HeldLocks*> held;  // by a task's execution
    AddressMap<> chains;
    Table<StackTrace> traces;
    uint32_t trace_count, depth_max;
    bool on;
    Bug bug;
  };
  struct Now {  // who does what an event tells
    const sim::Event& event;
    uint32_t exec;
    HeldLocks& held;
    IrqContext irq;
    bool irqs_on, softirqs_on;
  };

  // lockdep.cpp
  HeldLocks& held_by(uint32_t exec);
  void flags_changed(Now& now);
  void task_ends(const sim::Event& e);
  void memory_freed(Now& now, uint32_t from, uint32_t size);
  void set_class(Now& now);
  void bug(Now& now, LockBug what, const HeldLock* next = nullptr, const HeldLock* prev = nullptr);
  uint32_t save_trace(const sim::Event& e);
  void rebuild_chains(HeldLocks& held);

  // lockdep_acquire.cpp
  void acquire(Now& now);
  void acquire_in_nmi(Now& now);
  void contended(Now& now);
  void release(Now& now);
  uint32_t class_of(Now& now, uint32_t map, unsigned subclass);
  bool merge_nested(Now& now, const HeldLock& next);
  bool wait_context_is_fine(Now& now, const HeldLock& next);
  HeldLock* find_held(HeldLocks& held, uint32_t map);
  uint64_t chain_with(uint64_t chain, const HeldLock& lock) const;

  // lockdep_order.cpp
  bool validate_chain(Now& now, const HeldLock& next, uint64_t chain);
  int check_recursion(Now& now, const HeldLock& next);
  bool add_order(Now& now, const HeldLock& prev, const HeldLock& next);
  bool irq_order_is_fine(Now& now, const HeldLock& prev, const HeldLock& next);

  // lockdep_usage.cpp
  bool mark_acquisition(Now& now, const HeldLock& lock);
  bool mark(Now& now, const HeldLock& lock, unsigned usage);
  bool mark_held(Now& now, unsigned usage);
  bool usage_is_fine(Now& now, const HeldLock& lock, unsigned usage);

  // lockdep_view.cpp
  std::string stats_text() const;
  std::string order_text() const;
  std::string place(uint32_t trace) const;
  std::vector<OrderGraph::Hop> reported_circle() const;

  // lockdep_text*.cpp
  struct Words;

  sim::Arena& arena_;
  Bench& bench_;
  State* s_;
  OrderGraph graph_;
};

}  // namespace check
