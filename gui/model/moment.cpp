// SPDX-License-Identifier: MIT
#include "gui/model/moment.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "gui/model/view.h"

namespace gui {
namespace {

CpuMoment cpu_at(const Timeline& t, unsigned cpu, uint64_t time) {
  CpuMoment m;
  const CpuTracks& tracks = t.cpu[cpu];
  for (const TrackNumber track : tracks.flame) {
    const auto frame = t.covering(track, time);
    if (!frame) break;
    if (frame->what() == Kind::kSpin) {
      m.waits_for = frame->ref;
      m.waiting_since = frame->start;
    }
    if (frame->what() == Kind::kHardirq || frame->what() == Kind::kNmi) m.waits_for.reset();
    m.frames.push_back(*frame);
  }
  m.irqs_off = t.covering(tracks.irqs_off, time).has_value();
  m.preempt_off = t.covering(tracks.preempt_off, time).has_value();
  m.reading = t.covering(tracks.reader, time).has_value();
  return m;
}

LockMoment lock_at(const Timeline& t, uint32_t lock, uint64_t time) {
  LockMoment m;
  m.lock = lock;
  for (const TrackNumber track : t.locks[lock].hold)
    if (const auto e = t.covering(track, time)) m.holders.push_back(*e);
  for (const TrackNumber track : t.locks[lock].wait)
    if (const auto e = t.covering(track, time)) m.waiters.push_back(*e);
  return m;
}

// Locks worth asking about: contended ones first, then the most used.
std::vector<uint32_t> candidates(const Timeline& t, size_t most) {
  std::vector<uint32_t> order(t.locks.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto rank = [&](uint32_t i) {
    return std::tuple(~t.locks[i].contentions, ~t.locks[i].acquisitions, i);
  };
  const size_t n = std::min(most, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<ptrdiff_t>(n), order.end(),
                    [&](uint32_t a, uint32_t b) { return rank(a) < rank(b); });
  order.resize(n);
  return order;
}

}  // namespace

Moment moment_at(const Timeline& t, uint64_t time, size_t locks_max) {
  Moment m;
  m.time = time;
  for (unsigned cpu = 0; cpu < t.cpu.size(); ++cpu) m.cpus.push_back(cpu_at(t, cpu, time));
  for (const uint32_t lock : candidates(t, std::max<size_t>(locks_max, 256)))
    m.locks.push_back(lock_at(t, lock, time));
  for (const LockMoment& lock : m.locks)
    for (const Interval& e : lock.holders)
      if (e.cpu < m.cpus.size()) ++m.cpus[e.cpu].holds;
  // One who is about to try has no frame of its own yet.
  for (const LockMoment& lock : m.locks)
    for (const Interval& e : lock.waiters) {
      if (e.cpu >= m.cpus.size()) continue;
      CpuMoment& c = m.cpus[e.cpu];
      if (c.waits_for || c.frames.empty() || c.frames[0].ref != e.ref) continue;
      c.waits_for = t.locks[lock.lock].thing;
      c.waiting_since = e.start;
    }
  const auto busy = [](const LockMoment& l) {
    return (l.waiters.empty() ? 0 : 2) + (l.holders.empty() ? 0 : 1);
  };
  std::stable_sort(m.locks.begin(), m.locks.end(),
                   [&](const LockMoment& a, const LockMoment& b) { return busy(a) > busy(b); });
  if (m.locks.size() > locks_max) m.locks.resize(locks_max);
  m.grace = t.covering(t.grace, time);
  return m;
}

std::string sentence(const Timeline& t, const Interval& e) {
  const std::string name = t.things.label(e.ref), how_long = duration_text(e.dur);
  switch (e.what()) {
    case Kind::kTask:
      return fmt::format("CPU {} runs {} for {}", e.cpu, name, how_long);
    case Kind::kFunction:
      return fmt::format("CPU {} in {}() for {}", e.cpu, name, how_long);
    case Kind::kSoftirq:
      return fmt::format("CPU {} in softirq {} for {}", e.cpu, name, how_long);
    case Kind::kHardirq:
      return fmt::format("CPU {} serves {} for {}", e.cpu, name, how_long);
    case Kind::kNmi:
      return fmt::format("CPU {} in an NMI for {}", e.cpu, how_long);
    case Kind::kSpin:
      return fmt::format("CPU {} waits for {} for {}", e.cpu, name, how_long);
    case Kind::kHold:
      return fmt::format("{} on CPU {} holds it for {}", name, e.cpu, how_long);
    case Kind::kWait:
      return fmt::format("{} on CPU {} waits for it for {}", name, e.cpu, how_long);
    case Kind::kIrqsOff:
      return fmt::format("CPU {} has interrupts off for {}", e.cpu, how_long);
    case Kind::kPreemptOff:
      return fmt::format("CPU {} cannot be preempted for {}", e.cpu, how_long);
    case Kind::kReader:
      return fmt::format("CPU {} reads under RCU for {}", e.cpu, how_long);
    case Kind::kGrace:
      return fmt::format("Grace period {} takes {}", name, how_long);
    case Kind::kMark:
      return fmt::format("CPU {} passes a quiescent state", e.cpu);
    case Kind::kIdle:
      return fmt::format("CPU {} is idle for {}", e.cpu, how_long);
  }
  return name;
}

}  // namespace gui
