// SPDX-License-Identifier: MIT
// The wires between the CPUs and the interrupt hardware, seen from both ends.
//
// The engine (cpu/) calls Interrupts; irq/ implements it. The hardware acts on
// the CPUs through CpuLines, which the engine implements. All calls happen on
// the host's stack. State of an implementation is plain data in a sim::Arena,
// so that checkpoints carry timers, latches and sources along.
//
// Life of an interrupt: a source, timer or IPI sets a bit in a local APIC's
// IRR -> the APIC finds its priority above the processor's -> attention(cpu)
// -> at its next step or tick with the flag on the CPU calls take(), which
// moves the vector from IRR to ISR -> the guest's entry runs as a nested call
// -> the guest writes EOI -> the engine says returned().
#pragma once

#include <cstdint>

#include "sim/core/event.h"

namespace cpu {

// What the interrupt hardware may do to the CPUs.
class CpuLines {
 public:
  virtual ~CpuLines() = default;
  // Level of the wires into a CPU: a deliverable maskable interrupt, an NMI.
  virtual void set_wires(unsigned cpu, bool irq, bool nmi) = 0;
  virtual uint64_t now(unsigned cpu) const = 0;  // that CPU's clock, ns
  virtual uint64_t step() const = 0;             // steps executed so far
  // Writes an event on the lane of `cpu`.
  virtual void record(unsigned cpu, unsigned kind, uint32_t object, uint64_t arg) = 0;
};

class Interrupts {
 public:
  virtual ~Interrupts() = default;

  static constexpr uint64_t kNever = UINT64_MAX;

  // Virtual time of the next timer or source event, kNever if none; and its
  // execution (exactly one event; called when no CPU is behind that time).
  virtual uint64_t next_event() const = 0;
  virtual void run_event() = 0;
  // Whether all that time would bring changes nothing while no CPU steps: masked
  // lines, and interrupts that wait already. Such events may go on for ever.
  virtual bool silent() const { return next_event() == kNever; }
  // When the local timer of a CPU will interrupt it; kNever: it will not.
  virtual uint64_t timer_due(unsigned /*cpu*/) const { return kNever; }
  // The step at which the next "once at step n" source fires, or kNever.
  virtual uint64_t next_step() const { return kNever; }

  // The vector that `cpu` takes now, moved to in-service; -1: spurious.
  // VECTOR_NMI if the NMI wire is up and NMIs are not blocked; if_flag says
  // whether maskable ones may be taken.
  virtual int take(unsigned cpu, bool if_flag) = 0;
  // The guest's entry code for `vector` returned (IRET: unblocks NMIs).
  virtual void returned(unsigned cpu, unsigned vector) = 0;

  // Registers, irq/regs.h.
  virtual uint32_t lapic_read(unsigned cpu, uint32_t offset) = 0;
  virtual void lapic_write(unsigned cpu, uint32_t offset, uint32_t value) = 0;
  virtual uint32_t ioapic_read(uint32_t index) = 0;
  virtual void ioapic_write(uint32_t index, uint32_t value) = 0;
  virtual void set_destination(uint32_t line, uint64_t cpus) = 0;
  virtual int source_line(const char* name) = 0;
  virtual void source_ack(uint32_t line) = 0;
  virtual void source_command(unsigned cpu, uint32_t line, unsigned tag, uint64_t delay_ns) = 0;
  virtual uint32_t source_done(uint32_t line) = 0;
  virtual uint64_t source_raised(uint32_t line) const = 0;

  // Sources as actors of a search: how many there are, whether raising number
  // k now would reach an unmasked line, and raising it.
  virtual unsigned sources() const = 0;
  virtual bool can_raise(unsigned k) const = 0;
  virtual void raise(unsigned k) = 0;
};

}  // namespace cpu
