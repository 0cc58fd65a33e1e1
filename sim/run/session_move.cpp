// SPDX-License-Identifier: MIT
// Moving by units, forwards and backwards; choosing who goes next.
#include <algorithm>

#include "sim/run/executor.h"
#include "sim/run/session_impl.h"

namespace run {

namespace {

// A unit that does not come about within so many steps ends there.
constexpr uint64_t kUnitStepsMax = 2'000'000;

}  // namespace

std::vector<uint32_t> Session::Impl::stack_of(unsigned cpu) const {
  std::vector<uint32_t> stack(65);
  stack[0] = machine.engine().cpus[cpu].next.pc;
  stack.resize(1 + machine.engine().backtrace(cpu, &stack[1], 64));
  return stack;
}

std::optional<Location> Session::Impl::user_location(unsigned cpu) const {
  for (const uint32_t pc : stack_of(cpu)) {
    if (cpu::in_module(pc)) {
      const Location& where = machine.symbols().at(pc);
      if (where.user && where.line) return where;
    }
  }
  return std::nullopt;
}

uint32_t Session::Impl::user_frames(unsigned cpu) const {
  const std::vector<uint32_t> stack = stack_of(cpu);
  return static_cast<uint32_t>(std::count_if(stack.begin(), stack.end(), cpu::in_module));
}

Stop Session::Impl::one_step(std::optional<unsigned> cpu) {
  for (uint64_t n = 0; n < kUnitStepsMax; ++n) {
    const Stop stop = advance(step() + 1, UINT64_MAX, true);
    if (stop != Stop::kLimit || !cpu) return stop;
    const auto& trace = machine.trace();
    if (trace.detail(trace.detail_size() - 1).cpu == *cpu) return stop;
  }
  return Stop::kLimit;
}

template <typename Reached>
Stop Session::Impl::step_until(std::optional<unsigned> cpu, Reached reached) {
  for (uint64_t n = 0; n < kUnitStepsMax; ++n) {
    const Stop stop = one_step(cpu);
    if (stop != Stop::kLimit || reached()) return stop;
  }
  return Stop::kLimit;
}

Stop Session::Impl::move(Unit unit, std::optional<unsigned> cpu) {
  const unsigned first = cpu ? *cpu : 0;
  const unsigned end = cpu ? *cpu + 1 : machine.cpus();
  const auto events = [&] {
    uint64_t n = 0;
    for (unsigned c = first; c < end; ++c) n += machine.trace().lane(c).size();
    return n;
  };
  const auto functions = [&] {
    std::vector<uint32_t> now;
    for (unsigned c = first; c < end; ++c) {
      const auto where = user_location(c);
      now.push_back(where ? where->function_start : 0);
      now.push_back(user_frames(c));
    }
    return now;
  };
  const auto lines = [&] {
    std::vector<std::string> now;
    for (unsigned c = first; c < end; ++c) {
      const auto where = user_location(c);
      now.push_back(where ? where->file + ":" + std::to_string(where->line) : "");
    }
    return now;
  };
  switch (unit) {
    case Unit::kStep:
      return one_step(cpu);
    case Unit::kMicrosecond:
      return advance(UINT64_MAX, machine.engine().time() + 1000, true);
    case Unit::kEvent: {
      const uint64_t before = events();
      return step_until({}, [&] { return events() != before; });
    }
    case Unit::kFunction: {
      const auto before = functions();
      return step_until({}, [&] { return functions() != before; });
    }
    case Unit::kLine: {
      const auto before = lines();
      // Into kernel code is no new line; another line of the user's is.
      return step_until({}, [&] {
        const auto now = lines();
        for (size_t i = 0; i < now.size(); ++i) {
          if (!now[i].empty() && now[i] != before[i]) return true;
        }
        return false;
      });
    }
  }
  return Stop::kLimit;
}

// Backwards by a unit: from some way back, forwards unit by unit; the last stop
// before here is it.
bool Session::back(Unit unit, std::optional<unsigned> cpu) {
  require_repeats(config(), "stepping back");
  Impl& s = *impl_;
  const uint64_t here = s.step();
  if (here == 0) return false;
  if (unit == Unit::kStep && !cpu) {
    s.seek(here - 1);
    return true;
  }
  for (uint64_t window = 64;; window *= 8) {
    const uint64_t from = here > window ? here - window : 0;
    s.seek(from);
    uint64_t last = from ? UINT64_MAX : 0;
    while (s.step() < here && !s.finished()) {
      const uint64_t before = s.step();
      s.move(unit, cpu);
      if (s.step() >= here) break;
      if (s.step() == before) break;
      last = s.step();
    }
    if (last == UINT64_MAX) continue;
    s.seek(last);
    return true;
  }
}

std::vector<Option> Session::options() const {
  std::vector<Option> options;
  if (impl_->finished()) return options;
  cpu::Engine& engine = impl_->machine.engine();
  const sim::Choice choice = engine.choice();
  for (unsigned c = 0; c < engine.cpu_count; ++c) {
    if (!choice.enabled(c)) continue;
    const CpuView view = cpu(c);
    const Location& where = view.user_where ? *view.user_where : view.where;
    options.push_back({c, "CPU " + std::to_string(c) + ": " + view.next + " (" + where.file + ":" +
                              std::to_string(where.line) + ")"});
  }
  const auto sources = impl_->machine.interrupts().list();
  for (unsigned k = 0; k < sources.size(); ++k) {
    if (choice.enabled(sim::kSourceBase + k)) {
      options.push_back({sim::kSourceBase + k, "raise " + sources[k].name});
    }
  }
  return options;
}

Stop Session::choose(unsigned option) {
  require_repeats(config(), "choosing who goes next");
  Impl& s = *impl_;
  if (s.finished()) return Stop::kEnd;
  s.forget_future();
  cpu::Engine& engine = s.machine.engine();
  auto deviations = engine.deviations();
  deviations.push_back({engine.choice_number(), option});
  engine.set_deviations(std::move(deviations));
  const Stop stop = s.advance(s.step() + 1, UINT64_MAX, true);
  s.furthest = position();
  return stop;
}

void Session::set_source(const Source& source) {
  Input input;
  input.source = source;
  impl_->add_input(std::move(input));
}

void Session::fire(const std::string& name) {
  Input input;
  input.what = Input::What::kFire;
  input.source.name = name;
  impl_->add_input(std::move(input));
}

void Session::send(unsigned cpu, unsigned vector) {
  Input input;
  input.what = Input::What::kSend;
  input.cpu = cpu;
  input.vector = vector;
  impl_->add_input(std::move(input));
}

void Session::route(const std::string& source, uint64_t cpus) {
  Input input;
  input.what = Input::What::kRoute;
  input.source.name = source;
  input.cpus = cpus;
  impl_->add_input(std::move(input));
}

}  // namespace run
