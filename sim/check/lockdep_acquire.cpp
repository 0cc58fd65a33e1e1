// SPDX-License-Identifier: MIT
// A lock is taken, waited for, released.
#include <algorithm>

#include "sim/check/lockdep.h"

namespace check {

uint32_t Lockdep::class_of(Now& now, uint32_t map, unsigned subclass) {
  LockClasses::Status status = LockClasses::kOk;
  const uint32_t id =
      s_->classes.find(arena_, bench_, map, std::min(subclass, kSubclassesMax - 1), status);
  if (!id)
    bug(now, status == LockClasses::kNotStatic ? LockBug::kNotStatic : LockBug::kTooManyClasses);
  while (graph_.nodes() < s_->classes.size()) graph_.add_node();  // a class is a node
  return id;
}

uint64_t Lockdep::chain_with(uint64_t chain, const HeldLock& lock) const {
  const uint64_t id = uint64_t{lock.cls} << 2 | lock.read;
  uint64_t x = (chain ^ id) * 0x9e3779b97f4a7c15u;
  x ^= x >> 29;
  return x ? x : 1;
}

HeldLock* Lockdep::find_held(HeldLocks& held, uint32_t map) {
  for (uint32_t i = held.depth; i-- > 0;)
    if (held.lock[i].lock == map) return &held.lock[i];
  return nullptr;
}

void Lockdep::acquire(Now& now) {
  HeldLocks& held = now.held;
  const uint32_t nest = held.nest;
  held.nest = 0;
  if (!s_->on) return;
  if (now.irq.nmi) return acquire_in_nmi(now);
  const uint64_t arg = now.event.arg;
  const uint32_t cls = class_of(now, now.event.object, LOCK_ARG_SUBCLASS(arg));
  if (!cls) return;
  LockClass& c = s_->classes[cls];
  ++c.ops;
  HeldLock next{};
  next.lock = now.event.object;
  next.cls = cls;
  next.ip = now.event.pc;
  next.nest = nest;
  next.step = now.event.step;
  next.irq_context = now.irq.bits();
  next.read = static_cast<uint8_t>(LOCK_ARG_READ(arg));
  next.trylock = LOCK_ARG_TRYLOCK(arg) != 0;
  next.check = LOCK_ARG_CHECK(arg) != 0 && !c.no_validate;
  next.irqs_off = !now.irqs_on;
  if (merge_nested(now, next)) return;
  if (held.depth == kLockDepthMax) return bug(now, LockBug::kTooDeep, &next);
  if (!wait_context_is_fine(now, next) || !mark_acquisition(now, next)) return;

  if (held.depth) {
    const HeldLock& below = held.lock[held.depth - 1];
    if (below.irq_context == next.irq_context) next.chain = chain_with(below.chain, below);
  }
  if (next.nest && !find_held(held, next.nest)) return bug(now, LockBug::kNestNotHeld, &next);
  if (!validate_chain(now, next, chain_with(next.chain, next))) return;
  held.lock[held.depth++] = next;
  s_->depth_max = std::max(s_->depth_max, held.depth);
}

// A second lock of the class on top, under the same nest_lock, is only counted.
bool Lockdep::merge_nested(Now& now, const HeldLock& next) {
  if (!next.nest || !now.held.depth) return false;
  HeldLock& top = now.held.lock[now.held.depth - 1];
  if (top.cls != next.cls || top.nest != next.nest) return false;
  top.references = static_cast<uint16_t>((top.references ? top.references : 1) + 1);
  return true;
}

// An NMI may interrupt any holder, so it may only try, or take what nobody
// else ever takes.
void Lockdep::acquire_in_nmi(Now& now) {
  const uint64_t arg = now.event.arg;
  if (LOCK_ARG_TRYLOCK(arg)) return;
  const uint32_t cls = class_of(now, now.event.object, LOCK_ARG_SUBCLASS(arg));
  if (!cls) return;
  const uint32_t read = LOCK_ARG_READ(arg);
  const uint32_t mask = usage_bit(kUsed) | (read == 2 ? 0 : usage_bit(kUsedRead));
  const uint32_t used = s_->classes[cls].usage & mask;
  if (!used) return;
  HeldLock next{};
  next.lock = now.event.object;
  next.cls = cls;
  next.ip = now.event.pc;
  next.read = static_cast<uint8_t>(read);
  s_->bug.other = used & usage_bit(kUsed) ? kUsed : kUsedRead;
  s_->bug.usage = kUsages;
  bug(now, LockBug::kInconsistent, &next);
}

// {outer:inner}: what may be held when a lock is taken must not be stricter
// than the lock itself. A handler counts as threadable: what it takes may be a
// spinlock_t, as most handlers of Linux may.
bool Lockdep::wait_context_is_fine(Now& now, const HeldLock& next) {
  const LockClass& c = s_->classes[next.cls];
  if (!c.inner || next.trylock) return true;
  const unsigned outer = c.outer ? c.outer : c.inner;
  unsigned allowed = next.irq_context ? kWaitConfig : kWaitMax;
  uint32_t first = now.held.depth;
  while (first && now.held.lock[first - 1].irq_context == next.irq_context) --first;
  for (uint32_t i = first; i < now.held.depth; ++i) {
    const LockClass& below = s_->classes[now.held.lock[i].cls];
    if (!below.inner) continue;
    allowed = std::min<unsigned>(allowed, below.inner);
    if (below.type == kLockWaitOverride) allowed = below.inner;
  }
  if (outer <= allowed) return true;
  s_->bug.wait = static_cast<uint8_t>(allowed);
  bug(now, LockBug::kWaitContext, &next);
  return false;
}

void Lockdep::contended(Now& now) {
  if (!s_->on || now.irq.nmi || find_held(now.held, now.event.object)) return;
  HeldLock next{};
  next.lock = now.event.object;
  next.cls = class_of(now, now.event.object, 0);
  if (next.cls) bug(now, LockBug::kBadContention, &next);
}

void Lockdep::release(Now& now) {
  if (now.irq.nmi) return;
  HeldLocks& held = now.held;
  HeldLock* h = find_held(held, now.event.object);
  for (uint32_t i = held.depth; i-- > 0 && !h;) {
    // One of several that are counted as one: any of the class will do.
    LockClasses::Status status;
    HeldLock& group = held.lock[i];
    if (group.references &&
        s_->classes.find(arena_, bench_, now.event.object, 0, status) == group.cls)
      h = &group;
  }
  if (!h) {
    if (!s_->on) return;
    HeldLock next{};
    next.lock = now.event.object;
    next.ip = now.event.pc;
    next.cls = class_of(now, now.event.object, 0);
    if (next.cls) bug(now, LockBug::kUnlockBalance, &next);
    return;
  }
  if (h->pins && s_->on) {
    const HeldLock pinned = *h;
    bug(now, LockBug::kReleasePinned, &pinned);
  }
  if (h->references > 1) {
    --h->references;
    return;
  }
  const bool top = h == &held.lock[held.depth - 1];
  std::move(h + 1, held.lock + held.depth, h);
  --held.depth;
  if (top) return;
  if (held.depth) held.lock[0].chain = 0;
  rebuild_chains(held);
}

}  // namespace check
