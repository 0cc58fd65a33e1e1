// SPDX-License-Identifier: MIT
// Deadlock: who waits for whom, kept edge by edge, reported when a circle closes.
//
// Nodes are executions: tasks and interrupt frames on top of them. Edges:
//  - a waiter waits for every holder of its lock that conflicts with it;
//  - whoever was interrupted waits for the frame on top of it;
//  - a parked waiter of a fair lock that nobody holds, or that only readers
//    hold, waits for those before it in the queue.
// Every edge is an "and": all must go before the waiter can. So any circle is
// a deadlock, for good (but for a signal, where the wait takes one; said so).
//
// A circle closes when somebody begins to wait, and is looked for only then:
// CONTENDED, and when a wait is seen to park or sleep. Taking and releasing an
// uncontended lock costs O(1) and allocates nothing. A lock that nobody holds
// or wants has no entry here.
//
// The surprising thing: a lock is free one step after its RELEASE. An interrupt
// in between that wants it waits for ever, for a lock that nobody seems to hold.
// If nobody else waits for it, whoever released it last, below that interrupt,
// holds it still. If others do, it may be theirs already; stuck() knows better.
//
// Rules: ACQUIRED, or ACQUIRE with trylock, makes a holder; maps that are only
// "acquired" for lockdep's sake (RCU, work items) never do. RELEASE by somebody
// else is believed: it ends the first hold of that lock.
//
// Findings: "deadlock" (circle; a lock whose holder has ended; everybody
// sleeps) and "livelock".
#pragma once

#include <string>
#include <type_traits>

#include "sim/check/checker.h"
#include "sim/check/executions.h"

namespace check {

class Deadlock final : public Checker {
 public:
  Deadlock(sim::Arena& arena, Bench& bench);

  const char* name() const override { return "deadlock"; }
  bool wants(unsigned kind) const override;
  void on_event(const sim::Event& event) override;
  Finding describe(uint64_t cookie) override;

  // The engine: no CPU can step and nothing is pending. Reports who sleeps or
  // spins where, unless a circle has been reported already.
  void stuck();
  // The engine: `cpu` loops without changing anything, last seen at pc.
  void livelock(unsigned cpu, uint32_t pc);

 private:
  static constexpr unsigned kPcs = 6;
  static constexpr unsigned kCircleMax = 32;  // longer ones are cut in the text

  enum Stage : uint8_t { kWanted, kContended, kHeld };
  struct Lock;
  // One execution's interest in one lock.
  struct Hold {
    Hold* next;  // Pool
    Lock* lock;
    Hold* older;         // same execution: what it took before
    Hold *left, *right;  // same lock
    uint64_t step;
    uint32_t exec;
    uint32_t map;
    uint32_t pc;
    uint8_t read;  // 0 exclusive, 1 read, 2 read that passes the queue
    Stage stage;
    bool reported;
    bool abandoned;  // its execution ended without releasing it
  };
  struct Lock {
    Lock* next;          // Pool
    Hold *first, *last;  // in the order in which they came
    uint32_t map;
    uint32_t holders;
  };
  struct Release {         // the last one: it is announced a step before it happens
    uint64_t step, taken;  // steps of the release and of the acquisition
    uint32_t map, pc;      // pc: of the acquisition
    uint64_t read;         // so wide that no byte is left over: states are compared
  };
  static_assert(std::has_unique_object_representations_v<Release>);
  struct Node {    // beside an Execution
    Hold* newest;  // its youngest
    Release released;
    Release on_entry;  // the same, of an interrupt that has not announced itself yet
    uint32_t parked;   // pc at which it spins parked; 0: no
    uint32_t block_state;
    uint32_t block_pcs[kPcs];
    uint32_t stamp, from, queue;  // of the search
    uint32_t holds;
  };
  struct Edge {
    uint32_t from, to;  // executions
    Hold* hold;         // what `from` waits with; null: interrupted by `to`
    Hold* held;         // what `to` holds; null: waits before it in the queue
  };
  struct Circle {
    Edge edge[kCircleMax];
    unsigned count, length;
  };
  struct State {
    Executions execs;
    Table<Node> nodes;
    Pool<Hold> holds;
    Pool<Lock> locks;
    AddressMap<Lock*> by_map;
    uint32_t stamp;
    bool reported;
    uint32_t livelock_pc;
  };

  void acquire(uint32_t exec, Node& node, const sim::Event& e);
  void acquired(Node& node, const sim::Event& e);
  void release(Node& node, const sim::Event& e);
  void remove(Hold* hold);
  bool released_last(uint32_t exec, uint32_t map);
  void take_back_release(uint32_t waiter);
  void leave(uint32_t exec);
  void abandon(uint32_t exec);
  void block(uint32_t exec, const sim::Event& e);
  void wake(uint32_t task);
  void task_exit(const sim::Event& e);
  Hold* newest(const Node& node, uint32_t map);
  void begins_to_wait(uint32_t exec);
  template <typename Visit>
  void edges(uint32_t exec, Visit visit);
  bool conflicts(const Hold& waiter, const Hold& other);
  uint32_t search(uint32_t start);
  Circle circle(uint32_t start);

  void describe_circle(Finding& f, uint32_t start);
  void describe_stuck(Finding& f);
  void describe_waiter(Finding& f, uint32_t exec, uint32_t pc);
  uint32_t waits_at(uint32_t exec, bool all);
  void describe_livelock(Finding& f, unsigned cpu);
  std::string title(const Circle& c);
  std::string edge_text(const Edge& e);
  std::string who(uint32_t exec);
  std::string place(uint32_t pc) const;
  std::string holdings(uint32_t exec);

  sim::Arena& arena_;
  Bench& bench_;
  State* s_;
};

}  // namespace check
