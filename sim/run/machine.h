// SPDX-License-Identifier: MIT
// A machine put together: window, images, CPUs, interrupt hardware, checkers,
// trace. It runs forwards only; checkpoints and time travel stand on it.
//
// The machine observes its own engine: it keeps the record, hands events to the
// checkers, and is their bench.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cpu/engine.h"
#include "cpu/executor.h"
#include "irq/controller.h"
#include "sim/check/checker.h"
#include "sim/check/deadlock.h"
#include "sim/core/arbiter.h"
#include "sim/core/arena.h"
#include "sim/core/trace.h"
#include "sim/run/config.h"
#include "sim/run/image.h"
#include "sim/run/program.h"
#include "sim/run/record.h"
#include "sim/run/symbols.h"

namespace run {

class Machine final : public cpu::Observer, public check::Bench {
 public:
  Machine(const Program& program, const Config& config);
  ~Machine() override;

  cpu::Engine& engine() { return *engine_; }
  const cpu::Engine& engine() const { return *engine_; }
  cpu::Executor& executor() { return *executor_; }  // runs the engine's CPUs
  irq::Controller& interrupts() { return *interrupts_; }
  cpu::Window& window() { return window_; }
  sim::Trace& trace() { return trace_; }
  const sim::Trace& trace() const { return trace_; }
  Record& record() { return record_; }
  const Record& record() const { return record_; }
  sim::Arena& arena() { return arena_; }
  sim::Arena& arbiter_arena() { return arbiter_arena_; }
  const Symbols& symbols() const;  // read from the images at first use

  // Presses the power button: the guest runs module_exit and powers off.
  void ask_for_shutdown();
  // The guest has started the task that waits for that.
  bool hears_power_button() const;
  // No CPU can step and nothing is pending: a hang if somebody waits for ever.
  // Returns true if a finding came of it.
  bool judge_stuck();
  // A finding for the way in which the machine died, if it did.
  void judge_end();
  void judge_step_limit(uint64_t steps);

  // Findings are described when they are made; a search turns that off and
  // looks only at how many there are.
  void set_describe(bool on) { describe_ = on; }
  uint64_t reports() const { return reports_; }
  void set_reports(uint64_t n) { reports_ = n; }
  // Findings stop the machine where they are made.
  void set_stop_at_finding(bool on) { stop_at_finding_ = on; }
  // Only from this step on (a step back re-makes the earlier ones).
  void set_quiet_before(uint64_t step) { quiet_before_ = step; }

  // check::Bench
  unsigned cpus() const override { return engine_->cpu_count; }
  uint64_t step() const override { return engine_->s.step; }
  bool all_told() const override { return executor_->all_told(); }
  uint64_t now(unsigned cpu) const override { return engine_->cpus[cpu].now; }
  check::Actor actor(unsigned cpu) const override;
  bool read(uint32_t address, void* to, size_t n) const override;
  unsigned backtrace(unsigned cpu, uint32_t* pcs, unsigned max) const override;
  void report(check::Checker& who, uint64_t cookie) override;
  std::string lock_name(uint32_t map) const override;
  std::string task_name(uint32_t task) const override;
  std::string function_offset(uint32_t pc) const override;
  std::string line(uint32_t pc) const override;
  std::string object_name(uint32_t address) const override;
  std::string held_locks(uint32_t task) const override;
  std::string checkers_view(std::string_view name) const;  // empty: nobody has it

  std::string read_string(uint32_t address, size_t max = 256) const;
  void add_finding(check::Finding finding);

 private:
  void on_event(const sim::Event& event) override;
  void on_console(unsigned cpu, unsigned level, const char* text, size_t length) override;
  void on_report(unsigned cpu, hw_report_kind kind, const char* text, const char* file,
                 unsigned line, uint32_t pc) override;
  int on_ask(unsigned cpu, hw_question question, uint32_t object) override;

  void load(const Program& program);
  void boot(const Config& config);
  void add_checkers(const Config& config);
  void note(const sim::Event& event);

  Program program_;
  cpu::Window window_;
  sim::Trace trace_;
  sim::Arena arena_;  // interrupt hardware and checkers
  sim::Arena arbiter_arena_;
  std::unique_ptr<cpu::Engine> engine_;
  std::unique_ptr<irq::Controller> interrupts_;
  std::unique_ptr<sim::Arbiter> arbiter_;
  std::unique_ptr<check::Deadlock> deadlock_;
  std::vector<std::unique_ptr<check::Checker>> checkers_;
  std::vector<check::Checker*> wanted_[256], wanted_on_heap_[EV_RMW_FAIL + 1];
  bool noted_[256] = {};  // kinds that the record is made from
  std::unique_ptr<Image> kernel_, module_;
  mutable std::unique_ptr<Symbols> symbols_;
  Record record_;
  bool describe_ = true, stop_at_finding_ = true;
  uint64_t reports_ = 0, quiet_before_ = 0;
  std::unique_ptr<cpu::Executor> threads_;  // nullptr: the engine itself; stops first
  cpu::Executor* executor_ = nullptr;
};

}  // namespace run
