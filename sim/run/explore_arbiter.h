// SPDX-License-Identifier: MIT
// The arbiter of a search: brings the machine to the root, then asks a strategy
// at each choice point, and remembers what it answered as deviations from `stay`.
//
// Choice points are the accesses of the user's image and its operations on
// locks (or every step), and wherever the CPU that stepped last can't go on; for
// interrupts also where they are enabled. The alternatives, and what they cost:
//
//   the CPU that stepped last goes on              nothing
//   another one does                               a preemption; nothing if the
//                                                  last one can't go on
//   a source interrupts the CPU that stepped last  an interrupt
//   a source interrupts another, which goes next   both of the above
//   time passes until the timer of the CPU that    a preemption
//     stepped last is due, and its tick comes
//
// The tick is tried under preempt=full, where the task may be preempted and some
// other waits for its CPU: elsewhere it would change nothing. It is the real tick
// (what is due earlier comes as well), and costs what it does to the task: its
// turn. Where no CPU can step, time passes by itself, or a source is raised before.
//
// Raising a source now and letting others step before its CPU takes the
// interrupt is the same as raising it later; so the CPU takes it at once.
//
// The root: module_init has returned, or waits, and each task that has started
// since stands before the first choice point of its own function.
#pragma once

#include <cstdint>
#include <unordered_set>
#include <vector>

#include "cpu/engine.h"
#include "sim/core/arbiter.h"
#include "sim/core/strategy.h"
#include "sim/run/machine.h"

namespace run {

class ExploreArbiter final : public sim::Arbiter {
 public:
  ExploreArbiter(Machine& machine, const Config& config, bool every_step);

  const char* name() const override { return "explore"; }
  unsigned choose(const sim::Choice& choice) override;
  unsigned choose_in_silence(const sim::Choice& choice) override;
  bool asked_at_points() const override { return !searching_ || !every_step_; }

  bool at_root() const { return at_root_; }
  // The machine stands at the root; from now on `strategy` answers.
  void search(sim::Strategy& strategy);
  // The machine stands at the root again.
  void begin_run();

  const std::vector<cpu::Deviation>& deviations() const { return deviations_; }

 private:
  static constexpr unsigned kAlternativesMax = 64 + irq::Sources::kMax + 1;

  unsigned approach(const sim::Choice& choice);
  unsigned ask(const sim::Choice& choice);
  void note_starts();
  bool is_init(uint32_t task) const;
  bool held(unsigned cpu) const;
  bool at_point(const cpu::Cpu& c) const;
  void offer(unsigned actor, unsigned preemptions, unsigned interrupts);
  void offer_sources(const sim::Choice& choice, bool goes_on);
  void offer_tick(const cpu::Cpu& current);
  bool somebody_waits(const cpu::Cpu& current) const;
  int target(unsigned k, unsigned preferred) const;
  unsigned answer();

  Machine& machine_;
  cpu::Engine& engine_;
  const bool every_step_, preemptible_;
  sim::Strategy* strategy_ = nullptr;
  bool searching_ = false, at_root_ = false;

  std::unordered_set<uint32_t> started_;  // tasks, by address
  std::vector<uint64_t> lanes_read_;

  bool first_ = false;   // nobody has stepped since the root
  int takes_next_ = -1;  // the CPU that a source was raised for
  size_t root_deviations_ = 0;
  std::vector<cpu::Deviation> deviations_;
  sim::Alternative alternatives_[kAlternativesMax];
  unsigned count_ = 0;
};

}  // namespace run
