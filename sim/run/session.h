// SPDX-License-Identifier: MIT
// A session: one program on one machine, driven forwards and backwards.
//
// It is what the command and the window hold. One session at a time may exist
// in a process (the guest window has fixed addresses); destroy it to open the
// next. Not thread-safe: the window runs it on a thread of its own and reads
// under one mutex, between slices.
//
// With Config::executor "threads" it only runs: what needs the same run twice
// (back, seek, steps, choices, breakpoints, schedules) throws sim::UserError.
//
// A run is images + configuration + seed + inputs + deviations (DESIGN.md,
// section 4); everything here is made from re-execution of that.
//
//   run::Session s(program, config);
//   s.run({});                          // to the end, a finding, or a limit
//   s.back(run::Unit::kLine);           // and back by one line
//   print(s.position().step, s.findings());
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/check/finding.h"
#include "sim/core/trace.h"
#include "sim/run/config.h"
#include "sim/run/program.h"
#include "sim/run/symbols.h"

namespace run {

enum class Unit { kStep, kLine, kFunction, kEvent, kMicrosecond };

enum class Stop {
  kLimit,    // the limit of this call
  kFinding,  // a finding was made (and Limit::at_finding)
  kBreakpoint,
  kEnd,  // nothing more can happen: finished, stuck, oopsed, powered off
};

struct Limit {
  uint64_t step = UINT64_MAX;     // stop before this step is executed
  uint64_t time_ns = UINT64_MAX;  // stop when virtual time has reached it
  bool at_finding = true;
};

struct Position {
  uint64_t step = 0;     // steps executed so far
  uint64_t time_ns = 0;  // the furthest clock
};

struct LogLine {
  uint64_t step, time_ns;
  unsigned cpu, level;
  std::string text;
};

struct Task {
  uint32_t address;  // struct task_struct
  int pid;
  std::string comm;
};

// One CPU as it stands now, before its declared step.
struct CpuView {
  bool online = false, halted = false, parked = false, irqs_on = false;
  sim::Level level = sim::Level::kTask;
  uint32_t preempt_count = 0;  // Linux's layout
  Task task;
  uint64_t time_ns = 0;
  std::vector<uint32_t> stack;         // pcs, innermost first; [0] is the declared step's
  Location where;                      // of stack[0]
  std::optional<Location> user_where;  // innermost frame in the user's files
  std::string next;                    // "write counter", "cmpxchg &s.a", "halted"
};

// An interrupt source and its line, as they stand now.
struct SourceView {
  std::string name;
  double rate_hz = 0;
  std::string pattern;
  unsigned line = 0;
  bool enabled = false;   // the line is unmasked
  bool asserted = false;  // level-triggered, and not acknowledged yet
  uint64_t cpus = 0;      // it may go to; bit n is CPU n
  uint64_t raised = 0, delivered = 0, lost = 0;
};

// A local APIC as it stands now.
struct ApicView {
  std::vector<unsigned> requested, serving;  // vectors, highest first: IRR and ISR
  unsigned task_priority = 0, priority = 0;  // TPR and PPR
  bool nmi_pending = false;
  uint32_t softirqs_pending = 0;           // the kernel's, by bit
  unsigned tasklets = 0, hi_tasklets = 0;  // scheduled on this CPU, not yet taken to run
};

// What the arbiter may answer now.
struct Option {
  unsigned id;       // actor: CPU n is n, source k is 64 + k
  std::string text;  // "CPU 1: write counter (lost.c:14)", "raise eth0"
};

class Session {
 public:
  Session(const Program& program, const Config& config);
  ~Session();

  const Program& program() const;
  const Config& config() const;

  // Forwards. ------------------------------------------------------------
  Stop run(const Limit& limit);
  // One unit, of one CPU or of whichever goes next. Other CPUs move as the
  // arbiter has them move meanwhile.
  Stop step(Unit unit, std::optional<unsigned> cpu = {});

  // Backwards: restore the nearest checkpoint, re-execute. False at the start.
  bool back(Unit unit, std::optional<unsigned> cpu = {});
  void seek(uint64_t step);  // any step in [0, furthest().step]

  Position position() const;
  Position furthest() const;    // how far this run is known
  uint64_t generation() const;  // grows when the past is rewritten by an input

  // Choices and inputs; from the present on, the known future is dropped. --
  std::vector<Option> options() const;  // enabled actors at the present choice
  Stop choose(unsigned option);         // make this one go next, for one step
  void set_source(const Source& source);
  void fire(const std::string& source);
  // A vector to a CPU: VECTOR_NMI, or VECTOR_SOFTIRQ + n, whose handler raises n.
  void send(unsigned cpu, unsigned vector);
  void route(const std::string& source, uint64_t cpus);  // bit n is CPU n

  // Stops before every step of the lines to which these pcs belong, as
  // Symbols::pcs_of_line() answers them.
  void set_breakpoints(const std::vector<uint32_t>& pcs);
  bool at_breakpoint(unsigned cpu) const;  // its declared step is one

  // The record. -----------------------------------------------------------
  const sim::Trace& trace() const;
  const std::vector<check::Finding>& findings() const;  // up to the present
  const std::vector<LogLine>& log() const;
  const std::vector<Task>& tasks() const;
  // So far: "clean", or the kind of the gravest finding (run::verdicts()).
  std::string verdict() const;
  // A view of /proc that a checker makes; empty if none does.
  std::string checkers_view(std::string_view name) const;
  bool finished() const;           // nothing more can happen
  std::string trace_hash() const;  // 16 hex digits, covers every step so far; threads: none
  // The schedule file's text: replays this run up to the present.
  std::string schedule() const;
  // The same machine, opened from a schedule file. Throws sim::UserError.
  static std::unique_ptr<Session> replay(const std::string& schedule_text,
                                         const std::function<Program(const std::string&)>& program);

  // Inspection; cannot change the machine. ---------------------------------
  const Symbols& symbols() const;
  unsigned cpus() const;
  CpuView cpu(unsigned n) const;
  ApicView apic(unsigned n) const;
  std::vector<SourceView> sources() const;
  bool read_memory(uint32_t address, void* to, size_t n) const;      // false: unmapped
  std::string read_string(uint32_t address, size_t max = 64) const;  // "" if unreadable
  // "&s.a" for a lock, "s.a.count" for data, "kthread/3" for a task, hex else.
  std::string object_name(uint32_t address) const;
  std::string task_name(uint32_t task) const;  // "comm/pid"
  // Of a struct lockdep_map: "&s.queue[2].lock", "&runqueues[1].lock"; the name
  // that it was given if it lies on the heap.
  std::string lock_name(uint32_t map) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace run
