// SPDX-License-Identifier: MIT
#include "sim/run/explore_arbiter.h"

#include "sim/core/error.h"
#include "sim/core/stay_arbiter.h"

namespace run {
namespace {

bool enables_interrupts(const cpu::Cpu& c) {
  return c.next.kind == EV_INSN && c.next.insn == INSN_IRQ_ENABLE;
}

}  // namespace

ExploreArbiter::ExploreArbiter(Machine& machine, const Config& config, bool every_step)
    : machine_(machine),
      engine_(machine.engine()),
      every_step_(every_step),
      preemptible_(config.preempt == "full"),
      lanes_read_(machine.cpus(), 0) {}

unsigned ExploreArbiter::choose(const sim::Choice& choice) {
  const unsigned by_default = sim::StayArbiter::stay(choice);
  const unsigned actor = searching_ ? ask(choice) : approach(choice);
  if (actor != by_default) deviations_.push_back({choice.number, actor});
  return actor;
}

bool ExploreArbiter::at_point(const cpu::Cpu& c) const {
  return (searching_ && every_step_) || c.lock_point || cpu::in_module(c.next.pc);
}

// ---------------------------------------------------------- the way to the root

// The task that runs module_init goes on through it.
bool ExploreArbiter::is_init(uint32_t task) const {
  const TaskEntry* entry = machine_.record().task_at(task);
  return entry && entry->task.pid == 1;
}

void ExploreArbiter::note_starts() {
  for (unsigned cpu = 0; cpu < machine_.cpus(); ++cpu) {
    const sim::Lane& lane = machine_.trace().lane(cpu);
    for (; lanes_read_[cpu] < lane.size(); ++lanes_read_[cpu]) {
      const sim::Event& event = lane[lanes_read_[cpu]];
      if (event.kind == EV_TASK_START && !is_init(event.object)) started_.insert(event.object);
    }
  }
}

bool ExploreArbiter::held(unsigned cpu) const {
  const cpu::Cpu& c = engine_.cpus[cpu];
  const auto task = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(c.current));
  return started_.contains(task) && at_point(c) && !(c.attention & (cpu::kIrq | cpu::kNmi));
}

unsigned ExploreArbiter::approach(const sim::Choice& choice) {
  note_starts();
  sim::Choice free = choice;
  for (unsigned cpu = 0; cpu < machine_.cpus(); ++cpu) {
    if (held(cpu)) free.cpus &= ~(uint64_t{1} << cpu);
  }
  if (free.cpus != 0) return sim::StayArbiter::stay(free);
  at_root_ = true;
  engine_.request_stop();
  return sim::StayArbiter::stay(choice);
}

void ExploreArbiter::search(sim::Strategy& strategy) {
  if (!searching_) root_deviations_ = deviations_.size();
  strategy_ = &strategy;
  searching_ = true;
  engine_.set_arbiter(this);  // it is asked at other places from now on
}

void ExploreArbiter::begin_run() {
  deviations_.resize(root_deviations_);
  first_ = true;
  takes_next_ = -1;
}

// ----------------------------------------------------------------- the search

void ExploreArbiter::offer(unsigned actor, unsigned preemptions, unsigned interrupts) {
  alternatives_[count_++] = {static_cast<uint16_t>(actor), static_cast<uint8_t>(preemptions),
                             static_cast<uint8_t>(interrupts)};
}

// The CPU that would take an interrupt of source k at once; -1: none would.
int ExploreArbiter::target(unsigned k, unsigned preferred) const {
  const irq::Message message = machine_.interrupts().message_of(k);
  const bool nmi = message.mode == irq::Delivery::kNmi;
  const auto takes = [&](unsigned cpu) {
    const cpu::Cpu& c = engine_.cpus[cpu];
    const bool soon = c.irqs_on || enables_interrupts(c);
    return (message.cpus >> cpu & 1) != 0 && c.online && (nmi || soon);
  };
  if (takes(preferred)) return static_cast<int>(preferred);
  for (unsigned cpu = 0; cpu < machine_.cpus(); ++cpu) {
    if (takes(cpu)) return static_cast<int>(cpu);
  }
  return -1;
}

void ExploreArbiter::offer_sources(const sim::Choice& choice, bool goes_on) {
  for (uint64_t left = choice.sources; left != 0; left &= left - 1) {
    const auto k = static_cast<unsigned>(std::countr_zero(left));
    const int cpu = target(k, choice.current);
    if (cpu < 0) continue;
    offer(sim::kSourceBase + k, goes_on && cpu != static_cast<int>(choice.current), 1);
  }
}

bool ExploreArbiter::somebody_waits(const cpu::Cpu& current) const {
  const auto running = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(current.current));
  for (const TaskEntry& entry : machine_.record().tasks) {
    if (entry.ready && entry.cpu == current.id && entry.task.address != running) return true;
  }
  return false;
}

void ExploreArbiter::offer_tick(const cpu::Cpu& current) {
  if (!preemptible_ || !current.irqs_on || machine_.actor(current.id).preempt_count != 0) return;
  if (!somebody_waits(current)) return;
  if (machine_.interrupts().timer_due(current.id) == cpu::Interrupts::kNever) return;
  offer(sim::kTimeBase + current.id, 1, 0);
}

unsigned ExploreArbiter::answer() {
  const unsigned actor = strategy_->choose({alternatives_, count_});
  if (actor == kNobody || actor < sim::kSourceBase) return actor;
  const unsigned here = engine_.s.cur->id;
  takes_next_ = actor >= sim::kTimeBase ? static_cast<int>(actor - sim::kTimeBase)
                                        : target(actor - sim::kSourceBase, here);
  return actor;
}

unsigned ExploreArbiter::ask(const sim::Choice& choice) {
  const bool can = choice.enabled(choice.current);
  if (takes_next_ >= 0) {
    const auto cpu = static_cast<unsigned>(takes_next_);
    takes_next_ = -1;
    if (choice.enabled(cpu)) return cpu;
  }
  const bool goes_on = can && !first_;
  const cpu::Cpu& current = engine_.cpus[choice.current];
  const bool point = at_point(current);
  if (goes_on && !point && !enables_interrupts(current)) return choice.current;
  first_ = false;
  count_ = 0;
  const unsigned by_default = sim::StayArbiter::stay(choice);
  offer(by_default, 0, 0);
  if (!goes_on || point) {
    for (uint64_t left = choice.cpus & ~(uint64_t{1} << by_default); left != 0; left &= left - 1) {
      offer(static_cast<unsigned>(std::countr_zero(left)), goes_on, 0);
    }
  }
  if (goes_on && point) offer_tick(current);
  offer_sources(choice, goes_on);
  return answer();
}

unsigned ExploreArbiter::choose_in_silence(const sim::Choice& choice) {
  if (!searching_) return kNobody;
  count_ = 0;
  offer(kNobody, 0, 0);
  offer_sources(choice, false);
  const unsigned actor = count_ > 1 ? answer() : kNobody;
  if (actor != kNobody) deviations_.push_back({choice.number, actor});
  return actor;
}

}  // namespace run
