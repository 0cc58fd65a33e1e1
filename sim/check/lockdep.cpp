// SPDX-License-Identifier: MIT
#include "sim/check/lockdep.h"

#include "cpu/hw.h"

namespace check {

Lockdep::Lockdep(sim::Arena& arena, Bench& bench)
    : arena_(arena), bench_(bench), s_(arena.make<State>()), graph_(arena) {
  s_->on = true;
}

bool Lockdep::wants(unsigned kind) const {
  switch (kind) {
    case EV_LOCK_ACQUIRE:
    case EV_LOCK_CONTENDED:
    case EV_LOCK_RELEASE:
    case EV_LOCK_NEST:
    case EV_LOCK_INIT:
    case EV_LOCK_SET_CLASS:
    case EV_LOCK_DOWNGRADE:
    case EV_LOCK_PIN:
    case EV_LOCK_UNPIN:
    case EV_IRQS_ON:
    case EV_IRQS_OFF:
    case EV_BH_ON:
    case EV_BH_OFF:
    case EV_TASK_NEW:
    case EV_TASK_EXIT:
    case EV_FREE:
      return true;
    default:
      return Executions::wants(kind);
  }
}

HeldLocks& Lockdep::held_by(uint32_t exec) {
  HeldLocks*& held = s_->held.ensure(arena_, s_->execs[exec].base);
  if (__builtin_expect(!held, 0)) held = arena_.make<HeldLocks>();
  return *held;
}

void Lockdep::on_event(const sim::Event& e) {
  const uint32_t exec = s_->execs.on_event(arena_, bench_, e);
  if (Executions::is_exit(static_cast<unsigned>(e.kind)) && s_->execs[exec].below) {
    s_->execs.leave(exec);
    return s_->execs.release(exec);
  }
  HeldLocks& held = held_by(exec);
  Now now{e,    exec, held, irq_context(s_->execs, exec), (e.context & sim::Event::kIrqsOn) != 0,
          false};
  // An interrupt's entry code runs before its frame is announced.
  now.irq.hardirq |= e.level() == sim::Level::kHardirq;
  now.irq.softirq |= e.level() == sim::Level::kSoftirq;
  now.irq.nmi |= e.level() == sim::Level::kNmi;
  now.softirqs_on = !held.bh_off && !now.irq.softirq && !now.irq.hardirq;
  switch (e.kind) {
    case EV_LOCK_ACQUIRE:
      return acquire(now);
    case EV_LOCK_RELEASE:
      return release(now);
    case EV_LOCK_CONTENDED:
      return contended(now);
    case EV_LOCK_NEST:
      held.nest = static_cast<uint32_t>(e.arg);
      return;
    case EV_LOCK_INIT:
      memory_freed(now, e.object, 1);
      return s_->classes.forget_lock(e.object);
    case EV_LOCK_SET_CLASS:
      return set_class(now);
    case EV_LOCK_DOWNGRADE:
      if (HeldLock* h = find_held(held, e.object)) h->read = 1;
      return rebuild_chains(held);
    case EV_LOCK_PIN:
      if (HeldLock* h = find_held(held, e.object)) ++h->pins;
      return;
    case EV_LOCK_UNPIN:
      if (HeldLock* h = find_held(held, e.object); h && h->pins) --h->pins;
      return;
    case EV_FREE:
      return memory_freed(now, e.object, static_cast<uint32_t>(e.arg));
    case EV_TASK_NEW:
    case EV_TASK_EXIT:
      return task_ends(e);
    default:
      return flags_changed(now);
  }
}

// Locks that are held while their interrupts become enabled count as taken
// with them enabled.
void Lockdep::flags_changed(Now& now) {
  HeldLocks& held = now.held;
  const uint32_t pc = now.event.pc;
  const unsigned kind = static_cast<unsigned>(now.event.kind);
  if (kind == EV_IRQS_ON) held.irqs_on_at = ++held.events, held.irqs_on_pc = pc;
  if (kind == EV_IRQS_OFF) held.irqs_off_at = ++held.events, held.irqs_off_pc = pc;
  if (kind == EV_BH_OFF) held.bh_off_at = ++held.events, held.bh_off_pc = pc, held.bh_off = true;
  if (kind == EV_BH_ON) held.bh_on_at = ++held.events, held.bh_on_pc = pc, held.bh_off = false;
  if (!s_->on || !held.depth || now.irq.nmi) return;
  if (kind == EV_IRQS_ON) {
    if (!mark_held(now, kEnabledHardirq)) return;
    if (now.softirqs_on) mark_held(now, kEnabledSoftirq);
  }
  if (kind == EV_BH_ON && now.irqs_on && !now.irq.bits()) mark_held(now, kEnabledSoftirq);
}

void Lockdep::task_ends(const sim::Event& e) {
  const uint32_t base = s_->execs.find_task(e.object);
  if (!base) return;
  HeldLocks& held = held_by(base);
  if (e.kind == EV_TASK_NEW) {  // another one at the same address
    held = HeldLocks{};
    s_->execs.forget_task(base);
    return s_->execs.release(base);
  }
  Now now{e, base, held, {}, true, true};
  if (s_->on && held.depth) bug(now, LockBug::kHeldAtExit);
}

void Lockdep::memory_freed(Now& now, uint32_t from, uint32_t size) {
  if (!s_->on) return;
  for (uint32_t i = 0; i < now.held.depth; ++i) {
    const HeldLock& h = now.held.lock[i];
    if (h.lock - from >= size) continue;
    s_->bug.address = from;
    s_->bug.size = size;
    return bug(now, LockBug::kHeldFreed, &h);
  }
}

// A held lock moves at once, and counts as taken anew in its class.
void Lockdep::set_class(Now& now) {
  const uint32_t map = now.event.object;
  s_->classes.forget_lock(map);
  HeldLock* h = find_held(now.held, map);
  if (!h || !s_->on || now.irq.nmi) return;
  if (const uint32_t cls = class_of(now, map, 0)) {
    h->cls = cls;
    if (mark_acquisition(now, *h)) rebuild_chains(now.held);
  }
}

void Lockdep::rebuild_chains(HeldLocks& held) {
  for (uint32_t i = 1; i < held.depth; ++i) {
    const HeldLock& below = held.lock[i - 1];
    HeldLock& h = held.lock[i];
    h.chain = below.irq_context == h.irq_context ? chain_with(below.chain, below) : 0;
  }
}

uint32_t Lockdep::save_trace(const sim::Event& e) {
  const uint32_t id = ++s_->trace_count;
  StackTrace& t = s_->traces.ensure(arena_, id);
  t.count = bench_.backtrace(static_cast<unsigned>(e.cpu), t.pc, kTracePcs);
  if (!t.count) t.pc[t.count++] = e.pc;
  return id;
}

// debug_locks_off() and the report.
void Lockdep::bug(Now& now, LockBug what, const HeldLock* next, const HeldLock* prev) {
  s_->on = false;
  Bug& b = s_->bug;
  b.what = what;
  b.cpu = static_cast<unsigned>(now.event.cpu);
  b.exec = now.exec;
  b.pc = now.event.pc;
  b.trace = save_trace(now.event);
  if (next) b.next = *next;
  if (prev) b.prev = *prev;
  bench_.report(*this, static_cast<uint64_t>(what));
}

int Lockdep::answer(unsigned question, uint32_t object, unsigned cpu) {
  if (question == HW_ASK_DEBUG_LOCKS) return s_->on;
  if (!s_->on) return -1;
  const HeldLock* h = find_held(held_by(s_->execs.current(arena_, bench_, cpu)), object);
  if (question == HW_ASK_LOCK_HELD) return h != nullptr;
  if (question == HW_ASK_LOCK_HELD_READ) return h != nullptr && h->read != 0;
  return -1;
}

void Lockdep::reset() {
  for (uint32_t id = 1; id <= s_->classes.size(); ++id)
    if (!s_->classes[id].gone) free_key_range(s_->classes[id].base_key, 1);
  s_->on = true;
}

void Lockdep::reset_lock(uint32_t map) {
  for (unsigned subclass = 0; subclass < kSubclassesMax; ++subclass) {
    LockClasses::Status status;
    const uint32_t id = s_->classes.find(arena_, bench_, map, subclass, status);
    if (id) free_key_range(s_->classes[id].base_key, 1);
  }
}

void Lockdep::free_key_range(uint32_t from, uint32_t size) {
  bool any = false;
  for (uint32_t id = 1; id <= s_->classes.size(); ++id) {
    if (s_->classes[id].gone || s_->classes[id].base_key - from >= size) continue;
    s_->classes.retire(id);
    graph_.remove_edges(id);
    any = true;
  }
  if (!any) return;
  s_->chains.clear();
  // Held locks keep their retired classes until they are released: these have
  // no key any more, so nobody can take another lock of them.
}

Lockdep::Stats Lockdep::stats() const {
  return {s_->classes.live(), graph_.edges(), s_->chains.size(), s_->depth_max};
}

}  // namespace check
