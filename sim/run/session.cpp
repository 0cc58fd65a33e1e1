// SPDX-License-Identifier: MIT
// Running a session, and going back by checkpoints and re-execution.
#include "sim/run/session.h"

#include <algorithm>

#include "sim/core/error.h"
#include "sim/run/executor.h"
#include "sim/run/session_impl.h"

namespace run {

namespace {

constexpr size_t kCheckpointsMax = 64, kCheckpointsMin = 8;
constexpr size_t kCheckpointBytesMax = size_t{96} << 20;
constexpr uint64_t kFirstInterval = uint64_t{1} << 15;
#ifdef SIM_DEBUG
constexpr bool kCompare = true;  // re-execution against checkpoints
#else
constexpr bool kCompare = false;
#endif

Config checked(Config config) {
  if (config.cpus < 1 || config.cpus > HW_CPUS_MAX) {
    throw sim::UserError("the number of CPUs must be from 1 to 64, not " +
                         std::to_string(config.cpus));
  }
  return for_executor(std::move(config));
}

// A page that two share is counted once, and not at all if the one for which it was
// copied has gone: an estimate from below.
size_t bytes_of(const std::vector<std::shared_ptr<const Checkpoint>>& chain) {
  size_t bytes = 0;
  for (const auto& c : chain) bytes += c->bytes;
  return bytes;
}

}  // namespace

Session::Impl::Impl(const Program& program_, const Config& config_)
    : program(program_),
      config(checked(config_)),
      machine(program_, config),
      checkpoints(machine),
      interval(repeats(config) ? kFirstInterval : UINT64_MAX) {
  chain.push_back(checkpoints.take());
}

// Where the next checkpoint is due; a debug build also stops at those that it
// meets again and compares.
uint64_t Session::Impl::next_checkpoint() const {
  if (kCompare) {
    for (const auto& c : chain) {
      if (c->step > step()) return c->step;
    }
  }
  return chain.back()->step + interval;
}

void Session::Impl::keep_checkpoint() {
  if (kCompare && step() <= chain.back()->step) {
    for (const auto& c : chain) {
      if (c->step == step()) SIM_ASSERT(checkpoints.matches(*c));
    }
    return;
  }
  if (chain.size() == kCheckpointsMax ||
      (chain.size() >= kCheckpointsMin && bytes_of(chain) > kCheckpointBytesMax)) {
    // Every second one goes; the spacing doubles.
    std::vector<std::shared_ptr<const Checkpoint>> kept;
    for (size_t i = 0; i < chain.size(); i += 2) kept.push_back(chain[i]);
    chain = std::move(kept);
    interval *= 2;
    if (step() < chain.back()->step + interval) return;
  }
  chain.push_back(checkpoints.take());
}

void Session::Impl::apply_inputs() {
  const uint64_t choice = machine.engine().choice_number();
  for (; next_input < inputs.size() && inputs[next_input].choice <= choice; ++next_input) {
    apply(inputs[next_input]);
  }
}

void Session::Impl::apply(const Input& input) {
  using enum Input::What;
  irq::Controller& interrupts = machine.interrupts();
  const Source& source = input.source;
  if (input.what == kSet)
    interrupts.set(source.name, source.rate_hz, source.pattern, source.once_step);
  if (input.what == kFire) interrupts.fire(source.name);
  if (input.what == kSend) interrupts.send(input.cpu, input.vector);
  if (input.what == kRoute) interrupts.route(source.name, input.cpus);
  machine.engine().refresh_events();
}

void Session::Impl::add_input(Input input) {
  forget_future();
  apply(input);
  input.choice = machine.engine().choice_number();
  inputs.push_back(std::move(input));
  next_input = inputs.size();
}

Stop Session::Impl::on_end() {
  if (!ended_judged) {
    ended_judged = true;
    machine.judge_end();
  }
  over = true;
  return Stop::kEnd;
}

// Idle for good: the end of the program's own work, or a hang.
Stop Session::Impl::on_stuck() {
  const bool hang = machine.judge_stuck();
  if (hang || machine.record().progress.shutdown_asked) {
    over = true;
    return Stop::kEnd;
  }
  machine.ask_for_shutdown();
  return Stop::kLimit;  // go on
}

Stop Session::Impl::at_limit() {
  machine.judge_step_limit(config.steps_max);
  over = true;
  return Stop::kEnd;
}

// When the run's time is over the power button is pressed; if that is while the
// kernel boots, in the first microsecond in which there is somebody to hear it.
uint64_t Session::Impl::shutdown_at() const {
  constexpr uint64_t kAgainNs = 1000;
  if (machine.record().progress.shutdown_asked) return UINT64_MAX;
  const uint64_t end = time_max(config), now = machine.engine().time();
  if (now < end) return end;
  const uint64_t next = end + (now - end + kAgainNs - 1) / kAgainNs * kAgainNs;
  return next == now && !machine.hears_power_button() ? next + kAgainNs : next;
}

Stop Session::Impl::advance(uint64_t to_step, uint64_t to_time, bool at_finding) {
  machine.set_stop_at_finding(at_finding);
  while (!finished()) {
    apply_inputs();
    if (step() >= to_step) return Stop::kLimit;
    const uint64_t checkpoint_at = next_checkpoint();
    const uint64_t stop_choice =
        next_input < inputs.size() ? inputs[next_input].choice : cpu::Engine::kNoLimit;
    const uint64_t deadline = shutdown_at();
    const auto reason = machine.executor().run(std::min({to_step, checkpoint_at, config.steps_max}),
                                               stop_choice, std::min(to_time, deadline));
    Stop stop = Stop::kLimit;
    switch (reason) {
      case cpu::StopReason::kLimit:
        if (step() >= config.steps_max) return at_limit();
        if (step() >= to_step) return Stop::kLimit;
        if (step() >= checkpoint_at) keep_checkpoint();
        break;
      case cpu::StopReason::kTime:
        if (deadline > to_time) return Stop::kLimit;
        if (machine.hears_power_button()) machine.ask_for_shutdown();
        break;
      case cpu::StopReason::kRequested:
        return Stop::kFinding;
      case cpu::StopReason::kBreakpoint:
        return Stop::kBreakpoint;
      case cpu::StopReason::kStuck:
        stop = on_stuck();
        break;
      default:
        stop = on_end();
        break;
    }
    if (stop == Stop::kEnd) return stop;
  }
  return on_end();
}

void Session::Impl::rewind(uint64_t to_step) {
  auto it = std::upper_bound(chain.begin(), chain.end(), to_step,
                             [](uint64_t s, const auto& c) { return s < c->step; });
  const auto& checkpoint = *(it - 1);
  checkpoints.restore(checkpoint);
  over = ended_judged = false;
  next_input = static_cast<size_t>(
      std::find_if(inputs.begin(), inputs.end(),
                   [&](const Input& input) { return input.choice >= checkpoint->choice; }) -
      inputs.begin());
}

void Session::Impl::seek(uint64_t to_step) {
  machine.engine().set_breakpoints({});
  if (to_step < step() || (to_step == step() && finished())) rewind(to_step);
  machine.engine().set_breakpoints({});
  advance(to_step, UINT64_MAX, false);
  machine.engine().set_breakpoints(breakpoints);
}

void Session::Impl::forget_future() {
  const uint64_t now = machine.engine().choice_number();
  while (chain.size() > 1 && chain.back()->choice > now) chain.pop_back();
  inputs.resize(next_input);
  auto deviations = machine.engine().deviations();
  std::erase_if(deviations, [&](const cpu::Deviation& d) { return d.choice >= now; });
  machine.engine().set_deviations(std::move(deviations));
  furthest = {step(), machine.engine().time()};
  ++generation;
}

Session::Session(const Program& program, const Config& config)
    : impl_(std::make_unique<Impl>(program, config)) {}
Session::~Session() = default;

const Program& Session::program() const { return impl_->program; }
const Config& Session::config() const { return impl_->config; }

namespace {

void note_furthest(Position& furthest, const Position& now) {
  if (now.step >= furthest.step) furthest = now;
}

}  // namespace

Stop Session::run(const Limit& limit) {
  const Stop stop = impl_->advance(limit.step, limit.time_ns, limit.at_finding);
  note_furthest(impl_->furthest, position());
  return stop;
}

Stop Session::step(Unit unit, std::optional<unsigned> cpu) {
  require_repeats(config(), "going by single steps");
  const Stop stop = impl_->move(unit, cpu);
  note_furthest(impl_->furthest, position());
  return stop;
}

void Session::seek(uint64_t step) {
  require_repeats(config(), "going to another step");
  impl_->seek(step);
  note_furthest(impl_->furthest, position());
}

Position Session::position() const { return {impl_->step(), impl_->machine.engine().time()}; }
Position Session::furthest() const { return impl_->furthest; }
uint64_t Session::generation() const { return impl_->generation; }
bool Session::finished() const { return impl_->finished(); }

// A step is known by the return address of its hook: anywhere in its line.
void Session::set_breakpoints(const std::vector<uint32_t>& pcs) {
  require_repeats(config(), "stopping at a line");
  std::vector<uint32_t>& all = impl_->breakpoints;
  all.clear();
  for (const uint32_t begin : pcs) {
    const Location line = symbols().at(begin + 1);
    const uint32_t end = line.function_start + line.function_size;
    for (uint32_t pc = begin + 1; pc <= end; ++pc) {
      const Location& at = symbols().at(pc);
      if (at.line == line.line && at.file == line.file) all.push_back(pc);
    }
  }
  impl_->machine.engine().set_breakpoints(all);
}

bool Session::at_breakpoint(unsigned cpu) const {
  const cpu::Cpu& c = impl_->machine.engine().cpus[cpu];
  const auto& all = impl_->breakpoints;
  return c.online && std::find(all.begin(), all.end(), c.next.pc) != all.end();
}

}  // namespace run
