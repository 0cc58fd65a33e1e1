// SPDX-License-Identifier: MIT
// Sessions as schedules: a run as text, and a run from text.
#include <algorithm>

#include "sim/run/executor.h"
#include "sim/run/schedule.h"
#include "sim/run/session_impl.h"

namespace run {

std::string Session::schedule() const {
  require_repeats(config(), "a schedule");
  const Impl& s = *impl_;
  Schedule schedule = schedule_of(s.program);
  schedule.config = s.config;
  schedule.inputs = s.inputs;
  for (const cpu::Deviation& d : s.machine.engine().deviations()) {
    schedule.deviations.push_back({d.choice, d.actor});
  }
  schedule.end_step = s.step();
  schedule.trace_hash = trace_hash();
  return schedule_text(schedule);
}

std::unique_ptr<Session> Session::replay(
    const std::string& schedule_text, const std::function<Program(const std::string&)>& program) {
  const Schedule schedule = parse_schedule(schedule_text);
  const Program found = program(schedule.program);
  require_same_images(schedule, found);
  auto session = std::make_unique<Session>(found, schedule.config);
  Impl& s = *session->impl_;
  s.inputs = schedule.inputs;
  std::vector<cpu::Deviation> deviations;
  for (const Schedule::Deviation& d : schedule.deviations) {
    deviations.push_back({d.choice, d.actor});
  }
  s.machine.engine().set_deviations(std::move(deviations));
  return session;
}

}  // namespace run
