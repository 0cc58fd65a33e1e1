// SPDX-License-Identifier: MIT
#include "sim/check/deadlock.h"

#include <cstring>
#include <vector>

#include "sim/core/error.h"

namespace check {

Deadlock::Deadlock(sim::Arena& arena, Bench& bench)
    : arena_(arena), bench_(bench), s_(arena.make<State>()) {}

bool Deadlock::wants(unsigned kind) const {
  switch (kind) {
    case EV_LOCK_ACQUIRE:
    case EV_LOCK_CONTENDED:
    case EV_LOCK_ACQUIRED:
    case EV_LOCK_RELEASE:
    case EV_LOCK_DOWNGRADE:
    case EV_SPIN_BEGIN:
    case EV_SPIN_END:
    case EV_TASK_BLOCK:
    case EV_TASK_WAKE:
    case EV_TASK_EXIT:
    case EV_TASK_NEW:
      return true;
    default:
      return Executions::wants(kind);
  }
}

void Deadlock::on_event(const sim::Event& e) {
  const uint32_t exec = s_->execs.on_event(arena_, bench_, e);
  Node& node = s_->nodes.ensure(arena_, exec);
  switch (e.kind) {
    case EV_LOCK_ACQUIRE:
      return acquire(exec, node, e);
    case EV_LOCK_ACQUIRED:
      return acquired(node, e);
    case EV_LOCK_RELEASE:
      return release(node, e);
    case EV_LOCK_CONTENDED:
      if (Hold* h = newest(node, e.object)) {
        h->stage = kContended;
        h->step = e.step;
        begins_to_wait(exec);
      }
      return;
    case EV_LOCK_DOWNGRADE:
      if (Hold* h = newest(node, e.object)) h->read = 1;
      return;
    case EV_SPIN_BEGIN:
      node.parked = e.pc ? e.pc : 1;
      return begins_to_wait(exec);
    case EV_SPIN_END:
      node.parked = 0;
      return;
    case EV_TASK_BLOCK:
      return block(exec, e);
    case EV_TASK_WAKE:
      return wake(e.object);
    case EV_TASK_EXIT:
    case EV_TASK_NEW:
      return task_exit(e);
    default:
      if (Executions::is_exit(static_cast<unsigned>(e.kind))) leave(exec);
  }
}

void Deadlock::acquire(uint32_t exec, Node& node, const sim::Event& e) {
  Lock* l = s_->by_map.find(e.object);
  if (!l) {
    l = s_->locks.take(arena_);
    l->map = e.object;
    s_->by_map.insert(arena_, e.object, l);
  }
  Hold* h = s_->holds.take(arena_);
  h->lock = l;
  h->exec = exec;
  h->map = e.object;
  h->pc = e.pc;
  h->step = e.step;
  h->read = static_cast<uint8_t>(LOCK_ARG_READ(e.arg));
  h->older = node.newest;
  node.newest = h;
  ++node.holds;
  h->left = l->last;
  (l->last ? l->last->right : l->first) = h;
  l->last = h;
  if (LOCK_ARG_TRYLOCK(e.arg)) {
    h->stage = kHeld;
    ++l->holders;
  }
}

Deadlock::Hold* Deadlock::newest(const Node& node, uint32_t map) {
  Hold* h = node.newest;
  while (h && h->map != map) h = h->older;
  return h;
}

void Deadlock::acquired(Node& node, const sim::Event& e) {
  Hold* h = newest(node, e.object);
  if (!h) return;
  if (h->stage != kHeld) ++h->lock->holders;
  h->stage = kHeld;
  h->reported = false;
  h->step = e.step;
  if (e.pc) h->pc = e.pc;
}

void Deadlock::release(Node& node, const sim::Event& e) {
  Hold* h = newest(node, e.object);
  if (h) {
    const bool own = e.level() == s_->execs[h->exec].level;
    (own ? node.released : node.on_entry) = {e.step, h->step, h->map, h->pc, h->read};
  } else {  // somebody else's, handed over
    const Lock* lock = s_->by_map.find(e.object);
    if (!lock) return;
    h = lock->first;
    while (h && h->stage != kHeld) h = h->right;
    if (!h) return;
  }
  remove(h);
}

void Deadlock::remove(Hold* h) {
  Node& node = s_->nodes[h->exec];
  Hold** link = &node.newest;
  while (*link != h) link = &(*link)->older;
  *link = h->older;
  Lock* l = h->lock;
  (h->left ? h->left->right : l->first) = h->right;
  (h->right ? h->right->left : l->last) = h->left;
  if (h->stage == kHeld) --l->holders;
  if (!l->first) {
    s_->by_map.erase(l->map);
    s_->locks.give(l);
  }
  // An ended execution lives on here until its last lock is released.
  if (--node.holds == 0 && !s_->execs[h->exec].live) {
    s_->execs.release(h->exec);
    node = Node{};
  }
  s_->holds.give(h);
}

// Of all that have released this lock, and no other since.
bool Deadlock::released_last(uint32_t exec, uint32_t map) {
  const Release& r = s_->nodes[exec].released;
  if (r.map != map) return false;
  for (uint32_t id = 1; id <= s_->execs.size(); ++id) {
    const Node& node = s_->nodes.ensure(arena_, id);
    for (const Release* other : {&node.released, &node.on_entry}) {
      if (other->map == map && other->step > r.step) return false;
    }
  }
  return true;
}

void Deadlock::take_back_release(uint32_t waiter) {
  if (!bench_.all_told()) return;  // somebody may have it who has not said so
  const uint32_t map = s_->nodes[waiter].newest->map;
  uint32_t below = s_->execs[waiter].below;
  while (below && !released_last(below, map)) below = s_->execs[below].below;
  if (!below) return;
  Node& node = s_->nodes[below];
  sim::Event again{};
  again.step = node.released.taken & 0xffffffffffffu;
  again.object = map;
  again.pc = node.released.pc;
  again.arg = LOCK_ARG(0, 1, node.released.read, 1);
  acquire(below, node, again);
}

void Deadlock::leave(uint32_t exec) {
  if (!s_->execs[exec].below) return;  // an exit without an entry
  s_->execs.leave(exec);
  abandon(exec);
  if (s_->nodes[exec].holds) return;
  s_->nodes[exec] = Node{};
  s_->execs.release(exec);
}

void Deadlock::abandon(uint32_t exec) {
  for (Hold* h = s_->nodes[exec].newest; h; h = h->older) h->abandoned = h->stage == kHeld;
}

void Deadlock::block(uint32_t exec, const sim::Event& e) {
  Node& node = s_->nodes[exec];
  node.block_state = static_cast<uint32_t>(e.arg) | 0x80000000u;
  std::memset(node.block_pcs, 0, sizeof node.block_pcs);
  if (!bench_.backtrace(static_cast<unsigned>(e.cpu), node.block_pcs, kPcs))
    node.block_pcs[0] = e.pc;
  begins_to_wait(exec);
}

void Deadlock::wake(uint32_t task) {
  if (const uint32_t base = s_->execs.find_task(task)) s_->nodes[base].block_state = 0;
}

// EV_TASK_EXIT: the task runs on a little, takes locks of the scheduler and
// is switched away from. So only what it holds now counts as left behind, and
// a new task at its address tells that it has gone.
void Deadlock::task_exit(const sim::Event& e) {
  const uint32_t base = s_->execs.find_task(e.object);
  if (!base) return;
  if (e.kind == EV_TASK_EXIT) {
    return abandon(base);
  }
  s_->execs.forget_task(base);
  if (s_->nodes[base].holds) return;
  s_->nodes[base] = Node{};
  s_->execs.release(base);
}

bool Deadlock::conflicts(const Hold& waiter, const Hold& other) {
  if (&waiter == &other) return false;
  if (other.stage == kHeld) return !waiter.read || !other.read;
  // Queued before it, on a lock that is fair enough to make it park.
  const Node& node = s_->nodes[waiter.exec];
  if (other.stage != kContended || waiter.stage != kContended || waiter.read == 2) return false;
  if (!node.parked && !node.block_state) return false;
  if (waiter.read) return !other.read && other.step < waiter.step;
  return !waiter.lock->holders && other.step < waiter.step;
}

// visit(edge) returns false to stop.
template <typename Visit>
void Deadlock::edges(uint32_t exec, Visit visit) {
  const uint32_t above = s_->execs[exec].above;
  if (above && !visit(Edge{exec, above, nullptr, nullptr})) return;
  Hold* waiter = s_->nodes[exec].newest;
  if (!waiter || waiter->stage == kHeld) return;
  for (Hold* other = waiter->lock->first; other; other = other->right) {
    if (!conflicts(*waiter, *other)) continue;
    if (!visit(Edge{exec, other->exec, waiter, other->stage == kHeld ? other : nullptr})) return;
  }
}

// Breadth first, so that the circle told is a shortest one. Returns the
// execution whose edge leads back to start, or one that has ended; 0: neither.
uint32_t Deadlock::search(uint32_t start) {
  const uint32_t stamp = ++s_->stamp;
  uint32_t last = start, found = 0;
  s_->nodes[start].stamp = stamp;
  s_->nodes[start].queue = 0;
  for (uint32_t x = start; x && !found; x = s_->nodes[x].queue) {
    edges(x, [&](const Edge& e) {
      Node& to = s_->nodes.ensure(arena_, e.to);
      if (e.to == start || (e.held && e.held->abandoned)) {
        found = x;
        return false;
      }
      if (to.stamp == stamp) return true;
      to.stamp = stamp;
      to.from = x;
      to.queue = 0;
      s_->nodes[last].queue = e.to;
      last = e.to;
      return true;
    });
  }
  return found;
}

void Deadlock::begins_to_wait(uint32_t exec) {
  Hold* h = s_->nodes[exec].newest;
  if (!h || h->stage == kHeld || h->reported) return;
  const bool alone = h->lock->first == h->lock->last;
  if (alone && h->stage == kContended && s_->execs[exec].below) take_back_release(exec);
  const uint32_t last = search(exec);
  if (!last) return;
  // One circle, one report: whoever else begins to wait in it closes nothing.
  for (uint32_t x = last;; x = s_->nodes[x].from) {
    Hold* const waiter = s_->nodes[x].newest;
    if (waiter && waiter->stage != kHeld) waiter->reported = true;
    if (x == exec) break;
  }
  s_->reported = true;
  bench_.report(*this, exec);
}

Deadlock::Circle Deadlock::circle(uint32_t start) {
  Circle c{};
  const uint32_t last = search(start);
  SIM_ASSERT(last);
  std::vector<uint32_t> path;  // from start to last
  for (uint32_t x = last; x != start; x = s_->nodes[x].from) path.push_back(x);
  path.push_back(start);
  c.length = static_cast<unsigned>(path.size());
  for (size_t i = path.size(); i-- > 0 && c.count < kCircleMax;) {
    const uint32_t next = i ? path[i - 1] : start;
    edges(path[i], [&](const Edge& e) {
      const bool ends = i == 0 && e.held && e.held->abandoned;
      if (e.to != next && !ends) return true;
      c.edge[c.count++] = e;
      return false;
    });
  }
  return c;
}

}  // namespace check
