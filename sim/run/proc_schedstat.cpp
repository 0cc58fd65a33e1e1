// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <map>

#include "cpu/events.h"
#include "sim/run/merge.h"
#include "sim/run/proc_views.h"

namespace run {

namespace {

class SchedStat {
 public:
  explicit SchedStat(const Session& session) : session_(session), cpus_(session.cpus()) {
    Merge events(session.trace());
    while (const sim::Event* e = events.next()) see(*e);
  }

  std::string text() const {
    std::string text = fmt::format("version 15\ntimestamp {}\n", jiffies());
    for (size_t n = 0; n < cpus_.size(); ++n) {
      const Cpu& c = cpus_[n];
      text += fmt::format("cpu{} 0 0 {} {} {} {} {} {} {}\n", n, c.switches, c.to_idle, c.wakeups,
                          c.wakeups_here, c.run_ns, c.wait_ns, c.slices);
    }
    return text;
  }

 private:
  struct Cpu {
    uint32_t task = 0;  // 0: its idle task
    uint64_t since = 0;
    uint64_t switches = 0, to_idle = 0, wakeups = 0, wakeups_here = 0;
    uint64_t run_ns = 0, wait_ns = 0, slices = 0;
  };

  void see(const sim::Event& e) {
    Cpu& c = cpus_[e.cpu];
    if (e.kind == EV_TASK_SWITCH) return switched(c, e);
    if (e.kind == EV_TASK_NEW) queued_.erase(e.object);  // it may be where a dead one was
    if (e.kind != EV_TASK_WAKE) return;
    ++c.wakeups;
    c.wakeups_here += e.arg == e.cpu;
    if (!runs(e.object)) queued_.try_emplace(e.object, e.time);
  }

  // The clocks of two CPUs may differ a little.
  static uint64_t between(uint64_t from, uint64_t to) { return to > from ? to - from : 0; }

  void switched(Cpu& c, const sim::Event& e) {
    ++c.switches;
    if (c.task != 0) {
      c.run_ns += between(c.since, e.time);
      if (e.arg == 0) queued_[c.task] = e.time;  // it could have gone on
    }
    c.task = is_idle(e.object) ? 0 : e.object;
    c.since = e.time;
    if (c.task == 0) {
      ++c.to_idle;
      return;
    }
    ++c.slices;
    const auto queued = queued_.find(c.task);
    if (queued == queued_.end()) return;
    c.wait_ns += between(queued->second, e.time);
    queued_.erase(queued);
  }

  bool runs(uint32_t task) const {
    for (const Cpu& c : cpus_)
      if (c.task == task) return true;
    return false;
  }

  bool is_idle(uint32_t task) {
    const auto [at, added] = idle_.try_emplace(task, false);
    if (added) at->second = session_.task_name(task).starts_with("swapper/");
    return at->second;
  }

  uint64_t jiffies() const {
    uint64_t value = 0;
    if (const auto address = session_.symbols().address_of("jiffies"))
      session_.read_memory(*address, &value, sizeof(value));
    return value;
  }

  const Session& session_;
  std::vector<Cpu> cpus_;
  std::map<uint32_t, uint64_t> queued_;  // task, and since when it stands in a runqueue
  std::map<uint32_t, bool> idle_;
};

}  // namespace

std::string proc_schedstat(const Session& session) { return SchedStat(session).text(); }

}  // namespace run
