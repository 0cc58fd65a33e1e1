// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "cpu/events.h"
#include "gui/model/builder.h"

namespace gui {

uint32_t LockLanes::index_of(Timeline& t, uint32_t address) {
  Recent& recent = recent_[address / 8 % recent_.size()];
  if (recent.address != address) recent = {address, look_up(t, address)};
  return recent.index;
}

uint32_t LockLanes::look_up(Timeline& t, uint32_t address) {
  const auto [it, fresh] =
      t.lock_by_address.try_emplace(address, static_cast<uint32_t>(t.locks.size()));
  if (fresh) {
    t.locks.emplace_back();
    t.locks.back().thing = t.things.get(Role::kLock, address);
  }
  if (locks_.size() < t.locks.size()) locks_.resize(t.locks.size());
  return it->second;
}

uint32_t LockLanes::free_slot(const std::vector<Actor>& actors) {
  uint32_t slot = 0;
  while (std::any_of(actors.begin(), actors.end(), [&](const Actor& a) { return a.slot == slot; }))
    ++slot;
  return slot;
}

// The entry of whoever acts: the same task at the same level, or else just the
// same task (a lock may be released in another context than it was taken in).
size_t LockLanes::find(const std::vector<Actor>& actors, const sim::Event& e, uint32_t task) {
  const auto level = static_cast<uint8_t>(e.level());
  for (size_t i = actors.size(); i > 0; --i)
    if (actors[i - 1].task == task && actors[i - 1].level == level) return i - 1;
  for (size_t i = actors.size(); i > 0; --i)
    if (actors[i - 1].task == task) return i - 1;
  return actors.size();
}

void LockLanes::wait(Timeline& t, uint32_t n, Actor actor, uint64_t time) {
  actor.slot = free_slot(locks_[n].waiters);
  actor.since = time;
  t.begin(t.slot(t.locks[n].wait, actor.slot), time, Kind::kWait,
          t.things.get(Role::kTask, actor.task), actor.cpu);
  locks_[n].waiters.push_back(actor);
}

// Who wants a lock that another holds, or gets, waits: a deadlock can be
// closed by one who has not tried yet.
void LockLanes::want(Timeline& t, const sim::Event& e, uint32_t task) {
  const uint32_t n = index_of(t, e.object);
  const Actor actor = {task, static_cast<uint8_t>(e.cpu), static_cast<uint8_t>(e.level()), 0,
                       e.time};
  if (locks_[n].holders.empty())
    locks_[n].wanted.push_back(actor);
  else
    wait(t, n, actor, e.time);
}

// Only a try that failed counts as a contention.
void LockLanes::contended(Timeline& t, const sim::Event& e, uint32_t task) {
  const uint32_t n = index_of(t, e.object);
  auto& wanted = locks_[n].wanted;
  if (const size_t i = find(wanted, e, task); i < wanted.size())
    wanted.erase(wanted.begin() + static_cast<ptrdiff_t>(i));
  if (find(locks_[n].waiters, e, task) == locks_[n].waiters.size())
    wait(t, n, {task, static_cast<uint8_t>(e.cpu), static_cast<uint8_t>(e.level()), 0, e.time},
         e.time);
  ++t.locks[n].contentions;
  t.contentions.push({e.time, n, static_cast<uint8_t>(e.cpu)});
}

void LockLanes::stop_waiting(Timeline& t, const sim::Event& e, uint32_t task, size_t depth,
                             bool got_it) {
  const uint32_t n = index_of(t, e.object);
  Lock& lock = locks_[n];
  const size_t i = find(lock.waiters, e, task);
  if (i == lock.waiters.size()) return;
  const Actor waiter = lock.waiters[i];
  t.end(t.locks[n].wait[waiter.slot], e.time);
  lock.waiters.erase(lock.waiters.begin() + static_cast<ptrdiff_t>(i));
  const uint64_t waited = e.time - std::min<uint64_t>(e.time, waiter.since);
  t.locks[n].longest_wait = std::max(t.locks[n].longest_wait, waited);
  t.locks[n].total_wait += waited;
  if (got_it && lock.released >= waiter.since && lock.released_by != e.cpu)
    t.flows.push({lock.released, e.time, lock.released_by, static_cast<uint8_t>(e.cpu),
                  lock.released_depth, static_cast<uint8_t>(depth), FlowKind::kHandoff});
}

void LockLanes::acquired(Timeline& t, const sim::Event& e, uint32_t task, size_t depth) {
  stop_waiting(t, e, task, depth, true);
  const uint32_t n = index_of(t, e.object);
  auto& wanted = locks_[n].wanted;
  if (const size_t i = find(wanted, e, task); i < wanted.size())
    wanted.erase(wanted.begin() + static_cast<ptrdiff_t>(i));
  for (const Actor& other : wanted) wait(t, n, other, e.time);
  wanted.clear();
  auto& holders = locks_[n].holders;
  const Actor actor = {task, static_cast<uint8_t>(e.cpu), static_cast<uint8_t>(e.level()),
                       free_slot(holders), e.time};
  t.begin(t.slot(t.locks[n].hold, actor.slot), e.time, Kind::kHold, t.things.get(Role::kTask, task),
          e.cpu);
  holders.push_back(actor);
  holders.back().tried = e.kind == EV_LOCK_ACQUIRE;
  ++t.locks[n].acquisitions;
}

// Some trylocks announce what they took once, some twice.
bool LockLanes::told_before(Timeline& t, const sim::Event& e, uint32_t task) {
  auto& holders = locks_[index_of(t, e.object)].holders;
  const size_t i = find(holders, e, task);
  return i < holders.size() && std::exchange(holders[i].tried, false) && e.kind == EV_LOCK_ACQUIRED;
}

void LockLanes::released(Timeline& t, const sim::Event& e, uint32_t task, size_t depth) {
  const uint32_t n = index_of(t, e.object);
  Lock& lock = locks_[n];
  size_t i = find(lock.holders, e, task);
  if (i == lock.holders.size()) {
    // Not the holder: a wait that was given up, or somebody else's lock.
    const bool waited = find(lock.waiters, e, task) != lock.waiters.size();
    stop_waiting(t, e, task, depth, false);
    if (waited || lock.holders.empty()) return;
    i = 0;
  }
  const Actor holder = lock.holders[i];
  t.end(t.locks[n].hold[holder.slot], e.time);
  lock.holders.erase(lock.holders.begin() + static_cast<ptrdiff_t>(i));
  const uint64_t held = e.time - std::min<uint64_t>(e.time, holder.since);
  t.locks[n].longest_hold = std::max(t.locks[n].longest_hold, held);
  t.locks[n].total_hold += held;
  lock.released = e.time;
  lock.released_by = static_cast<uint8_t>(e.cpu);
  lock.released_depth = static_cast<uint8_t>(depth);
}

void LockLanes::add(Timeline& t, const sim::Event& e, uint32_t task, size_t depth) {
  const bool told = told_before(t, e, task);
  switch (e.kind) {
    case EV_LOCK_ACQUIRE:
      // A trylock announces itself only when it has succeeded; readers of RCU
      // (read 2) never wait.
      if (LOCK_ARG_TRYLOCK(e.arg) != 0)
        acquired(t, e, task, depth);
      else if (LOCK_ARG_READ(e.arg) != 2)
        want(t, e, task);
      break;
    case EV_LOCK_CONTENDED:
      contended(t, e, task);
      break;
    case EV_LOCK_ACQUIRED:
      if (!told) acquired(t, e, task, depth);
      break;
    case EV_LOCK_RELEASE:
      released(t, e, task, depth);
      break;
    default:
      break;
  }
}

}  // namespace gui
