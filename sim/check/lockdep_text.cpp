// SPDX-License-Identifier: MIT
// Building blocks of the validator's reports, and the choice of one.
#include <fmt/format.h>

#include "sim/check/lockdep_words.h"
#include "sim/check/report_words.h"

namespace check {

Lockdep::Words::Words(Lockdep& lockdep)
    : d(lockdep), b(lockdep.s_->bug), task(d.bench_.task_name(d.s_->execs[b.exec].task)) {}

std::string Lockdep::Words::name(uint32_t cls) const { return d.s_->classes.name(d.bench_, cls); }

std::string Lockdep::Words::lock_name(uint32_t cls) const {
  const LockClass& c = d.s_->classes[cls];
  char usage[5];
  usage_characters(c.usage, usage);
  return fmt::format(" ({}){{{}}}-{{{}:{}}}", name(cls), usage, c.outer ? c.outer : c.inner,
                     c.inner);
}

std::string Lockdep::Words::lock(const HeldLock& h) const {
  return fmt::format("{:016x}{}, at: {}\n", h.lock, lock_name(h.cls),
                     d.bench_.function_offset(h.ip));
}

std::string Lockdep::held_text(uint32_t task) {
  const std::string who = bench_.task_name(task);
  const uint32_t base = s_->execs.find_task(task);
  const HeldLocks* held = base ? &held_by(base) : nullptr;
  if (!held || !held->depth) return fmt::format("no locks held by {}.\n", who);
  std::string text =
      fmt::format("{} lock{} held by {}:\n", held->depth, held->depth > 1 ? "s" : "", who);
  const Words words(*this);
  for (uint32_t i = 0; i < held->depth; ++i)
    text += fmt::format(" #{}: {}", i, words.lock(held->lock[i]));
  return text;
}

std::string Lockdep::Words::held() const { return d.held_text(d.s_->execs[b.exec].task); }

std::string Lockdep::Words::trace(uint32_t id, unsigned spaces) const {
  const StackTrace& t = d.s_->traces[id];
  return trace_lines(d.bench_, t.pc, t.count, spaces);
}

std::string Lockdep::Words::irq_tag() const {
  const IrqContext irq = irq_context(d.s_->execs, b.exec);
  const Actor a = d.bench_.actor(b.cpu);
  const bool bh = !d.held_by(b.exec).bh_off && !irq.softirq;
  return fmt::format("[HC{}[{}]:SC{}[{}]:HE{}:SE{}]", int{irq.hardirq},
                     (a.preempt_count >> 16) & 15, int{irq.softirq}, (a.preempt_count >> 8) & 255,
                     int{a.irqs_on}, int{bh});
}

std::string Lockdep::Words::irq_events() const {
  const HeldLocks& h = d.held_by(b.exec);
  auto line = [&](const char* what, uint32_t at, uint32_t pc) {
    return fmt::format("{} at ({}): [<{:016x}>] {}\n", what, at, pc, d.bench_.function_offset(pc));
  };
  return fmt::format("irq event stamp: {}\n", h.events) +
         line("hardirqs last  enabled", h.irqs_on_at, h.irqs_on_pc) +
         line("hardirqs last disabled", h.irqs_off_at, h.irqs_off_pc) +
         line("softirqs last  enabled", h.bh_on_at, h.bh_on_pc) +
         line("softirqs last disabled", h.bh_off_at, h.bh_off_pc);
}

std::string Lockdep::Words::backtrace() const {
  return "\nstack backtrace:\n" + dump_stack(d.bench_, b.cpu);
}

Finding Lockdep::Words::make() {
  Finding f;
  sign(f, d.bench_, b.cpu);
  f.task = task;
  f.kind = "lock-order";
  f.steps.push_back(f.step);
  if (b.prev.cls) f.steps.insert(f.steps.begin(), b.prev.step);
  if (b.next.cls) f.locks.push_back(name(b.next.cls));
  if (b.prev.cls) f.locks.push_back(name(b.prev.cls));
  switch (b.what) {
    case LockBug::kCircular:
      circular(f);
      break;
    case LockBug::kRecursive:
      recursive(f);
      break;
    case LockBug::kInconsistent:
      inconsistent(f);
      break;
    case LockBug::kInversion:
      inversion(f);
      break;
    case LockBug::kUnsafeOrder:
      unsafe_order(f);
      break;
    case LockBug::kUnlockBalance:
      unlock_balance(f, false);
      break;
    case LockBug::kBadContention:
      unlock_balance(f, true);
      break;
    case LockBug::kHeldFreed:
      held_freed(f);
      break;
    case LockBug::kWaitContext:
      wait_context(f);
      break;
    case LockBug::kNestNotHeld:
      nest_not_held(f);
      break;
    case LockBug::kHeldAtExit:
      held_at_exit(f);
      break;
    case LockBug::kNotStatic:
      not_static(f);
      break;
    case LockBug::kReleasePinned:
      release_pinned(f);
      break;
    default:
      limit(f);
  }
  return f;
}

Finding Lockdep::describe(uint64_t) { return Words(*this).make(); }

void Lockdep::Words::recursive(Finding& f) const {
  f.title = "WARNING: possible recursive locking detected";
  f.text = box(f.title, 44) + task + " is trying to acquire lock:\n" + lock(b.next) +
           "\nbut task is already holding lock:\n" + lock(b.prev) +
           "\nother info that might help us debug this:\n"
           " Possible unsafe locking scenario:\n\n"
           "       CPU0\n       ----\n  lock(" +
           name(b.prev.cls) + ");\n  lock(" + name(b.next.cls) +
           ");\n\n *** DEADLOCK ***\n\n"
           " May be due to missing lock nesting notation\n\n" +
           held() + backtrace();
  f.explain = fmt::format(
      "{} takes {} at {} while it already holds a lock of the same class, taken at {}. If they are "
      "one lock, it waits for itself; if they are two, another task may take them in the opposite "
      "order. If the order of the two is fixed by design, say so with spin_lock_nested() or its "
      "like.",
      task, name(b.next.cls), d.bench_.line(b.next.ip), d.bench_.line(b.prev.ip));
}

void Lockdep::Words::inconsistent(Finding& f) const {
  const bool nmi = b.usage == kUsages;
  const std::string old = kUsageNames[b.other], now = nmi ? "IN-NMI" : kUsageNames[b.usage];
  f.title = "WARNING: inconsistent lock state";
  f.text = box(f.title, 32) + fmt::format("inconsistent {{{}}} -> {{{}}} usage.\n", old, now) +
           fmt::format("{} {} takes:\n", task, irq_tag()) + lock(b.next) +
           fmt::format("{{{}}} state was registered at:\n", old) +
           trace(d.s_->classes[b.next.cls].trace[b.other], 3) + irq_events() +
           "\nother info that might help us debug this:\n"
           " Possible unsafe locking scenario:\n\n       CPU0\n       ----\n  lock(" +
           name(b.next.cls) + ");\n  <Interrupt>\n    lock(" + name(b.next.cls) +
           ");\n\n *** DEADLOCK ***\n\n" + held() + backtrace();
  const char* which = nmi ? "an NMI" : b.usage < kUsedInSoftirq ? "a hardirq" : "a softirq";
  f.explain = fmt::format(
      "{} is taken by {}, and elsewhere with such interrupts let in. If one comes while the lock "
      "is held on the same CPU, its handler waits for a holder that cannot go on before the "
      "handler returns. {}",
      name(b.next.cls), which,
      nmi ? "NMIs cannot be disabled: only trylock is safe in their handlers."
      : b.usage < kUsedInSoftirq
          ? "Outside the handler take it with spin_lock_irqsave() or spin_lock_irq()."
          : "Outside the softirq take it with spin_lock_bh().");
}

void Lockdep::Words::wait_context(Finding& f) const {
  f.kind = "context";
  f.title = "[ BUG: Invalid wait context ]";
  f.text = box(f.title, 29) + task + " is trying to lock:\n" + lock(b.next) +
           "other info that might help us debug this:\n" +
           fmt::format("context-{{{}:{}}}\n", b.wait, b.wait) + held() + "stack backtrace:\n" +
           dump_stack(d.bench_, b.cpu);
  f.explain = fmt::format(
      "{} may sleep where it is taken at {}, or would on a real-time kernel, but sleeping is not "
      "allowed there: a spinning lock is held, or an interrupt is being served. Under a "
      "raw_spinlock_t take only raw spinlocks, under a spinlock_t and in handlers no mutex.",
      name(b.next.cls), d.bench_.line(b.next.ip));
}

}  // namespace check
