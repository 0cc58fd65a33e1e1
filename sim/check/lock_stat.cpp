// SPDX-License-Identifier: MIT
#include "sim/check/lock_stat.h"

#include <algorithm>
#include <map>

#include "cpu/events.h"

namespace check {

void LockTimes::add(uint64_t ns) {
  min = count ? std::min(min, ns) : ns;
  max = std::max(max, ns);
  total += ns;
  ++count;
}

namespace {

// Goes once through all lanes, in the order of steps.
class Reader {
 public:
  Reader(const sim::Trace& trace, const LockStatNames& names) : trace_(trace), names_(names) {}

  std::vector<LockStat> read(uint64_t from_ns, uint64_t to_ns) {
    std::vector<uint64_t> at;
    for (unsigned cpu = 0; cpu < trace_.cpus(); ++cpu) at.push_back(trace_.lane(cpu).first());
    task_.resize(trace_.cpus());
    for (;;) {
      const sim::Event* next = nullptr;
      for (unsigned cpu = 0; cpu < trace_.cpus(); ++cpu) {
        if (at[cpu] == trace_.lane(cpu).size()) continue;
        const sim::Event& e = trace_.lane(cpu)[at[cpu]];
        if (!next || e.step < next->step) next = &e;
      }
      if (!next) break;
      ++at[next->cpu];
      see(*next, next->time >= from_ns && next->time < to_ns);
    }
    return sorted();
  }

 private:
  struct Lock {
    std::string name;
    int cpu = -1;  // where it was taken last
    uint32_t pc = 0;
  };
  struct Interest {  // of one task in one lock
    bool read = false, waits = false, holds = false;
    uint64_t since = 0;
  };

  void see(const sim::Event& e, bool counts) {
    switch (e.kind) {
      case EV_TASK_SWITCH:
        task_[e.cpu] = e.object;
        return;
      case EV_LOCK_ACQUIRE:
        interest(e) = {LOCK_ARG_READ(e.arg) != 0, false, false, e.time};
        return;
      case EV_LOCK_CONTENDED:
        return contended(e, counts);
      case EV_LOCK_ACQUIRED:
        return acquired(e, counts);
      case EV_LOCK_RELEASE:
        return released(e, counts);
      default:
        return;
    }
  }

  // An interrupt's interest is told apart from that of the task below it.
  Interest& interest(const sim::Event& e) {
    return interests_[{e.object, uint64_t{task_[e.cpu]} << 8 | static_cast<uint64_t>(e.level())}];
  }
  Lock& lock(uint32_t map) {
    Lock& l = locks_[map];
    if (l.name.empty()) l.name = names_.lock(map);
    return l;
  }
  LockStat& stat(const Lock& l) {
    LockStat& s = stats_[l.name];
    s.name = l.name;
    return s;
  }
  static void point(std::vector<LockStat::Point>& points, uint32_t pc) {
    for (LockStat::Point& p : points)
      if (p.pc == pc) return void(++p.count);
    points.push_back({pc, 1});
  }

  void contended(const sim::Event& e, bool counts) {
    Interest& i = interest(e);
    i.waits = true;
    i.since = e.time;
    Lock& l = lock(e.object);
    if (!counts) return;
    LockStat& s = stat(l);
    s.contended_bounces[i.read] += l.cpu != static_cast<int>(e.cpu);
    point(s.contention, e.pc);
    point(s.contending, l.pc);
  }

  void acquired(const sim::Event& e, bool counts) {
    Interest& i = interest(e);
    Lock& l = lock(e.object);
    if (counts) {
      LockStat& s = stat(l);
      if (i.waits) s.wait[i.read].add(e.time - i.since);
      s.acquired_bounces[i.read] += l.cpu != static_cast<int>(e.cpu);
    }
    i.waits = false;
    i.holds = true;
    i.since = e.time;
    l.cpu = static_cast<int>(e.cpu);
    l.pc = e.pc;
  }

  void released(const sim::Event& e, bool counts) {
    Interest& i = interest(e);
    if (i.holds && counts) stat(lock(e.object)).hold[i.read].add(e.time - i.since);
    i.holds = i.waits = false;
  }

  std::vector<LockStat> sorted() {
    std::vector<LockStat> all;
    for (auto& [name, s] : stats_) {
      auto by_count = [](const auto& a, const auto& b) { return a.count > b.count; };
      std::stable_sort(s.contention.begin(), s.contention.end(), by_count);
      std::stable_sort(s.contending.begin(), s.contending.end(), by_count);
      all.push_back(std::move(s));
    }
    std::stable_sort(all.begin(), all.end(), [](const LockStat& a, const LockStat& b) {
      return a.contentions() > b.contentions();
    });
    return all;
  }

  const sim::Trace& trace_;
  const LockStatNames& names_;
  std::vector<uint32_t> task_;
  std::map<uint32_t, Lock> locks_;
  std::map<std::pair<uint32_t, uint64_t>, Interest> interests_;
  std::map<std::string, LockStat> stats_;
};

}  // namespace

std::vector<LockStat> lock_stat(const sim::Trace& trace, const LockStatNames& names,
                                uint64_t from_ns, uint64_t to_ns) {
  return Reader(trace, names).read(from_ns, to_ns);
}

}  // namespace check
