// SPDX-License-Identifier: MIT
#include "sim/cli/stats.h"

#include <array>

#include "cpu/events.h"

namespace cli {

namespace {

constexpr std::pair<const char*, unsigned> kCounted[] = {
    {"switches", EV_TASK_SWITCH},
    {"wakeups", EV_TASK_WAKE},
    {"preemptions", EV_TASK_PREEMPT},
    {"interrupts", EV_HARDIRQ_ENTER},
    {"softirqs", EV_SOFTIRQ_ENTER},
    {"nmis", EV_NMI_ENTER},
    {"ipis", EV_IPI_SEND},
    {"locks_taken", EV_LOCK_ACQUIRED},
    {"locks_contended", EV_LOCK_CONTENDED},
    {"spins", EV_SPIN_BEGIN},
    {"allocations", EV_ALLOC},
    {"frees", EV_FREE},
};

}  // namespace

std::vector<std::pair<std::string, uint64_t>> count_events(const sim::Trace& trace) {
  std::array<uint64_t, 256> of_kind{};
  uint64_t events = 0;
  for (unsigned cpu = 0; cpu < trace.cpus(); ++cpu) {
    const sim::Lane& lane = trace.lane(cpu);
    events += lane.size();
    for (uint64_t i = lane.first(); i < lane.size(); ++i) ++of_kind[lane[i].kind];
  }
  std::vector<std::pair<std::string, uint64_t>> counts{{"events", events}};
  for (const auto& [name, kind] : kCounted) counts.emplace_back(name, of_kind[kind]);
  return counts;
}

}  // namespace cli
