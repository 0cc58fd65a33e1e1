// SPDX-License-Identifier: MIT
#include "cpu/watchdog.h"

#include <dlfcn.h>
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

thread_local constinit const Watchdog::Guest* t_guest = nullptr;
thread_local constinit Fault t_fault{};

// What the last timer signal saw; three equal ones in a row are a loop.
thread_local constinit uint64_t t_last = 0;
thread_local constinit unsigned t_same = 0;

// All up to install() may run in the middle of anything, a sanitizer's runtime as
// well, which knows nothing of it: HOST_LEAF.

HOST_LEAF bool on_guest_stack(uintptr_t sp) { return sp >= HW_STACK_START && sp < HW_STACK_END; }

// The stack pointer at which a guest that this signal interrupted lands; 0: no
// guest was running.
HOST_LEAF uintptr_t landing(const ucontext_t* context) {
  const auto sp = static_cast<uintptr_t>(context->uc_mcontext.gregs[REG_RSP]);
  if (!t_guest || !on_guest_stack(sp)) return 0;
  return reinterpret_cast<uintptr_t>(t_guest->host_sp());
}

// Where a redirected guest arrives, on the host's stack. A frame that is never
// returned from, so it must not be counted as entered either.
[[noreturn]] HOST_LEAF void land() {
  void* const host_sp = t_guest->host_sp();
  t_guest->crash(t_fault);
  sim::leave_to_fiber(host_sp);
}

HOST_LEAF void redirect(ucontext_t* context, uintptr_t host_sp, Fault::Kind kind,
                        uint64_t address) {
  auto& regs = context->uc_mcontext.gregs;
  const auto pc = static_cast<uint64_t>(regs[REG_RIP]);
  t_fault = {};
  t_fault.kind = kind;
  t_fault.address = address;
  t_fault.write = kind == Fault::kAccess && (regs[REG_ERR] & 2) != 0;
  if (pc >= HW_WINDOW_START && pc < HW_WINDOW_END) t_fault.pc = static_cast<uint32_t>(pc) + 1;
  const auto sp = (host_sp - 512) & ~uintptr_t{15};
  regs[REG_RSP] = static_cast<greg_t>(sp - 8);
  regs[REG_RIP] = static_cast<greg_t>(reinterpret_cast<uintptr_t>(&land));
}

HOST_LEAF void on_fault(int signal, siginfo_t* info, void* context_) {
  auto* context = static_cast<ucontext_t*>(context_);
  const uintptr_t host_sp = landing(context);
  if (!host_sp) {
    ::signal(signal, SIG_DFL);  // ours: die of it as usual
    return;
  }
  const auto sp = static_cast<uintptr_t>(context->uc_mcontext.gregs[REG_RSP]);
  const auto address = reinterpret_cast<uint64_t>(info->si_addr);
  const bool overflow =
      sp - 4096 <= address && address < sp + 4096 && address % HW_STACK_SLOT < 0x2000;
  const Fault::Kind kind = signal == SIGFPE   ? Fault::kDivide
                           : signal == SIGILL ? Fault::kIllegal
                           : overflow         ? Fault::kStackOverflow
                                              : Fault::kAccess;
  redirect(context, host_sp, kind, address);
}

HOST_LEAF void on_timer(int, siginfo_t*, void* context_) {
  auto* context = static_cast<ucontext_t*>(context_);
  const uintptr_t host_sp = landing(context);
  if (!host_sp) {
    t_same = 0;
    return;
  }
  const uint64_t now = t_guest->progress();
  t_same = now == t_last ? t_same + 1 : 0;
  t_last = now;
  if (t_same < 2) return;
  t_same = 0;
  redirect(context, host_sp, Fault::kNoHook, 0);
}

// libc's own sigaction(). ThreadSanitizer stands before it with another, which
// puts a handler off until the thread calls libc again and then shows it a copy
// of the registers: a guest in an endless loop would stay there.
auto* libc_sigaction() {
  void* const libc = dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
  SIM_ASSERT(libc != nullptr);
  auto* const own = reinterpret_cast<decltype(&sigaction)>(dlsym(libc, "sigaction"));
  SIM_ASSERT(own != nullptr);
  return own;
}

void install(int signal, void (*handler)(int, siginfo_t*, void*)) {
  struct sigaction action {};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESTART;
  sigemptyset(&action.sa_mask);
  SIM_ASSERT(libc_sigaction()(signal, &action, nullptr) == 0);
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

void Watchdog::arm_this_thread(const Guest& guest) {
  t_guest = &guest;
  static std::once_flag once;
  std::call_once(once, [] {
    for (int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) install(signal, on_fault);
    install(SIGRTMIN, on_timer);
  });
  thread_local ThreadGuard guard;
}

}  // namespace cpu
