// SPDX-License-Identifier: MIT
#include "sim/cli/history.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <optional>

#include "cpu/events.h"
#include "sim/run/lanes.h"
#include "sim/run/run_view.h"

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

unsigned terminal_columns() {
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 100;
}

std::string history_text(const run::Session& session, uint64_t from, uint64_t rows,
                         unsigned columns) {
  run::LanesOptions options;
  options.last = rows;
  options.from_step = from;
  options.columns = columns;
  if (session.position().step - from <= rows) options.rows = run::Rows::kSteps;
  return run::lanes(*run::view_of(session), options);
}

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
