// SPDX-License-Identifier: MIT
// Controller: the interrupt hardware of a machine, joined together.
//
//   sources -> I/O APIC -> local APICs -> wires of the CPUs
//   IPIs, timers, counters ----^
//
// One I/O APIC, a local APIC for each CPU (APIC id n is CPU n), up to 16
// sources. At reset as the real parts: entries masked, local APICs disabled by
// software. All its state is one plain object in the arena.
//
// It writes these events itself; the engine need not:
//   EV_IRQ_RAISE    on the lane of the CPU that it is for (CPU 0: nobody);
//                   object: the line, or LAPIC_LVTT, LAPIC_LVTPC;
//                   arg: the vector, 0 if it was lost (masked or merged)
//   EV_IRQ_DELIVER  on the CPU that takes it; arg: vector
//   EV_IRQ_EOI      on the CPU that wrote it; arg: vector
//   EV_IPI_SEND     on the sender, one a target; object: target; arg: vector
//
// The surprising things: an event in the past (a timer of 1 ns) is simply due
// at once; sources count from the furthest clock when they are set, so that a
// change of a rate never makes a burst of the past; the local timer counts in
// ns; and a device behind a level-triggered entry keeps its line asserted until
// source_ack(), while behind an edge-triggered one it sends a pulse.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cpu/interrupts.h"
#include "irq/io_apic.h"
#include "irq/local_apic.h"
#include "irq/sources.h"
#include "irq/timers.h"
#include "sim/core/arena.h"

namespace irq {

// A source as the window shows it.
struct SourceView {
  std::string name;
  double rate_hz = 0;
  Pattern pattern = Pattern::kNever;
  uint64_t once_step = 0;
  unsigned line = 0;
  bool enabled = false;                          // the redirection entry is unmasked
  bool asserted = false;                         // level-triggered, and not acknowledged yet
  uint64_t cpus = 0;                             // affinity: bit n is CPU n
  uint64_t raised = 0, delivered = 0, lost = 0;  // see Source
};

class Controller final : public cpu::Interrupts {
 public:
  Controller(sim::Arena& arena, cpu::CpuLines& lines, unsigned cpus, uint64_t seed);

  // Sources, for the session. Names and patterns are checked: sim::UserError.
  // add() with a name that exists is an error; set() and fire() need one.
  void add(std::string_view name, double rate_hz, std::string_view pattern, uint64_t once_step);
  void set(std::string_view name, double rate_hz, std::string_view pattern, uint64_t once_step);
  void fire(std::string_view name);
  // The user's own: a vector (or VECTOR_NMI) to one CPU, and which CPUs a
  // source's line goes to. send() tells nobody if the local APIC refuses it.
  void send(unsigned cpu, unsigned vector);
  void route(std::string_view name, uint64_t cpus);
  const LocalApic& apic(unsigned cpu) const { return apic_[cpu]; }
  std::vector<SourceView> list() const;

  uint64_t next_event() const override { return state_.timers.next(); }
  void run_event() override;
  bool silent() const override;
  uint64_t timer_due(unsigned cpu) const override;
  uint64_t next_step() const override { return state_.sources.next_step(); }

  int take(unsigned cpu, bool if_flag) override;
  void returned(unsigned cpu, unsigned vector) override;

  uint32_t lapic_read(unsigned cpu, uint32_t offset) override;
  void lapic_write(unsigned cpu, uint32_t offset, uint32_t value) override;
  uint32_t ioapic_read(uint32_t index) override { return state_.io.read(index); }
  void ioapic_write(uint32_t index, uint32_t value) override;
  void set_destination(uint32_t line, uint64_t cpus) override;
  int source_line(const char* name) override;
  void source_ack(uint32_t line) override;
  void source_command(unsigned cpu, uint32_t line, unsigned tag, uint64_t delay_ns) override;
  uint32_t source_done(uint32_t line) override;
  uint64_t source_raised(uint32_t line) const override;

  unsigned sources() const override { return state_.sources.count(); }
  // Also false if raising it would change nothing: one is pending already.
  bool can_raise(unsigned k) const override;
  void raise(unsigned k) override;
  // What raising source k now would send, and to which CPUs.
  Message message_of(unsigned k) const;

 private:
  struct State {
    IoApic io;
    Sources sources;
    Timers timers;
  };

  // controller.cpp: messages and lines
  Acceptance deliver(const Message& message);  // the best answer of its CPUs
  Message resolved(Message message) const;
  unsigned lowest(uint64_t cpus) const;
  bool send_line(unsigned line);
  void send_due(uint32_t lines);
  void update_wires(unsigned cpu);
  void end_of_interrupt(unsigned cpu);
  void send_ipi(unsigned cpu, uint32_t command);

  // controller_events.cpp: what time brings
  void arm_source(unsigned k, uint64_t from_ns);
  Source* source_of(uint32_t line);  // nullptr: no source drives it
  const Source* source_of(uint32_t line) const;
  void timer_expired(unsigned cpu, uint64_t deadline_ns);
  void counter_expired(unsigned cpu, uint64_t deadline_ns);
  void local_interrupt(unsigned cpu, uint32_t lvt, uint32_t offset);
  bool would_interrupt(unsigned cpu, uint32_t lvt) const;
  void start_timer(unsigned cpu);
  void start_counter(unsigned cpu);
  uint32_t timer_remaining(unsigned cpu) const;
  uint64_t furthest_clock() const;

  cpu::CpuLines& lines_;
  const unsigned cpus_;
  const uint64_t seed_;
  State& state_;
  LocalApic* const apic_;  // one a CPU, in the arena
};

}  // namespace irq
