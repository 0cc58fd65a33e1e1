// SPDX-License-Identifier: MIT
// New usages of a class, and what they must not contradict.
#include "sim/check/lockdep.h"

namespace check {

bool Lockdep::mark_acquisition(Now& now, const HeldLock& lock) {
  const unsigned read = lock.read ? kUsageRead : 0u;
  if (lock.check) {
    if (!lock.trylock) {
      if (now.irq.hardirq && !mark(now, lock, kUsedInHardirq | read)) return false;
      if (now.irq.softirq && !mark(now, lock, kUsedInSoftirq | read)) return false;
    }
    if (now.irqs_on) {
      if (!mark(now, lock, kEnabledHardirq | read)) return false;
      if (now.softirqs_on && !mark(now, lock, kEnabledSoftirq | read)) return false;
    }
  }
  return mark(now, lock, lock.read ? kUsedRead : kUsed);
}

bool Lockdep::mark_held(Now& now, unsigned usage) {
  for (uint32_t i = 0; i < now.held.depth; ++i) {
    const HeldLock& h = now.held.lock[i];
    if (!h.check || s_->classes[h.cls].gone) continue;
    if (!mark(now, h, usage | (h.read ? kUsageRead : 0u))) return false;
  }
  return true;
}

bool Lockdep::mark(Now& now, const HeldLock& lock, unsigned usage) {
  LockClass& c = s_->classes[lock.cls];
  if (__builtin_expect((c.usage & usage_bit(usage)) != 0, 1)) return true;
  c.usage |= usage_bit(usage);
  c.trace[usage] = save_trace(now.event);
  if (usage >= kUsed) return true;
  if (!usage_is_fine(now, lock, usage)) return false;
  // Per-CPU locks take no part in interrupt inversions: each CPU has its own.
  if (c.type == kLockNormal) graph_.set_marks(lock.cls, c.usage & 0xff, c.usage & kNotRead);
  return true;
}

bool Lockdep::usage_is_fine(Now& now, const HeldLock& lock, unsigned usage) {
  const LockClass& c = s_->classes[lock.cls];
  const bool read = usage & kUsageRead, enabled = usage & kUsageDirection;
  const unsigned other = contrary(usage);
  for (unsigned bad : {other, other | kUsageRead}) {
    if ((bad & kUsageRead) && read) continue;  // a reader contradicts only writers
    if (!(c.usage & usage_bit(bad))) continue;
    s_->bug.usage = static_cast<uint8_t>(usage);
    s_->bug.other = static_cast<uint8_t>(bad);
    bug(now, LockBug::kInconsistent, &lock);
    return false;
  }
  // Enabled: was it ever taken under a lock that interrupts take? Used in an
  // interrupt: was ever a lock taken under it that is held with them enabled?
  const uint32_t mask = usage_bit(other) | usage_bit(other | kUsageRead);
  const bool weak = enabled ? lock.read != 0 : lock.read == 2;
  const uint32_t near = enabled ? graph_.above(lock.cls, weak) : graph_.below(lock.cls, weak);
  if (!(near & mask)) return true;
  const auto path = graph_.path(lock.cls, weak, !enabled, [&](uint32_t n, bool w) {
    const LockClass& found = s_->classes[n];
    const uint32_t marks = w ? found.usage & kNotRead : found.usage;
    return found.type == kLockNormal && n != lock.cls && (marks & mask) != 0;
  });
  if (path.empty()) return true;
  const uint32_t found = path.back().node;
  const bool writer = s_->classes[found].usage & usage_bit(other);
  s_->bug.forwards = !enabled;
  s_->bug.usage = static_cast<uint8_t>(usage);
  s_->bug.other = static_cast<uint8_t>(writer ? other : other | kUsageRead);
  s_->bug.safe = enabled ? found : lock.cls;
  s_->bug.unsafe = enabled ? lock.cls : found;
  bug(now, LockBug::kInversion, &lock);
  return false;
}

}  // namespace check
