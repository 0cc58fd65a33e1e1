// SPDX-License-Identifier: MIT
#include "sim/cli/history.h"

#include <optional>

#include "cpu/events.h"

namespace cli {

namespace {

constexpr uint64_t kSlice = 20'000;  // steps between two looks at the trace

std::optional<uint64_t> step_of_init(const sim::Trace& trace) {
  for (unsigned cpu = 0; cpu < trace.cpus(); ++cpu) {
    const sim::Lane& lane = trace.lane(cpu);
    for (uint64_t i = lane.first(); i < lane.size(); ++i) {
      if (lane[i].kind == EV_INIT_DONE) return lane[i].step;
    }
  }
  return {};
}

}  // namespace

void skip_boot(run::Session& session) {
  while (!session.finished()) {
    run::Limit limit;
    limit.step = session.position().step + kSlice;
    const run::Stop stop = session.run(limit);
    if (const auto step = step_of_init(session.trace())) return session.seek(*step);
    if (stop == run::Stop::kEnd) return;
  }
}

}  // namespace cli
