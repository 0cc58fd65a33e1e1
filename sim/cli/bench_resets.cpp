// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <chrono>

#include "sim/cli/bench.h"
#include "sim/cli/cpu_time.h"
#include "sim/cli/history.h"
#include "sim/core/error.h"
#include "sim/run/checkpoint.h"
#include "sim/run/machine.h"
#include "sim/run/session.h"

namespace cli {

namespace {

constexpr unsigned kResets = 50'000;
constexpr uint64_t kStepsMax = 10'000;  // of one AB-BA: far more than it takes

// The first and the last step of one AB-BA.
struct Span {
  uint64_t first = 0, last = 0;
};

bool is_set(const run::Session& session, const char* name) {
  int32_t value = 0;
  const auto variable = session.symbols().find_variable(name);
  SIM_ASSERT(variable && session.read_memory(variable->address, &value, sizeof value));
  return value != 0;
}

Span find_span(const run::Program& program, const run::Config& config) {
  run::Session session(program, config);
  skip_boot(session);
  Span span{session.position().step, 0};
  const auto over = [&] {
    return !session.findings().empty() ||
           (is_set(session, "first_done") && is_set(session, "second_done"));
  };
  while (!over() && session.position().step < span.first + kStepsMax) {
    session.step(run::Unit::kStep);
  }
  span.last = session.position().step;
  if (!over()) throw sim::UserError("the benchmark's AB-BA does not end");
  return span;
}

}  // namespace

void measure_resets(std::vector<Measure>& to) {
  run::Config config;
  const run::Program program = run::build_program({run::home() / "sim/cli/bench/once.c"});
  const Span span = find_span(program, config);
  run::Machine machine(program, config);
  machine.set_describe(false);
  cpu::Engine& engine = machine.engine();
  while (engine.s.step < span.first) engine.run(span.first);
  run::Checkpoints checkpoints(machine);
  const auto booted = checkpoints.take();
  const double begin = cpu_seconds();
  for (unsigned i = 0; i < kResets; ++i) {
    engine.run(span.last);
    checkpoints.restore(booted);
  }
  const double seconds = cpu_seconds() - begin;
  to.push_back({"reset_and_ab_ba", kResets / seconds, "1/s", {}, {}});
}

}  // namespace cli
