// SPDX-License-Identifier: MIT
// Lockups, in virtual time: CPUs and tasks that get nowhere.
//
//  - soft lockup: a CPU takes interrupts but has not switched tasks for too long;
//  - hard lockup: it has not even taken an interrupt, as another CPU's tick
//    notices (the buddy detector; what an NMI watchdog sees from inside);
//  - hung task: asleep uninterruptibly for too long.
//
// Looked at when a timer tick comes, hung tasks once a second. Idle tasks never
// lock up: the tasks of pid 0, and those that nobody announced as new.
#pragma once

#include <string>
#include <type_traits>

#include "cpu/hw.h"
#include "sim/check/address_map.h"
#include "sim/check/checker.h"
#include "sim/check/limits.h"
#include "sim/check/table.h"

namespace check {

class Lockup final : public Checker {
 public:
  static constexpr unsigned kHungWarnings = 10;

  Lockup(sim::Arena& arena, Bench& bench, const Limits& limits = {});

  const char* name() const override { return "lockup"; }
  bool wants(unsigned kind) const override;
  void on_event(const sim::Event& event) override;
  Finding describe(uint64_t cookie) override;

 private:
  enum What : uint8_t { kSoft, kHard, kHung };
  struct Cpu {
    uint32_t task;  // 0: idle
    uint64_t switched, interrupted;
    bool soft_told, hard_told;
  };
  struct Task {
    uint32_t address;
    uint32_t pc;
    uint64_t asleep_since;  // 0: not, or interruptibly
    uint64_t told;          // 0 or 1: no bytes are left over, for checkpoints are compared
  };
  static_assert(std::has_unique_object_representations_v<Task>);
  struct State {
    Cpu cpu[HW_CPUS_MAX];
    AddressMap<> by_address;
    Table<Task> tasks;
    uint32_t count;
    uint64_t scanned;
    unsigned hung_told;
    unsigned culprit, cpu_of_report;
    uint64_t waited;
  };

  void switched(const sim::Event& e);
  void tick(const sim::Event& e);
  void scan(const sim::Event& e);
  void bug(What what, const sim::Event& e, uint32_t culprit, uint64_t waited);

  sim::Arena& arena_;
  Bench& bench_;
  State* s_;
  Limits limits_;
};

}  // namespace check
