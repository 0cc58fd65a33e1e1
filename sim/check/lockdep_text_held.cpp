// SPDX-License-Identifier: MIT
// Reports about what is held, or is no lock: all of kind "bug".
#include <fmt/format.h>

#include "sim/check/lockdep_words.h"
#include "sim/check/report_words.h"

namespace check {

void Lockdep::Words::unlock_balance(Finding& f, bool contention) const {
  f.kind = "bug";
  f.title =
      contention ? "WARNING: bad contention detected!" : "WARNING: bad unlock balance detected!";
  f.text = box(f.title, contention ? 33 : 37) +
           fmt::format("{} is trying to {} lock ({}) at:\n", task,
                       contention ? "contend" : "release", name(b.next.cls)) +
           fmt::format("[<{:016x}>] {}\n", b.pc, d.bench_.function_offset(b.pc)) +
           (contention ? "but there are no locks held!\n"
                       : "but there are no more locks to release!\n") +
           "\nother info that might help us debug this:\n" + held() + backtrace();
  f.explain = fmt::format(
      "{} releases {} at {} without holding it. Either it was released before, or another task "
      "took it: a lock is released by whoever took it.",
      task, name(b.next.cls), d.bench_.line(b.pc));
  if (contention)
    f.explain =
        "A lock says that somebody waits for it whom nobody saw asking: its annotations "
        "are wrong.";
}

void Lockdep::Words::held_freed(Finding& f) const {
  f.kind = "bug";
  f.title = "WARNING: held lock freed!";
  f.text = box(f.title, 25) +
           fmt::format("{} is freeing memory {:016x}-{:016x}, with a lock still held there!\n",
                       task, b.address, b.address + b.size - 1) +
           lock(b.next) + held() + backtrace();
  f.explain = fmt::format(
      "The memory of {} is freed or initialised anew at {} while the lock is held, since {}. "
      "Whoever holds or waits for it goes on with memory that is somebody else's.",
      name(b.next.cls), d.bench_.line(b.pc), d.bench_.line(b.next.ip));
}

void Lockdep::Words::nest_not_held(Finding& f) const {
  f.kind = "bug";
  f.title = "WARNING: Nested lock was not taken";
  f.text = box(f.title, 34) + task + " is trying to lock:\n" + lock(b.next) +
           "\nbut this task is not holding:\n" + d.bench_.lock_name(b.next.nest) + "\n" +
           backtrace() + "\nother info that might help us debug this:\n" + held() + backtrace();
  f.explain =
      "The lock was said to be nested in another one that serialises such nesting, but "
      "that one is not held, so nothing serialises it.";
}

void Lockdep::Words::held_at_exit(Finding& f) const {
  f.kind = "bug";
  f.title = "WARNING: " + task + " still has locks held!";
  f.text = box(f.title, 36) + held() + backtrace();
  const HeldLocks& held = d.held_by(b.exec);
  for (uint32_t i = 0; i < held.depth; ++i) {
    f.locks.push_back(name(held.lock[i].cls));
    f.steps.push_back(held.lock[i].step);
  }
  f.explain =
      "The task ends without releasing what it holds. Nobody else can release it, so "
      "whoever wants it from now on waits for ever.";
}

void Lockdep::Words::not_static(Finding& f) const {
  f.kind = "bug";
  f.title = "INFO: trying to register non-static key.";
  f.text = f.title +
           "\nThe code is fine but needs lockdep annotation, or maybe\n"
           "you didn't initialize this object before use?\n"
           "turning off the locking correctness validator.\n" +
           dump_stack(d.bench_, b.cpu);
  f.explain =
      "A lock is used that was never initialised: it lies in memory of no static variable "
      "and nobody called spin_lock_init(), mutex_init() or their like on it.";
}

void Lockdep::Words::limit(Finding& f) const {
  f.kind = "bug";
  const bool deep = b.what == LockBug::kTooDeep;
  f.title = deep                                 ? "BUG: MAX_LOCK_DEPTH too low!"
            : b.what == LockBug::kTooManyClasses ? "BUG: MAX_LOCKDEP_KEYS too low!"
            : b.what == LockBug::kTooManyChains  ? "BUG: MAX_LOCKDEP_CHAINS too low!"
                                                 : "BUG: MAX_LOCKDEP_ENTRIES too low!";
  f.text = f.title + "\n" + "turning off the locking correctness validator.\n";
  if (deep) f.text += fmt::format("depth: {}  max: {}!\n", kLockDepthMax, kLockDepthMax);
  f.text += (deep ? held() : std::string()) + dump_stack(d.bench_, b.cpu);
  f.explain =
      "A table of the validator is full. Usually locks are initialised with a key of "
      "their own each, or taken in a loop and never released.";
}

void Lockdep::Words::release_pinned(Finding& f) const {
  f.kind = "bug";
  f.title = "WARNING: releasing a pinned lock";
  f.text = f.title + "\n" + lock(b.next) + held() + backtrace();
  f.explain =
      "The lock was pinned: code further up relies on it staying held until it is "
      "unpinned.";
}

}  // namespace check
