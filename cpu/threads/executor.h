// SPDX-License-Identifier: MIT
// The executor `threads`: one host thread for each simulated CPU, truly parallel.
//
// Guest code runs on its fibers as under lockstep, but every CPU's on a host
// thread of its own; a plain access is the machine's own, a marked one an atomic
// instruction of it. A hook charges time and compares the clock with the CPU's
// horizon: that is all of the fast path (cpu/threads/step.h). Interrupts are
// taken at hooks.
//
// All that is shared (interrupt hardware, checkers, trace memory, contexts, the
// console) is called under one host lock. What the guest announces of its locks
// is seen there in an order that respects every hand-over, because a release is
// announced before the releasing store and an acquisition after the acquiring
// read-modify-write. The machine's count of steps is kept under that lock too,
// and what is announced carries it: the merged trace, which goes by steps, keeps
// that order.
//
// Time: each CPU has its clock; one that is kSkewNs ahead of the slowest that
// runs waits for it; a halted one does not count and takes over the time of what
// wakes it. When all are halted, time jumps to the next event. Events happen
// when the slowest clock has reached them, up to kQuantumNs late.
//
// Off here: races, replay, checkpoints, parking (cpu_relax() yields the host's
// processor). That all wait for ever is noticed all the same: nothing is pending,
// and every CPU that runs has called cpu_relax() kIdle times and only read.
//
// The surprising things: a pause is a CPU's thread waiting inside a hook; and a
// task that was switched away may go on on another thread, so nothing on a
// guest's stack may keep the address of a thread-local across a hook.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

#include "cpu/engine.h"
#include "cpu/threads/core.h"

namespace cpu::threads {

class Executor final : public cpu::Executor {
 public:
  // Drives the CPUs of `machine`, whose run() is then not to be called.
  explicit Executor(Engine& machine, uint64_t seed);
  ~Executor() override;

  // cpu::Executor.
  void* abi_symbol(const char* name) const override;
  void boot(void (*entry)(void*), void* argument) override;
  using cpu::Executor::run;
  StopReason run(uint64_t stop_step, uint64_t stop_choice, uint64_t stop_time) override;
  void request_stop() override { stop(StopReason::kRequested); }
  bool all_told() const override { return nothing_moves_ || reason_ == StopReason::kStuck; }

  // CpuLines. Called under the host lock, or while the machine stands.
  void set_wires(unsigned cpu, bool irq, bool nmi) override;
  uint64_t now(unsigned cpu) const override;
  uint64_t step() const override { return machine_.s.step; }
  void record(unsigned cpu, unsigned kind, uint32_t object, uint64_t arg) override;

  Engine& machine() { return machine_; }
  bool is_current(const volatile void* p) const;  // some thread's hw_current
  bool crowded() const { return crowded_; }       // more CPUs than processors

  // Far beyond what a loop with a bound of its own does.
  static constexpr uint32_t kIdle = 1 << 20, kIdleLook = 1 << 12;

  // From a CPU's own thread, on its own stack; see step.h. ----------------------
  void attend(Core& core);     // -> action
  void halt(Core& core);       // -> action, never kGoOn
  void spin(Core& core);       // core.idle is beyond kIdle
  void returned(Core& core);   // from the interrupt core.vector
  void crash(Core& core);      // machine().s.fault is core.request's
  void grow_lane(Core& core);  // full
  void announce(Core& core);   // an event that somebody wants to see
  void access(Core& core);     // to the heap
  void console(Core& core);
  void report(Core& core);
  void question(Core& core);        // -> answer
  void io(Core& core);              // request.kind: Engine::Io::What -> answer
  void create_context(Core& core);  // -> answer: 0 if there are none left
  void free_context(Core& core);
  void start_cpu(Core& core);
  void power_off(Core& core);

  // The fault of a signal, on the stack of the CPU's thread.
  void fault(Core& core, const Fault& fault);

 private:
  class Entry;
  using Lock = std::unique_lock<std::mutex>;

  static constexpr uint64_t kNever = UINT64_MAX;
  static constexpr uint64_t kQuantumNs = 4'000, kSkewNs = 100'000;

  // executor.cpp
  void start_thread(unsigned cpu);
  void thread_main(Core& core);
  void stop(StopReason reason);
  bool stopping() const { return reason_ != StopReason::kNone; }
  bool all_wait() const;
  void wait(Core& core, Lock& lock);
  void wake_all();

  // time.cpp
  uint64_t slowest() const;  // clock; kNever: nobody runs
  void run_due_events();
  void run_one_event(uint64_t time);
  void let_time_pass();  // nobody runs
  void set_horizon(Core& core);
  bool takes(Core& core);
  void wake_those_ahead();
  void publish(Core& core);

  sim::Event& append(Core& core, unsigned kind, uint32_t object, uint64_t arg, uint32_t pc);
  void tell(const sim::Event& event);
  void read_mail(Core& core);

  Engine& machine_;
  std::unique_ptr<Core[]> cores_;
  bool crowded_;

  // The host lock: of all that follows, and of the machine's state. Not in a
  // cache line with what comes before it, which each hook reads.
  alignas(128) std::mutex lock_;
  // Touched at each entry: beside the lock.
  Core* acting_ = nullptr;                      // whose thread holds the lock
  Core* teller_ = nullptr;                      // of the last announcement
  uint64_t told_ = 0;                           // its step
  uint64_t moment_ = 0;                         // virtual time of the event being executed; 0: none
  StopReason reason_ = StopReason::kRequested;  // why it stands; kNone: it runs
  bool quit_ = false;
  bool nothing_moves_ = false;    // all that run wait, for ever
  uint64_t clocks_[HW_CPUS_MAX];  // of those that run, as last told; kNever
  std::condition_variable stood_still_;
  uint64_t stop_step_ = 0, stop_time_ = 0;
  const volatile void* current_[HW_CPUS_MAX] = {};  // where each thread's hw_current is
};

// Every name that the images may leave undefined, bound to this executor.
void* abi_symbol(const char* name);

}  // namespace cpu::threads
