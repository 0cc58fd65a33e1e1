// SPDX-License-Identifier: MIT
#include "cpu/watchdog.h"

#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <mutex>

#include "cpu/step.h"
#include "sim/core/error.h"

namespace cpu {

namespace {

constexpr size_t kAltStack = 64 * 1024;
constexpr long kPeriodNs = 500'000'000;

// What the last timer signal saw; two equal pictures in a row are a loop.
struct Picture {
  uint64_t step, time, extra;
};
thread_local constinit Picture t_last{};
thread_local constinit unsigned t_same = 0;

bool on_guest_stack(uintptr_t sp) { return sp >= HW_STACK_START && sp < HW_STACK_END; }

// Where a redirected guest arrives, on the host's stack.
[[noreturn]] void land() {
  Engine& e = *t_engine;
  e.crash();
  sim::leave_to_fiber(e.host_sp);
}

void redirect(ucontext_t* context, Fault::Kind kind, uint64_t address) {
  Engine& e = *t_engine;
  auto& regs = context->uc_mcontext.gregs;
  const auto pc = static_cast<uint64_t>(regs[REG_RIP]);
  e.s.fault.kind = kind;
  e.s.fault.address = address;
  e.s.fault.write = kind == Fault::kAccess && (regs[REG_ERR] & 2) != 0;
  if (pc >= HW_WINDOW_START && pc < HW_WINDOW_END) e.s.fault.pc = static_cast<uint32_t>(pc) + 1;
  const auto sp = (reinterpret_cast<uintptr_t>(e.host_sp) - 512) & ~uintptr_t{15};
  regs[REG_RSP] = static_cast<greg_t>(sp - 8);
  regs[REG_RIP] = static_cast<greg_t>(reinterpret_cast<uintptr_t>(&land));
}

void on_fault(int signal, siginfo_t* info, void* context_) {
  auto* context = static_cast<ucontext_t*>(context_);
  const auto sp = static_cast<uintptr_t>(context->uc_mcontext.gregs[REG_RSP]);
  if (!t_engine || !t_engine->in_guest || !on_guest_stack(sp)) {
    ::signal(signal, SIG_DFL);  // ours: die of it as usual
    return;
  }
  const auto address = reinterpret_cast<uint64_t>(info->si_addr);
  const bool overflow =
      sp - 4096 <= address && address < sp + 4096 && address % HW_STACK_SLOT < 0x2000;
  const Fault::Kind kind = signal == SIGFPE   ? Fault::kDivide
                           : signal == SIGILL ? Fault::kIllegal
                           : overflow         ? Fault::kStackOverflow
                                              : Fault::kAccess;
  redirect(context, kind, address);
}

void on_timer(int, siginfo_t*, void* context_) {
  auto* context = static_cast<ucontext_t*>(context_);
  const auto sp = static_cast<uintptr_t>(context->uc_mcontext.gregs[REG_RSP]);
  if (!t_engine || !t_engine->in_guest || !on_guest_stack(sp)) {
    t_same = 0;
    return;
  }
  const Engine& e = *t_engine;
  const Picture now{e.s.step, e.s.cur->now, e.s.extra};
  const bool same = now.step == t_last.step && now.time == t_last.time && now.extra == t_last.extra;
  t_last = now;
  t_same = same ? t_same + 1 : 0;
  if (t_same < 2) return;
  t_same = 0;
  redirect(context, Fault::kNoHook, 0);
}

void install(int signal, void (*handler)(int, siginfo_t*, void*)) {
  struct sigaction action {};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESTART;
  sigemptyset(&action.sa_mask);
  SIM_ASSERT(sigaction(signal, &action, nullptr) == 0);
}

// The thread's alternate stack and timer.
class ThreadGuard {
 public:
  ThreadGuard() : stack_(std::malloc(kAltStack)) {
    SIM_ASSERT(stack_ != nullptr);
    stack_t alt{};
    alt.ss_sp = stack_;
    alt.ss_size = kAltStack;
    sigaltstack(&alt, &before_);
    sigevent event{};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = SIGRTMIN;
    event._sigev_un._tid = static_cast<pid_t>(syscall(SYS_gettid));
    if (timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer_) != 0) return;
    const itimerspec period{{0, kPeriodNs}, {0, kPeriodNs}};
    timer_settime(timer_, 0, &period, nullptr);
    armed_ = true;
  }
  ~ThreadGuard() {
    if (armed_) timer_delete(timer_);
    sigaltstack(&before_, nullptr);
    std::free(stack_);
  }
  ThreadGuard(const ThreadGuard&) = delete;
  ThreadGuard& operator=(const ThreadGuard&) = delete;

 private:
  void* stack_;
  stack_t before_{};
  timer_t timer_{};
  bool armed_ = false;
};

}  // namespace

void Watchdog::arm_this_thread() {
  static std::once_flag once;
  std::call_once(once, [] {
    for (int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) install(signal, on_fault);
    install(SIGRTMIN, on_timer);
  });
  thread_local ThreadGuard guard;
}

}  // namespace cpu
