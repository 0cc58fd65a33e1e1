// SPDX-License-Identifier: MIT
// Threads, and the machine's stopping and going on.
#include "cpu/threads/executor.h"

#include <algorithm>

#include "cpu/threads/entry.h"
#include "cpu/threads/step.h"
#include "cpu/watchdog.h"
#include "sim/core/error.h"

namespace cpu::threads {

namespace {

// Whoever holds the host lock is soon done: worth a few hundred ns of waiting.
void acquire(std::mutex& mutex) {
  for (int i = 0; i < 100; ++i) {
    if (mutex.try_lock()) return;
    __builtin_ia32_pause();
  }
  mutex.lock();
}

// What a fault, or a loop without hooks, does to a thread: see cpu/watchdog.h.
HOST_LEAF void* guests_host_sp() { return here() ? here()->host_sp : nullptr; }

HOST_LEAF uint64_t progress() {
  const Core* core = here();
  return core ? core->cpu->now : 0;
}

}  // namespace

const Watchdog::Guest kGuest{
    .host_sp = guests_host_sp,
    .progress = progress,
    .crash = [](const Fault& fault) { here()->executor->fault(*here(), fault); },
};

Executor::Entry::Entry(Executor& executor, Core& core) : executor_(executor), core_(core) {
  acquire(executor.lock_);
  lock_ = Lock(executor.lock_, std::adopt_lock);
  executor.publish(core);
}

void Executor::Entry::wait() {
  core_.waits = true;
  executor_.acting_ = nullptr;
  if (executor_.stopping() && executor_.all_wait()) executor_.stood_still_.notify_all();
  // While the machine stands nothing of it is touched, whoever wakes this thread.
  do {
    core_.wake.wait(lock_);
  } while (executor_.stopping() && !executor_.quit_);
  core_.waits = false;
  executor_.publish(core_);
}

Executor::Executor(Engine& machine, uint64_t seed)
    : machine_(machine),
      cores_(std::make_unique<Core[]>(machine.cpu_count)),
      crowded_(machine.cpu_count > std::thread::hardware_concurrency()) {
  std::fill(std::begin(clocks_), std::end(clocks_), kNever);
  for (unsigned i = 0; i < machine.cpu_count; ++i) {
    cores_[i].cpu = &machine.cpus[i];
    cores_[i].executor = this;
    cores_[i].entropy = (seed + i) * 0x9e3779b97f4a7c15u;
  }
}

Executor::~Executor() {
  {
    const std::lock_guard guard(lock_);
    quit_ = true;
    wake_all();
  }
  for (unsigned i = 0; i < machine_.cpu_count; ++i) {
    if (cores_[i].thread.joinable()) cores_[i].thread.join();
  }
}

void* Executor::abi_symbol(const char* name) const { return threads::abi_symbol(name); }

void Executor::boot(void (*entry)(void*), void* argument) { machine_.boot(entry, argument); }

// The CPU is on; its thread waits in case the machine stands.
void Executor::start_thread(unsigned cpu) {
  Core& core = cores_[cpu];
  Cpu& c = *core.cpu;
  c.sp = machine_.contexts[c.context].sp = fresh_fiber(c.context);
  core.heap_watched = machine_.interest[EV_READ] != Interest::kNone;
  core.state = Core::kRunning;
  core.waits = true;
  clocks_[cpu] = c.now;
  core.thread = std::thread([this, &core] { thread_main(core); });
}

void Executor::thread_main(Core& core) {
  Watchdog::arm_this_thread(kGuest);
  set_here(&core);
  {
    Entry entry(*this, core);
    current_[core.cpu->id] = &hw_current;
    core.waits = false;
    while (stopping() && !quit_) entry.wait();
    if (quit_) return;
  }
  hw_current = core.cpu->current;
  sim::switch_fiber(&core.host_sp, core.cpu->sp);
  set_here(nullptr);
  const std::lock_guard guard(lock_);
  core.state = Core::kGone;
  core.waits = true;
  clocks_[core.cpu->id] = kNever;
  if (all_wait()) stood_still_.notify_all();
}

StopReason Executor::run(uint64_t stop_step, uint64_t /*stop_choice*/, uint64_t stop_time) {
  Engine& m = machine_;
  if (m.s.ended != StopReason::kNone) return m.s.ended;
  Lock lock(lock_);
  if (cores_[0].state == Core::kOff) start_thread(0);
  stop_step_ = stop_step;
  stop_time_ = stop_time;
  reason_ = StopReason::kNone;
  wake_all();
  stood_still_.wait(lock, [&] { return stopping() && all_wait(); });
  return m.s.ended != StopReason::kNone ? m.s.ended : reason_;
}

// The first reason counts.
void Executor::stop(StopReason reason) {
  if (!stopping()) reason_ = reason;
  for (unsigned i = 0; i < machine_.cpu_count; ++i) cores_[i].horizon = 0;
  wake_all();
}

void Executor::wake_all() {
  for (unsigned i = 0; i < machine_.cpu_count; ++i) {
    cores_[i].horizon = 0;
    cores_[i].wake.notify_all();
  }
}

bool Executor::all_wait() const {
  for (unsigned i = 0; i < machine_.cpu_count; ++i) {
    if (cores_[i].state != Core::kOff && !cores_[i].waits) return false;
  }
  return true;
}

bool Executor::is_current(const volatile void* p) const {
  return std::find(std::begin(current_), std::end(current_), p) != std::end(current_);
}

// The machine's end. -------------------------------------------------------------

void Executor::power_off(Core& core) {
  Entry entry(*this, core);
  machine_.s.power_status = static_cast<int>(core.request.arg);
  machine_.s.ended = StopReason::kPowerOff;
  stop(StopReason::kPowerOff);
}

void Executor::fault(Core& core, const Fault& fault) {
  Entry entry(*this, core);
  State& s = machine_.s;
  if (s.ended != StopReason::kNone) return;  // another CPU was first
  s.fault = fault;
  s.fault.cpu = static_cast<uint8_t>(core.cpu->id);
  s.fault.step = s.step;
  if (!s.fault.pc) s.fault.pc = core.cpu->next.pc;
  s.ended = StopReason::kOops;
  stop(StopReason::kOops);
}

void Executor::crash(Core& core) {
  const Request& r = core.request;
  Fault f;
  f.kind = static_cast<Fault::Kind>(r.kind);
  f.write = r.size != 0;
  f.address = r.arg;
  fault(core, f);
}

}  // namespace cpu::threads
