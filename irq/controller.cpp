// SPDX-License-Identifier: MIT
#include "irq/controller.h"

#include <algorithm>

#include "cpu/events.h"
#include "irq/regs.h"
#include "sim/core/error.h"

namespace irq {
namespace {

constexpr uint32_t kLogical = 1u << 11;    // ICR: destination mode
constexpr uint32_t kShorthand = 3u << 18;  // ICR: destination shorthand
constexpr uint32_t kBroadcast = 0xff;

uint64_t cpu_bit(unsigned cpu) { return uint64_t{1} << cpu; }

// The lowest CPU of a set that is not empty.
unsigned first_of(uint64_t cpus) { return static_cast<unsigned>(__builtin_ctzll(cpus)); }

// Which CPUs an ICR means. Logical: the flat model, CPU n is bit n of eight.
uint64_t targets(unsigned self, uint32_t command, uint32_t destination, uint64_t all) {
  switch (command & kShorthand) {
    case LAPIC_ICR_SELF:
      return cpu_bit(self);
    case LAPIC_ICR_ALL:
      return all;
    case LAPIC_ICR_ALL_BUT_SELF:
      return all & ~cpu_bit(self);
    default:
      break;
  }
  const uint32_t id = destination >> 24;
  if (command & kLogical) return id & all;
  if (id == kBroadcast) return all;
  return id < 64 ? cpu_bit(id) & all : 0;
}

}  // namespace

Controller::Controller(sim::Arena& arena, cpu::CpuLines& lines, unsigned cpus, uint64_t seed)
    : lines_(lines),
      cpus_(cpus),
      seed_(seed),
      state_(*arena.make<State>()),
      apic_(arena.make<LocalApic>(cpus)) {
  state_ = State{};
  state_.io.reset(cpus);
  for (unsigned cpu = 0; cpu < cpus; ++cpu) apic_[cpu].reset(cpu);
}

// ------------------------------------------------------------------ messages

Acceptance Controller::deliver(const Message& message) {
  Acceptance best = Acceptance::kRefused;
  for (uint64_t cpus = message.cpus; cpus != 0; cpus &= cpus - 1) {
    const unsigned cpu = first_of(cpus);
    best = std::max(best, apic_[cpu].accept(message));
    update_wires(cpu);
  }
  return best;
}

// A message of lowest-priority delivery becomes a fixed one to that CPU.
Message Controller::resolved(Message message) const {
  if (message.mode != Delivery::kLowest) return message;
  message.mode = Delivery::kFixed;
  if (message.cpus != 0) message.cpus = cpu_bit(lowest(message.cpus));
  return message;
}

// Lowest-priority delivery: the CPU that does the least urgent work, and of
// equals the first.
unsigned Controller::lowest(uint64_t cpus) const {
  unsigned best = first_of(cpus);
  for (uint64_t rest = cpus & (cpus - 1); rest != 0; rest &= rest - 1) {
    const unsigned cpu = first_of(rest);
    if (apic_[cpu].priority() < apic_[best].priority()) best = cpu;
  }
  return best;
}

void Controller::update_wires(unsigned cpu) {
  LocalApic& apic = apic_[cpu];
  const bool irq = apic.irq_wire(), nmi = apic.nmi_wire();
  if (irq == apic.told_irq && nmi == apic.told_nmi) return;
  apic.told_irq = irq;
  apic.told_nmi = nmi;
  lines_.set_wires(cpu, irq, nmi);
}

int Controller::take(unsigned cpu, bool if_flag) {
  const int vector = apic_[cpu].take(if_flag);
  if (vector < 0) return vector;
  update_wires(cpu);
  lines_.record(cpu, EV_IRQ_DELIVER, 0, static_cast<uint64_t>(vector));
  return vector;
}

// Any return unblocks NMIs, that of an interrupt nested in an NMI as well: so
// it is on the real machine, and why NMI handlers must not enable interrupts.
void Controller::returned(unsigned cpu, unsigned /*vector*/) {
  apic_[cpu].unblock_nmi();
  update_wires(cpu);
}

void Controller::end_of_interrupt(unsigned cpu) {
  const LocalApic::Eoi eoi = apic_[cpu].eoi();
  if (eoi.vector < 0) return;
  lines_.record(cpu, EV_IRQ_EOI, 0, static_cast<uint64_t>(eoi.vector));
  update_wires(cpu);
  if (eoi.level) send_due(state_.io.eoi(static_cast<unsigned>(eoi.vector)));
}

void Controller::send_ipi(unsigned cpu, uint32_t command) {
  Message message;
  message.vector = static_cast<uint8_t>(command);
  message.mode = static_cast<Delivery>(command >> 8 & 7);
  const uint64_t all = cpus_ >= 64 ? ~uint64_t{0} : cpu_bit(cpus_) - 1;
  message.cpus = targets(cpu, command, apic_[cpu].read(LAPIC_ICR2), all);
  message = resolved(message);
  if (!can_be_delivered(message)) return;
  for (uint64_t rest = message.cpus; rest != 0; rest &= rest - 1) {
    lines_.record(cpu, EV_IPI_SEND, first_of(rest), vector_of(message));
  }
  deliver(message);
}

// --------------------------------------------------------------------- lines

// Sends what the entry of this line says. Whether a local APIC accepted it anew.
bool Controller::send_line(unsigned line) {
  const Message message = resolved(state_.io.message(line));
  const Acceptance answer = deliver(message);
  const bool accepted = answer == Acceptance::kAccepted;
  if (message.level && answer != Acceptance::kRefused) state_.io.accepted(line);
  const unsigned lane = message.cpus == 0 ? 0 : first_of(message.cpus);
  lines_.record(lane, EV_IRQ_RAISE, line, accepted ? vector_of(message) : 0);
  return accepted;
}

void Controller::send_due(uint32_t lines) {
  for (; lines != 0; lines &= lines - 1) {
    const unsigned line = first_of(lines);
    if (!state_.io.level_due(line)) continue;
    const bool delivered = send_line(line);
    const unsigned k = line - Sources::kFirstLine;
    if (delivered && k < state_.sources.count()) ++state_.sources[k].delivered;
  }
}

Message Controller::message_of(unsigned k) const {
  return resolved(state_.io.message(Sources::kFirstLine + k));
}

bool Controller::can_raise(unsigned k) const {
  const unsigned line = Sources::kFirstLine + k;
  if (!state_.io.open(line)) return false;
  const Message message = message_of(k);
  for (uint64_t cpus = message.cpus; cpus != 0; cpus &= cpus - 1) {
    if (apic_[first_of(cpus)].would_accept(message) == Acceptance::kAccepted) return true;
  }
  return false;
}

void Controller::raise(unsigned k) {
  SIM_ASSERT(k < state_.sources.count());
  const unsigned line = Sources::kFirstLine + k;
  Source& source = state_.sources[k];
  const bool open = state_.io.open(line);
  ++source.raised;
  if (state_.io.level(line)) state_.io.assert_line(line);
  if (!open) lines_.record(0, EV_IRQ_RAISE, line, 0);
  const bool delivered = open && send_line(line);
  ++(delivered ? source.delivered : source.lost);
}

void Controller::ioapic_write(uint32_t index, uint32_t value) {
  if (state_.io.write(index, value)) send_due(1u << (index - IOAPIC_ENTRY(0)) / 2);
}

void Controller::set_destination(uint32_t line, uint64_t cpus) {
  state_.io.set_destination(line, cpus);
}

void Controller::send(unsigned cpu, unsigned vector) {
  if (cpu >= cpus_) throw sim::UserError("there is no CPU " + std::to_string(cpu));
  const bool nmi = vector == VECTOR_NMI;
  deliver(
      {cpu_bit(cpu), static_cast<uint8_t>(vector), nmi ? Delivery::kNmi : Delivery::kFixed, false});
}

void Controller::route(std::string_view name, uint64_t cpus) {
  const uint64_t all = cpus_ >= 64 ? ~uint64_t{0} : cpu_bit(cpus_) - 1;
  if ((cpus & all) == 0) throw sim::UserError("an interrupt must be able to go to some CPU");
  state_.io.route(Sources::kFirstLine + state_.sources.at(name), cpus & all);
}

void Controller::source_ack(uint32_t line) {
  const Source* source = source_of(line);
  const bool more = source != nullptr && source->done != 0;
  if (line < IOAPIC_LINES && !more) state_.io.release_line(line);
}

// ----------------------------------------------------------------- registers

uint32_t Controller::lapic_read(unsigned cpu, uint32_t offset) {
  return offset == LAPIC_TMCCT ? timer_remaining(cpu) : apic_[cpu].read(offset);
}

void Controller::lapic_write(unsigned cpu, uint32_t offset, uint32_t value) {
  if (offset == LAPIC_EOI) return end_of_interrupt(cpu);
  apic_[cpu].write(offset, value);
  switch (offset) {
    case LAPIC_ICR:
      send_ipi(cpu, value);
      break;
    case LAPIC_TPR:
      update_wires(cpu);
      break;
    case LAPIC_SVR:
      send_due((1u << IOAPIC_LINES) - 1);
      break;
    case LAPIC_TMICT:
      start_timer(cpu);
      break;
    case LAPIC_PMC_PERIOD_US:
      start_counter(cpu);
      break;
    default:
      break;
  }
}

}  // namespace irq
