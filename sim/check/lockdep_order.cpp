// SPDX-License-Identifier: MIT
// New edges of the order graph, and what they must not do.
#include "sim/check/lockdep.h"

namespace check {

namespace {
OrderGraph::Kind kind_of(const HeldLock& prev, const HeldLock& next) {
  const bool shared = prev.read != 0, recursive = next.read == 2;
  if (shared) return recursive ? OrderGraph::kSR : OrderGraph::kSN;
  return recursive ? OrderGraph::kER : OrderGraph::kEN;
}
}  // namespace

// A chain seen before has nothing new in it.
bool Lockdep::validate_chain(Now& now, const HeldLock& next, uint64_t chain) {
  if (next.trylock || !next.check || s_->chains.find(chain)) return true;
  if (s_->chains.size() + 1 >= kChainsMax) return bug(now, LockBug::kTooManyChains), false;
  s_->chains.insert(arena_, chain, 1);
  const int recursion = check_recursion(now, next);
  if (!recursion) return false;
  if (recursion == 2) return true;
  for (uint32_t i = now.held.depth; i-- > 0;) {
    const HeldLock& prev = now.held.lock[i];
    if (prev.irq_context != next.irq_context) break;
    if (!prev.check) continue;
    if (prev.cls != next.cls && !add_order(now, prev, next)) return false;
    // Those below it are connected through it: unless it was only tried (no
    // edge leads to it), or only read (no strong path leads through it).
    if (!prev.trylock && prev.read != 2) break;
  }
  return true;
}

// 0: a deadlock; 1: not held yet; 2: held, but serialised by its nest_lock.
int Lockdep::check_recursion(Now& now, const HeldLock& next) {
  bool nest = false;
  for (uint32_t i = 0; i < now.held.depth; ++i) {
    const HeldLock& prev = now.held.lock[i];
    nest |= next.nest && prev.lock == next.nest;
    if (prev.cls != next.cls) continue;
    if (next.read == 2 && prev.read) continue;
    if (nest) return 2;
    bug(now, LockBug::kRecursive, &next, &prev);
    return 0;
  }
  return 1;
}

bool Lockdep::add_order(Now& now, const HeldLock& prev, const HeldLock& next) {
  const OrderGraph::Kind kind = kind_of(prev, next);
  const uint8_t known = graph_.kinds(prev.cls, next.cls);
  if (known & kind) return true;
  if (graph_.edges() + 1 >= kEdgesMax) return bug(now, LockBug::kTooManyEdges), false;
  const uint32_t trace = known ? 0 : save_trace(now.event);
  // Linux looks for circles first, then for interrupts; so one lock order that
  // is wrong in both ways is told as a circle. The edge stays out either way.
  const auto closes = [&](uint32_t node, bool weak) {
    return node == prev.cls && (prev.read == 0 || !weak);
  };
  const bool irq_fine = contraries(graph_.above(prev.cls, prev.read != 0) & kAllUsedIn) &
                                graph_.below(next.cls, next.read == 2)
                            ? false
                            : true;
  if (!irq_fine) {
    if (!graph_.path(next.cls, next.read == 2, true, closes).empty())
      return bug(now, LockBug::kCircular, &next, &prev), false;
    return irq_order_is_fine(now, prev, next);
  }
  if (graph_.add(prev.cls, next.cls, kind, trace)) return true;
  bug(now, LockBug::kCircular, &next, &prev);
  return false;
}

// A lock that an interrupt takes now leads to one that is held with that
// interrupt enabled. Always false: it only names the two.
bool Lockdep::irq_order_is_fine(Now& now, const HeldLock& prev, const HeldLock& next) {
  const uint32_t used = graph_.above(prev.cls, prev.read != 0) & kAllUsedIn;
  auto marks = [this](uint32_t cls, bool weak) {
    const LockClass& c = s_->classes[cls];
    return c.type == kLockNormal ? c.usage & (weak ? kNotRead : 0xffu) : 0;
  };
  const auto down = graph_.path(next.cls, next.read == 2, true, [&](uint32_t n, bool weak) {
    return (marks(n, weak) & contraries(used)) != 0;
  });
  const uint32_t unsafe = down.back().node;
  const uint32_t enabled = marks(unsafe, down.back().weak) & contraries(used);
  const auto up = graph_.path(prev.cls, prev.read != 0, false, [&](uint32_t n, bool weak) {
    return (marks(n, weak) & contraries(enabled) & kAllUsedIn) != 0;
  });
  const uint32_t safe = up.back().node;
  const uint32_t in = marks(safe, up.back().weak) & contraries(enabled) & kAllUsedIn;
  for (unsigned u = 0; u < kUsed; ++u) {
    if (!(in & usage_bit(u)) || !(contraries(usage_bit(u)) & enabled)) continue;
    const unsigned other = contrary(u);
    s_->bug.usage = static_cast<uint8_t>(u);
    s_->bug.other = static_cast<uint8_t>(enabled & usage_bit(other) ? other : other | kUsageRead);
    break;
  }
  s_->bug.safe = safe;
  s_->bug.unsafe = unsafe;
  bug(now, LockBug::kUnsafeOrder, &next, &prev);
  return false;
}

}  // namespace check
