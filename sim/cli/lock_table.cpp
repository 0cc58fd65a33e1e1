// SPDX-License-Identifier: MIT
#include "sim/cli/lock_table.h"

#include <algorithm>

#include "cpu/events.h"

namespace cli {

namespace {

void remove_one(std::vector<uint32_t>& tasks, uint32_t task) {
  const auto it = std::find(tasks.begin(), tasks.end(), task);
  if (it != tasks.end()) tasks.erase(it);
}

// The lanes' events in step order, with the task that each CPU runs.
class Merged {
 public:
  explicit Merged(const sim::Trace& trace) : trace_(trace), next_(trace.cpus()) {
    for (unsigned cpu = 0; cpu < trace.cpus(); ++cpu) next_[cpu] = trace.lane(cpu).first();
  }

  const sim::Event* pop() {
    const sim::Event* first = nullptr;
    for (unsigned cpu = 0; cpu < trace_.cpus(); ++cpu) {
      const sim::Lane& lane = trace_.lane(cpu);
      if (next_[cpu] == lane.size()) continue;
      const sim::Event& event = lane[next_[cpu]];
      if (first == nullptr || event.step < first->step) first = &event;
    }
    if (first != nullptr) ++next_[first->cpu];
    return first;
  }

 private:
  const sim::Trace& trace_;
  std::vector<uint64_t> next_;
};

void follow(std::map<uint32_t, LockState>& locks, const sim::Event& event, uint32_t task) {
  switch (event.kind) {
    case EV_LOCK_CONTENDED:
      locks[event.object].waiters.push_back(task);
      break;
    case EV_LOCK_ACQUIRED:
      remove_one(locks[event.object].waiters, task);
      locks[event.object].holders.push_back(task);
      break;
    case EV_LOCK_RELEASE:
      remove_one(locks[event.object].holders, task);
      break;
    default:
      break;
  }
}

}  // namespace

std::map<uint32_t, LockState> locks_now(const sim::Trace& trace) {
  std::map<uint32_t, LockState> locks;
  std::vector<uint32_t> running(trace.cpus());
  Merged merged(trace);
  while (const sim::Event* event = merged.pop()) {
    if (event->kind == EV_TASK_SWITCH) running[event->cpu] = event->object;
    follow(locks, *event, running[event->cpu]);
  }
  std::erase_if(locks, [](const auto& entry) {
    return entry.second.holders.empty() && entry.second.waiters.empty();
  });
  return locks;
}

}  // namespace cli
