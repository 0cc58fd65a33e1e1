// SPDX-License-Identifier: MIT
// Virtual time over clocks that run side by side: who may go on, what happens
// meanwhile, and what a CPU does when its hook looks up.
#include <algorithm>
#include <utility>

#include "cpu/cost.h"
#include "cpu/threads/entry.h"
#include "cpu/threads/step.h"
#include "sim/core/error.h"

namespace cpu::threads {

// What the machine must know of a CPU before anything is decided.
void Executor::publish(Core& core) {
  acting_ = &core;
  machine_.s.cur = core.cpu;
  machine_.s.step += core.steps;
  core.steps = 0;
  core.counted = machine_.s.step;
  if (core.state == Core::kRunning) clocks_[core.cpu->id] = core.cpu->now;
  if (!core.mail.empty()) read_mail(core);
  for (unsigned i = 0, n = std::exchange(core.untold_count, 0); i < n; ++i) tell(*core.untold[i]);
}

uint64_t Executor::slowest() const {
  return *std::min_element(clocks_, clocks_ + machine_.cpu_count);
}

void Executor::run_one_event(uint64_t time) {
  moment_ = std::max<uint64_t>(time, 1);
  machine_.interrupts()->run_event();
  moment_ = 0;
}

// All that the slowest clock has reached.
void Executor::run_due_events() {
  Interrupts& irq = *machine_.interrupts();
  const uint64_t time = slowest();
  if (time == kNever) return;
  while (!stopping() && (irq.next_event() <= time || irq.next_step() <= machine_.s.step)) {
    run_one_event(irq.next_event());
  }
}

// Nobody runs: the next event is now; or nothing will ever change.
void Executor::let_time_pass() {
  Interrupts& irq = *machine_.interrupts();
  if (irq.next_step() <= machine_.s.step) return run_one_event(irq.next_event());
  if (irq.silent()) return stop(StopReason::kStuck);
  if (irq.next_event() >= stop_time_) return stop(StopReason::kTime);
  run_one_event(irq.next_event());
}

bool Executor::takes(Core& core) {
  const Cpu& c = *core.cpu;
  if (!c.wire_nmi && !(c.wire_irq && c.irqs_on)) return false;
  core.vector = machine_.interrupts()->take(c.id, c.irqs_on != 0);
  core.action = Action::kTake;
  return core.vector >= 0;
}

void Executor::set_horizon(Core& core) {
  const uint64_t now = core.cpu->now;
  uint64_t horizon = now + kQuantumNs;
  for (const uint64_t time : {machine_.interrupts()->next_event(), stop_time_}) {
    if (time > now) horizon = std::min(horizon, time);
  }
  core.horizon.store(horizon, std::memory_order_relaxed);
}

void Executor::wake_those_ahead() {
  const uint64_t time = slowest();
  for (unsigned i = 0; i < machine_.cpu_count; ++i) {
    Core& core = cores_[i];
    if (core.ahead && core.cpu->now <= time + kSkewNs / 2) core.wake.notify_one();
  }
}

// A running CPU before its next step.
void Executor::attend(Core& core) {
  Entry entry(*this, core);
  for (;;) {
    core.action = Action::kQuit;
    if (quit_) return;
    run_due_events();
    if (machine_.s.step >= stop_step_) stop(StopReason::kLimit);
    if (slowest() >= stop_time_) stop(StopReason::kTime);
    if (stopping()) {
      entry.wait();
    } else if (takes(core)) {
      return;
    } else if (core.cpu->now > slowest() + kSkewNs) {
      core.ahead = true;
      entry.wait();
      core.ahead = false;
    } else {
      break;
    }
  }
  wake_those_ahead();
  set_horizon(core);
  core.action = Action::kGoOn;
}

// A halted CPU, until an interrupt takes it out of that.
void Executor::halt(Core& core) {
  Entry entry(*this, core);
  for (;;) {
    core.action = Action::kQuit;
    if (quit_) return;
    if (stopping()) {
      entry.wait();
      continue;
    }
    if (takes(core)) break;
    core.state = Core::kHalted;
    clocks_[core.cpu->id] = kNever;
    if (slowest() == kNever) {
      let_time_pass();
    } else {
      wake_those_ahead();  // this one may have been the slowest
      run_due_events();
      if (!core.cpu->wire_irq && !core.cpu->wire_nmi) entry.wait();
    }
  }
  core.state = Core::kRunning;
  publish(core);
}

// A loop that only reads goes on until a value changes. Where all that run do so,
// none will before the next event: each takes its clock there.
void Executor::spin(Core& core) {
  Entry entry(*this, core);
  for (unsigned i = 0; i < machine_.cpu_count; ++i) {
    const bool runs = cores_[i].state == Core::kRunning;
    if (runs && __atomic_load_n(&cores_[i].idle, __ATOMIC_RELAXED) < kIdle) return;
  }
  if (stopping()) return;
  if (!machine_.interrupts()->silent()) {
    set_clock(*core.cpu, std::max(core.cpu->now, machine_.interrupts()->next_event()));
    core.horizon.store(0, std::memory_order_relaxed);
    return;
  }
  nothing_moves_ = true;
  for (unsigned i = 0; i < machine_.cpu_count; ++i) {
    if (cores_[i].state != Core::kRunning) continue;
    machine_.s.parked |= uint64_t{1} << i;
    record(i, EV_SPIN_BEGIN, 0, 0);
  }
  stop(StopReason::kStuck);
}

void Executor::returned(Core& core) {
  Entry entry(*this, core);
  machine_.interrupts()->returned(core.cpu->id, static_cast<unsigned>(core.vector));
  core.horizon.store(0, std::memory_order_relaxed);
}

}  // namespace cpu::threads
