// SPDX-License-Identifier: MIT
// RCU: misuse of readers, and grace periods that do not end.
//
//  - rcu_dereference() where its condition did not hold: suspicious RCU usage;
//  - synchronize_rcu() inside a reader: it waits for itself;
//  - a grace period older than the stall limit, with the CPUs that have not
//    been seen quiescent and the tasks that left a CPU inside a reader.
//
// Each place of misuse is told once; each grace period stalls at most once.
#pragma once

#include <string>

#include "cpu/hw.h"
#include "sim/check/checker.h"
#include "sim/check/executions.h"
#include "sim/check/limits.h"

namespace check {

class Rcu final : public Checker {
 public:
  Rcu(sim::Arena& arena, Bench& bench, const Limits& limits = {});

  const char* name() const override { return "rcu"; }
  bool wants(unsigned kind) const override;
  void on_event(const sim::Event& event) override;
  Finding describe(uint64_t cookie) override;

 private:
  static constexpr unsigned kBlockedMax = 64;

  enum What : uint8_t { kDereference, kProtected, kSynchronize, kStall };
  struct State {
    Executions execs;
    Table<int> depth;  // of readers, by a task's execution
    AddressMap<> told;
    bool running, stalled;  // the grace period
    uint64_t since, sequence;
    uint64_t quiet;  // CPUs seen quiescent in it, one bit each
    uint32_t blocked[kBlockedMax];
    unsigned blocked_count;
    unsigned cpu;
    uint32_t pc;
  };

  void unblock(uint32_t task);
  void misuse(What what, const sim::Event& e);
  void describe_stall(Finding& f) const;

  sim::Arena& arena_;
  Bench& bench_;
  State* s_;
  uint64_t stall_ns_;
};

}  // namespace check
