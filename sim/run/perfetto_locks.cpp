// SPDX-License-Identifier: MIT
#include "sim/run/perfetto_locks.h"

#include <algorithm>

#include "cpu/events.h"

namespace run {

PerfettoLocks::PerfettoLocks(const RunView& view, StepDetails& details, JsonTrace& json,
                             unsigned group)
    : view_(view), details_(details), json_(json), group_(group), holders_(view.trace().cpus()) {}

PerfettoLocks::Lock& PerfettoLocks::lock(uint32_t address) {
  const auto [entry, fresh] = locks_.try_emplace(address);
  if (fresh) {
    entry->second.name = view_.lock_name(address);
    entry->second.track = static_cast<unsigned>(locks_.size());
  }
  return entry->second;
}

const std::string& PerfettoLocks::name(uint32_t address) { return lock(address).name; }

// Of one task's interest in one lock.
uint64_t PerfettoLocks::span(const Holders::Hold& hold) const {
  return uint64_t{hold.lock} << 32 | hold.task;
}

std::string PerfettoLocks::waits(const Holders::Hold& hold) {
  return view_.task_name(hold.task) + " waits for " + lock(hold.lock).name;
}

void PerfettoLocks::on_event(const sim::Event& e, Track cpu) {
  if (e.kind == EV_TASK_SWITCH) return holders_.on_event(e);
  Lock& l = lock(e.object);
  l.last_ns = std::max(l.last_ns, uint64_t{e.time});
  if (e.kind == EV_LOCK_RELEASE || e.kind == EV_LOCK_DOWNGRADE)
    if (const Holders::Hold* const own = holders_.own(e)) released(e, cpu, l, *own);
  holders_.on_event(e);
  const Holders::Hold* const own = holders_.own(e);
  if (own == nullptr) return;
  if (e.kind == EV_LOCK_CONTENDED) json_.begin_span(group_, span(*own), e.time, waits(*own));
  if (e.kind == EV_LOCK_ACQUIRED) acquired(e, cpu, l, *own);
  if (e.kind == EV_LOCK_DOWNGRADE) begin_hold(e, l, *own);
}

void PerfettoLocks::begin_hold(const sim::Event& e, Lock& l, const Holders::Hold& hold) {
  const std::string who = view_.task_name(hold.task);
  if (hold.read != 0)
    return json_.begin_span(group_, span(hold), l.last_ns, who + " reads under " + l.name);
  const Track track{group_, l.track};
  if (!l.named) json_.name_track(track, l.name, l.track);
  l.named = true;
  json_.begin(track, l.last_ns, who, details_.of(e));
}

void PerfettoLocks::end_hold(Lock& l, const Holders::Hold& hold) {
  if (hold.read == 0)
    json_.end({group_, l.track}, l.last_ns);
  else
    json_.end_span(group_, span(hold), l.last_ns);
}

void PerfettoLocks::acquired(const sim::Event& e, Track cpu, Lock& l, const Holders::Hold& hold) {
  if (hold.contended) json_.end_span(group_, span(hold), e.time);
  if (hold.contended && l.hand_over != 0) json_.end_flow(cpu, l.hand_over, e.time, "hand-over");
  l.hand_over = 0;
  begin_hold(e, l, hold);
}

void PerfettoLocks::released(const sim::Event& e, Track cpu, Lock& l, const Holders::Hold& hold) {
  if (!hold.held) {  // it gave up waiting
    if (hold.contended) json_.end_span(group_, span(hold), e.time);
    return;
  }
  end_hold(l, hold);
  const auto& all = holders_.of(e.object);
  const bool wanted = std::any_of(all.begin(), all.end(), [](const Holders::Hold& other) {
    return other.contended && !other.held;
  });
  if (!wanted) return;
  // Flows of locks have odd numbers, those of wake-ups even ones.
  l.hand_over = 2 * ++flows_ + 1;
  json_.begin_flow(cpu, l.hand_over, e.time, "hand-over");
}

}  // namespace run
