// SPDX-License-Identifier: MIT
// A checker: reads what happens and judges it. One class, one file each.
//
// The engine calls on_event() for every semantic event whose kind the checker
// asked for, after it was recorded and before anything else happens; on the
// host's stack. A checker never changes the guest. Its state is plain data in
// the arena it was given at construction (checkpoints carry it).
//
// Reporting is two-step, so that a search can throw findings away cheaply:
// on_event() calls Bench::report(kind, cookie) and goes on; describe(cookie)
// makes the words later, if ever, while the machine still stands at that step.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cpu/events.h"
#include "cpu/window.h"
#include "sim/check/finding.h"
#include "sim/core/arena.h"
#include "sim/core/event.h"

namespace check {

// Who does something: a task, or an interrupt frame on top of it.
struct Actor {
  uint32_t task = 0;  // struct task_struct, 0 before boot
  sim::Level level = sim::Level::kTask;
  uint8_t cpu = 0;
  bool irqs_on = false;
  uint32_t preempt_count = 0;  // Linux's layout
};

// What a checker may see of the machine besides events. All of it inspection.
class Bench {
 public:
  virtual ~Bench() = default;
  virtual unsigned cpus() const = 0;
  virtual uint64_t step() const = 0;
  virtual uint64_t now(unsigned cpu) const = 0;
  virtual Actor actor(unsigned cpu) const = 0;
  virtual bool read(uint32_t address, void* to, size_t n) const = 0;
  // Call sites of the running context, innermost first; returns how many.
  virtual unsigned backtrace(unsigned cpu, uint32_t* pcs, unsigned max) const = 0;
  virtual void report(class Checker& who, uint64_t cookie) = 0;
  // False while other CPUs may have got or given back a lock without a word yet.
  virtual bool all_told() const { return true; }

  // Words, for describe() only: slow.
  virtual std::string lock_name(uint32_t map) const = 0;       // "&s.a"
  virtual std::string task_name(uint32_t task) const = 0;      // "comm/pid"
  virtual std::string function_offset(uint32_t pc) const = 0;  // "f+0x1/0x20"
  virtual std::string line(uint32_t pc) const = 0;             // "file.c:12"
  virtual std::string object_name(uint32_t address) const = 0;
  // "1 lock held by a/6:" and the list, if a checker knows; else empty.
  virtual std::string held_locks(uint32_t /*task*/) const { return {}; }
};

class Checker {
 public:
  virtual ~Checker() = default;
  virtual const char* name() const = 0;         // as in --check NAME
  virtual bool wants(unsigned kind) const = 0;  // asked once per kind
  // True: of accesses (EV_READ to EV_RMW_FAIL) only those to the heap are passed.
  virtual bool heap_only() const { return false; }
  virtual void on_event(const sim::Event& event) = 0;
  virtual Finding describe(uint64_t cookie) = 0;
  // What `task` holds, in the words of debug_show_held_locks(); empty: unknown.
  virtual std::string held_locks(uint32_t /*task*/) { return {}; }
  // A view of /proc that only this checker can make; empty: none of that name.
  virtual std::string view(std::string_view /*name*/) const { return {}; }
  // hw_ask(): 1, 0, or -1 if this checker does not know.
  virtual int answer(unsigned /*question*/, uint32_t /*object*/, unsigned /*cpu*/) { return -1; }
};

}  // namespace check
