// SPDX-License-Identifier: MIT
// The question before every step that is not plainly "the next in time": the
// answer of the arbiter, deviations from it, due events, and reasons to stop.
#include <algorithm>

#include "cpu/engine.h"
#include "cpu/step.h"
#include "sim/core/error.h"

namespace cpu {

bool Engine::can_step(const Cpu& c) const {
  return c.online && ((!c.halted && !c.parked) || (c.attention & (kIrq | kNmi)));
}

void Engine::place(Cpu& c) {
  s.agenda.set(c.id, can_step(c) ? sim::Agenda::key(c.now, c.id) : sim::Agenda::kNever);
}

// The step from which on the fast path is left.
void Engine::refresh_slow() {
  slow_at = stop_requested_ ? 0 : stop_step_;
  if (stop_choice_ != kNoLimit) {
    slow_at = std::min(slow_at, stop_choice_ > s.extra ? stop_choice_ - s.extra : 0);
  }
  if (s.next_deviation < deviations_.size()) {
    const uint64_t choice = deviations_[s.next_deviation].choice;
    slow_at = std::min(slow_at, choice > s.extra ? choice - s.extra : 0);
  }
  if (interrupts_) slow_at = std::min(slow_at, interrupts_->next_step());
}

void Engine::set_arbiter(sim::Arbiter* arbiter) {
  arbiter_ = arbiter;
  s.sequential = time();
  set_breakpoints(breakpoints_);
}

void Engine::set_deviations(std::vector<Deviation> deviations) {
  deviations_ = std::move(deviations);
  const auto later = [&](const Deviation& d) { return d.choice >= choice_number(); };
  s.next_deviation = static_cast<uint64_t>(
      std::find_if(deviations_.begin(), deviations_.end(), later) - deviations_.begin());
  refresh_slow();
}

// Service: every step takes the slow path.
void Engine::set_breakpoints(std::vector<uint32_t> pcs) {
  breakpoints_ = std::move(pcs);
  std::sort(breakpoints_.begin(), breakpoints_.end());
  const bool service = arbiter_ || !breakpoints_.empty();
  points_only = arbiter_ && arbiter_->asked_at_points() && breakpoints_.empty();
  enabling_is_point = interrupts_ && interrupts_->sources() > 0;
  for (Cpu& c : cpus) c.attention = (c.attention & ~kService) | (service ? kService : 0u);
}

bool Engine::at_breakpoint(const Cpu& c) {
  if (breakpoints_.empty() || passed_breakpoint_ == s.step) return false;
  if (!std::binary_search(breakpoints_.begin(), breakpoints_.end(), c.next.pc)) return false;
  passed_breakpoint_ = s.step;
  return true;
}

void Engine::run_one_event() {
  moment_ = std::max<uint64_t>(interrupts_->next_event(), 1);
  interrupts_->run_event();
  moment_ = 0;
  refresh_events();
}

void Engine::run_events_until(uint64_t time) {
  while (interrupts_ && (interrupts_->next_event() <= time || interrupts_->next_step() <= s.step)) {
    run_one_event();
  }
}

uint64_t Engine::enabled_cpus() const {
  uint64_t enabled = 0;
  for (unsigned i = 0; i < cpu_count; ++i) enabled |= uint64_t{can_step(cpus[i])} << i;
  return enabled;
}

// Of the next event that may end a silence; kNever: none will.
uint64_t Engine::ends_silence() const {
  return interrupts_ && !interrupts_->silent() ? interrupts_->next_event() : Interrupts::kNever;
}

// Virtual-time order; false if nobody can step and no event will change that.
bool Engine::live_winner(unsigned* actor) {
  for (;;) {
    const uint64_t first = s.agenda.first();
    const uint64_t event = first == sim::Agenda::kNever ? ends_silence()
                           : interrupts_                ? interrupts_->next_event()
                                                        : Interrupts::kNever;
    if (event != Interrupts::kNever && event <= sim::Agenda::time_of(first)) {
      run_one_event();
      continue;
    }
    if (interrupts_ && interrupts_->next_step() <= s.step) {
      run_one_event();
      continue;
    }
    if (first == sim::Agenda::kNever) return false;
    *actor = sim::Agenda::actor_of(first);
    if (can_step(cpus[*actor])) return true;
    place(cpus[*actor]);  // its interrupt went away before it was taken
  }
}

sim::Choice Engine::choice() {
  sim::Choice question{};
  question.number = choice_number();
  question.cpus = enabled_cpus();
  const unsigned sources = interrupts_ ? interrupts_->sources() : 0;
  for (unsigned k = 0; k < sources && k < 64; ++k) {
    question.sources |= uint64_t{interrupts_->can_raise(k)} << k;
  }
  question.current = s.cur->id;
  return question;
}

bool Engine::possible(unsigned actor) {
  if (actor < sim::kTimeBase) return choice().enabled(actor);
  const unsigned cpu = actor - sim::kTimeBase;
  return arbiter_ && cpu < cpu_count && interrupts_->timer_due(cpu) != Interrupts::kNever;
}

void Engine::let_time_pass(unsigned cpu) {
  s.sequential = std::max(s.sequential, interrupts_->timer_due(cpu));
  run_events_until(s.sequential);
}

// No CPU can step: a source is raised (true, *actor), or time passes, which is an
// answer like another, until one can. False: nothing is pending.
bool Engine::end_silence(unsigned* actor) {
  while (!enabled_cpus()) {
    if (deviate(actor)) return true;
    *actor = arbiter_->choose_in_silence(choice());
    if (*actor != sim::Arbiter::kNobody) return true;
    const uint64_t event = ends_silence();
    if (event == Interrupts::kNever) return false;
    ++s.extra;
    s.sequential = std::max(s.sequential, event);
    run_events_until(s.sequential);
  }
  return true;
}

// The arbiter's answer, or the deviation from it that was asked for.
bool Engine::ask_arbiter(unsigned* actor) {
  s.sequential = std::max(s.sequential, s.cur->now);
  run_events_until(s.sequential);
  *actor = sim::Arbiter::kNobody;
  if (!enabled_cpus() && !end_silence(actor)) return false;
  if (*actor != sim::Arbiter::kNobody) return true;
  uint64_t clocks[HW_CPUS_MAX];
  for (unsigned i = 0; i < cpu_count; ++i) clocks[i] = cpus[i].now;
  sim::Choice question = choice();
  question.clocks = clocks;
  *actor = arbiter_->choose(question);
  deviate(actor);
  SIM_ASSERT(possible(*actor));
  return true;
}

// The deviation asked for at this choice, if it is possible.
bool Engine::deviate(unsigned* actor) {
  const uint64_t number = choice_number();
  while (s.next_deviation < deviations_.size() && deviations_[s.next_deviation].choice < number) {
    ++s.next_deviation;
  }
  if (s.next_deviation == deviations_.size()) return false;
  const Deviation& deviation = deviations_[s.next_deviation];
  if (deviation.choice != number) return false;
  ++s.next_deviation;
  if (!possible(deviation.actor)) return false;
  *actor = deviation.actor;
  return true;
}

// A source may be raised where nobody can step: that ends the silence.
bool Engine::next_actor(unsigned* actor) {
  if (arbiter_) {
    if (!ask_arbiter(actor)) return false;
  } else {
    const bool anybody = live_winner(actor);
    if (!deviate(actor) && !anybody) return false;
  }
  if (arbiter_ && *actor < sim::kSourceBase) {
    cpus[*actor].now = std::max(cpus[*actor].now, s.sequential);
  }
  return true;
}

// The time of whatever comes next; kNever if nothing does.
uint64_t Engine::present() const {
  const uint64_t event = interrupts_ ? interrupts_->next_event() : Interrupts::kNever;
  const uint64_t first = sim::Agenda::time_of(s.agenda.first());
  if (!arbiter_ || first == sim::Agenda::kNever) return std::min(event, first);
  return s.sequential;
}

void Engine::decide() {
  place(*s.cur);
  for (;;) {
    if (stop_requested_) return stop(StopReason::kRequested);
    if (s.step >= stop_step_ || choice_number() >= stop_choice_) return stop(StopReason::kLimit);
    const uint64_t next = present();
    if (next != sim::Agenda::kNever && next >= stop_time_) return stop(StopReason::kTime);
    unsigned actor = 0;
    if (!next_actor(&actor)) return stop(StopReason::kStuck);
    if (stop_requested_) continue;  // an observer of an event asked for it
    if (actor >= sim::kSourceBase) {
      ++s.extra;
      if (actor >= sim::kTimeBase) {
        let_time_pass(actor - sim::kTimeBase);
      } else {
        interrupts_->raise(actor - sim::kSourceBase);
      }
      refresh_events();
      continue;
    }
    chosen = &cpus[actor];
    if (at_breakpoint(*chosen)) return stop(StopReason::kBreakpoint);
    if (chosen->attention & (kIrq | kNmi)) {
      ++s.extra;
      s.answer = Answer::kTake;
    } else {
      s.answer = Answer::kCommit;
      chosen->lock_point = 0;
    }
    return refresh_slow();
  }
}

}  // namespace cpu
