// SPDX-License-Identifier: MIT
// What time brings to the Controller: timers, counters, sources.
#include <algorithm>
#include <utility>

#include "cpu/events.h"
#include "irq/controller.h"
#include "irq/regs.h"
#include "sim/core/error.h"

namespace irq {
namespace {

// Slots of Timers; equal deadlines come in this order.
constexpr unsigned kCpusMax = 64;
constexpr unsigned kTimerSlot = 0;                              // + CPU
constexpr unsigned kCounterSlot = kTimerSlot + kCpusMax;        // + CPU
constexpr unsigned kSourceSlot = kCounterSlot + kCpusMax;       // + source
constexpr unsigned kCommandSlot = kSourceSlot + Sources::kMax;  // + source
static_assert(kCommandSlot + Sources::kMax <= Timers::kSlots);

constexpr uint64_t kNsPerUs = 1000;

// What an entry of a local APIC's own vector table says.
Message local_message(unsigned cpu, uint32_t lvt) {
  Message message;
  message.cpus = uint64_t{1} << cpu;
  message.vector = static_cast<uint8_t>(lvt);
  message.mode = static_cast<Delivery>(lvt >> 8 & 7);
  return message;
}

}  // namespace

void Controller::run_event() {
  const int once = state_.sources.take_once(lines_.step());
  if (once >= 0) return raise(static_cast<unsigned>(once));
  Timers& timers = state_.timers;
  SIM_ASSERT(timers.next() != kNever);
  const unsigned slot = timers.next_slot();
  const uint64_t deadline_ns = timers.next();
  timers.disarm(slot);
  if (slot < kCounterSlot) return timer_expired(slot - kTimerSlot, deadline_ns);
  if (slot < kSourceSlot) return counter_expired(slot - kCounterSlot, deadline_ns);
  if (slot < kCommandSlot) {
    arm_source(slot - kSourceSlot, deadline_ns);
    return raise(slot - kSourceSlot);
  }
  const unsigned k = slot - kCommandSlot;
  state_.sources.end_command(k);
  timers.arm(slot, state_.sources.next_command(k));
  raise(k);
}

uint64_t Controller::timer_due(unsigned cpu) const {
  const unsigned slot = kTimerSlot + cpu;
  const bool comes = state_.timers.armed(slot) && would_interrupt(cpu, apic_[cpu].timer_lvt());
  return comes ? state_.timers.deadline(slot) : kNever;
}

bool Controller::silent() const {
  const Timers& timers = state_.timers;
  if (timers.next() == kNever) return true;
  for (unsigned cpu = 0; cpu < cpus_; ++cpu) {
    const LocalApic& apic = apic_[cpu];
    if (timer_due(cpu) != kNever) return false;
    if (timers.armed(kCounterSlot + cpu) && would_interrupt(cpu, apic.counter_lvt())) return false;
  }
  for (unsigned k = 0; k < state_.sources.count(); ++k) {
    const bool comes = timers.armed(kSourceSlot + k) || timers.armed(kCommandSlot + k);
    if (comes && can_raise(k)) return false;
  }
  return true;
}

// ------------------------------------------------------------ timer, counter

void Controller::timer_expired(unsigned cpu, uint64_t deadline_ns) {
  const uint32_t lvt = apic_[cpu].timer_lvt();
  if (lvt & LAPIC_TIMER_PERIODIC) {
    state_.timers.arm(kTimerSlot + cpu, deadline_ns + apic_[cpu].timer_initial_ns());
  }
  local_interrupt(cpu, lvt, LAPIC_LVTT);
}

void Controller::counter_expired(unsigned cpu, uint64_t deadline_ns) {
  const LocalApic& apic = apic_[cpu];
  state_.timers.arm(kCounterSlot + cpu, deadline_ns + apic.counter_period_us() * kNsPerUs);
  local_interrupt(cpu, apic.counter_lvt(), LAPIC_LVTPC);
}

bool Controller::would_interrupt(unsigned cpu, uint32_t lvt) const {
  if (lvt & LAPIC_LVT_MASKED) return false;
  return apic_[cpu].would_accept(local_message(cpu, lvt)) == Acceptance::kAccepted;
}

void Controller::local_interrupt(unsigned cpu, uint32_t lvt, uint32_t offset) {
  if (lvt & LAPIC_LVT_MASKED) return;
  const Message message = local_message(cpu, lvt);
  const bool accepted = deliver(message) == Acceptance::kAccepted;
  lines_.record(cpu, EV_IRQ_RAISE, offset, accepted ? vector_of(message) : 0);
}

void Controller::start_timer(unsigned cpu) {
  const uint32_t count = apic_[cpu].timer_initial_ns();
  state_.timers.arm(kTimerSlot + cpu, count == 0 ? kNever : lines_.now(cpu) + count);
}

void Controller::start_counter(unsigned cpu) {
  const uint64_t period_us = apic_[cpu].counter_period_us();
  state_.timers.arm(kCounterSlot + cpu,
                    period_us == 0 ? kNever : lines_.now(cpu) + period_us * kNsPerUs);
}

uint32_t Controller::timer_remaining(unsigned cpu) const {
  const uint64_t deadline_ns = state_.timers.deadline(kTimerSlot + cpu);
  const uint64_t now_ns = lines_.now(cpu);
  if (deadline_ns == kNever || deadline_ns <= now_ns) return 0;
  return static_cast<uint32_t>(deadline_ns - now_ns);
}

// ------------------------------------------------------------------- sources

uint64_t Controller::furthest_clock() const {
  uint64_t furthest = 0;
  for (unsigned cpu = 0; cpu < cpus_; ++cpu) furthest = std::max(furthest, lines_.now(cpu));
  return furthest;
}

void Controller::arm_source(unsigned k, uint64_t from_ns) {
  const uint64_t delay = state_.sources.delay_ns(k);
  state_.timers.arm(kSourceSlot + k, delay == kNever ? kNever : from_ns + delay);
}

void Controller::add(std::string_view name, double rate_hz, std::string_view pattern,
                     uint64_t once_step) {
  const Pattern kind = pattern_of(pattern);
  Sources::check_rate(name, rate_hz);
  const unsigned k = state_.sources.add(name, seed_);
  state_.sources.set(k, rate_hz, kind, once_step);
  arm_source(k, furthest_clock());
}

void Controller::set(std::string_view name, double rate_hz, std::string_view pattern,
                     uint64_t once_step) {
  const Pattern kind = pattern_of(pattern);
  const unsigned k = state_.sources.at(name);
  state_.sources.set(k, rate_hz, kind, once_step);
  arm_source(k, furthest_clock());
}

void Controller::fire(std::string_view name) { raise(state_.sources.at(name)); }

int Controller::source_line(const char* name) {
  const int k = state_.sources.find(name);
  return k < 0 ? k : static_cast<int>(Sources::kFirstLine) + k;
}

Source* Controller::source_of(uint32_t line) {
  const unsigned k = line - Sources::kFirstLine;
  return k < state_.sources.count() ? &state_.sources[k] : nullptr;
}

const Source* Controller::source_of(uint32_t line) const {
  return const_cast<Controller*>(this)->source_of(line);
}

void Controller::source_command(unsigned cpu, uint32_t line, unsigned tag, uint64_t delay_ns) {
  if (source_of(line) == nullptr) return;
  const unsigned k = line - Sources::kFirstLine;
  if (!state_.sources.command(k, tag, lines_.now(cpu) + delay_ns)) {
    ++state_.sources[k].raised;
    ++state_.sources[k].lost;
    return;
  }
  state_.timers.arm(kCommandSlot + k, state_.sources.next_command(k));
}

uint32_t Controller::source_done(uint32_t line) {
  Source* source = source_of(line);
  return source == nullptr ? 0 : std::exchange(source->done, 0);
}

uint64_t Controller::source_raised(uint32_t line) const {
  const Source* source = source_of(line);
  return source == nullptr ? 0 : source->raised;
}

std::vector<SourceView> Controller::list() const {
  std::vector<SourceView> views;
  for (unsigned k = 0; k < state_.sources.count(); ++k) {
    const Source& source = state_.sources[k];
    const unsigned line = Sources::kFirstLine + k;
    views.push_back({source.name.data(), source.rate_hz, source.pattern, source.once_step, line,
                     !state_.io.masked(line), state_.io.asserted(line),
                     state_.io.message(line).cpus, source.raised, source.delivered, source.lost});
  }
  return views;
}

}  // namespace irq
