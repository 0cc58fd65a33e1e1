// SPDX-License-Identifier: MIT
// A controller on a bench: CPUs that only remember what their wires are told.
#pragma once

#include <cstring>
#include <vector>

#include "cpu/events.h"
#include "irq/controller.h"
#include "irq/regs.h"
#include "sim/core/arena.h"

namespace irq {

struct Recorded {
  unsigned cpu, kind;
  uint32_t object;
  uint64_t arg;
  bool operator==(const Recorded&) const = default;
};

class BenchLines : public cpu::CpuLines {
 public:
  void set_wires(unsigned cpu, bool irq, bool nmi) override {
    ++wire_changes;
    irq_wire[cpu] = irq;
    nmi_wire[cpu] = nmi;
  }
  uint64_t now(unsigned cpu) const override { return clock[cpu]; }
  uint64_t step() const override { return steps; }
  void record(unsigned cpu, unsigned kind, uint32_t object, uint64_t arg) override {
    events.push_back({cpu, kind, object, arg});
  }

  bool irq_wire[64] = {}, nmi_wire[64] = {};
  uint64_t clock[64] = {};
  uint64_t steps = 0;
  unsigned wire_changes = 0;
  std::vector<Recorded> events;
};

struct Bench {
  explicit Bench(unsigned cpus = 4, uint64_t seed = 1)
      : arena(1 << 20), controller(arena, lines, cpus, seed) {
    for (unsigned cpu = 0; cpu < cpus; ++cpu) write(cpu, LAPIC_SVR, 0x1ff);
  }

  uint32_t read(unsigned cpu, uint32_t offset) { return controller.lapic_read(cpu, offset); }
  void write(unsigned cpu, uint32_t offset, uint32_t value) {
    controller.lapic_write(cpu, offset, value);
  }
  void eoi(unsigned cpu) { write(cpu, LAPIC_EOI, 0); }
  int take(unsigned cpu, bool if_flag = true) { return controller.take(cpu, if_flag); }

  // A fixed or other interrupt from CPU 0 to `cpu`.
  void ipi(unsigned cpu, uint32_t command) {
    write(0, LAPIC_ICR2, cpu << 24);
    write(0, LAPIC_ICR, command);
  }
  void entry(unsigned line, uint32_t low, unsigned cpu) {
    controller.ioapic_write(IOAPIC_ENTRY(line) + 1, cpu << 24);
    controller.ioapic_write(IOAPIC_ENTRY(line), low);
  }
  uint32_t entry_low(unsigned line) { return controller.ioapic_read(IOAPIC_ENTRY(line)); }

  // A source that never raises by itself; its line.
  unsigned device(const char* name) {
    controller.add(name, 0, "never", 0);
    return static_cast<unsigned>(controller.source_line(name));
  }
  bool irr(unsigned cpu, unsigned vector) { return bank(cpu, LAPIC_IRR, vector); }
  bool isr(unsigned cpu, unsigned vector) { return bank(cpu, LAPIC_ISR, vector); }
  bool tmr(unsigned cpu, unsigned vector) { return bank(cpu, LAPIC_TMR, vector); }

  // Every clock to the next event, and that event.
  uint64_t run_next() {
    const uint64_t time = controller.next_event();
    for (uint64_t& clock : lines.clock) clock = time;
    controller.run_event();
    return time;
  }

  BenchLines lines;
  sim::Arena arena;
  Controller controller;

 private:
  bool bank(unsigned cpu, uint32_t offset, unsigned vector) {
    return (read(cpu, offset + vector / 32 * 0x10) >> vector % 32 & 1) != 0;
  }
};

}  // namespace irq
