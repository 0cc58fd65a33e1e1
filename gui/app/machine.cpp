// SPDX-License-Identifier: MIT
#include "gui/app/machine.h"

#include <pthread.h>
#include <time.h>

#include <algorithm>
#include <chrono>

#include "sim/core/error.h"

namespace gui {
namespace {

using namespace std::chrono_literals;
constexpr double kSliceSeconds = 0.002;
// At full speed every line is counted for so many steps, then in one slice of
// so many: to look at every step costs a seventh of the machine's speed.
constexpr uint64_t kCountedSteps = 2'000'000, kSlicesPerLook = 16;

}  // namespace

Machine::Machine() : thread_([this] { loop(); }) {}

Machine::~Machine() {
  {
    const std::lock_guard hold(state_mutex_);
    quit_ = true;
    playing_ = false;
  }
  wake_.notify_all();
  thread_.join();
}

void Machine::post(std::function<void()> job) {
  {
    const std::lock_guard hold(state_mutex_);
    jobs_.push_back(std::move(job));
  }
  wake_.notify_all();
}

void Machine::open(std::string name, std::function<Recipe()> cook) {
  {
    const std::lock_guard hold(state_mutex_);
    playing_ = false;
    seek_.reset();
  }
  post([this, name = std::move(name), cook = std::move(cook)] { do_open(name, cook); });
}

void Machine::play(double speed) {
  post([this, speed] {
    const std::lock_guard hold(state_mutex_);
    playing_ = session_ != nullptr;
    speed_ = speed;
    restart_clock();
  });
}

void Machine::set_speed(double speed) {
  post([this, speed] {
    const std::lock_guard hold(state_mutex_);
    speed_ = speed;
    restart_clock();
  });
}

void Machine::pause() {
  {
    const std::lock_guard hold(state_mutex_);
    playing_ = false;
  }
  ++version_;
}

void Machine::step(run::Unit unit, std::optional<unsigned> cpu, int count) {
  pause();
  post([this, unit, cpu, count] { do_steps(unit, cpu, count); });
}

void Machine::seek(uint64_t step) {
  {
    const std::lock_guard hold(state_mutex_);
    playing_ = false;
    seek_ = step;
  }
  wake_.notify_all();
}

void Machine::run_to_end() { play(0); }

void Machine::with(std::function<void(run::Session&)> what) {
  post([this, what = std::move(what)] {
    guarded([&] {
      const uint64_t before = session_->generation(), step = session_->position().step;
      what(*session_);
      if (session_->generation() == before) return;
      rewritten_ = std::min(rewritten_, step);
      line_watch_.rewrite(step);
      std::erase_if(line_hits_, [&](const LineHit& hit) { return hit.step > step; });
    });
  });
}

// ------------------------------------------------------------- on the thread

void Machine::loop() {
  for (std::function<void()> job; take(job); job = nullptr) {
    if (job)
      job();
    else
      slice();
    ++version_;
  }
}

// The next job, or none when a slice is due; false: quit.
bool Machine::take(std::function<void()>& job) {
  std::unique_lock hold(state_mutex_);
  wake_.wait(hold, [&] { return quit_ || playing_ || seek_ || !jobs_.empty(); });
  if (quit_) return false;
  if (!jobs_.empty()) {
    job = std::move(jobs_.front());
    jobs_.pop_front();
  } else if (seek_) {
    const uint64_t step = *seek_;
    seek_.reset();
    job = [this, step] {
      guarded([&] { session_->seek(std::min(step, session_->furthest().step)); });
    };
  }
  return true;
}

std::unique_lock<std::timed_mutex> Machine::lock_for_run() {
  const auto begin = Clock::now();
  // A mutex alone is not fair: who looks goes first.
  for (int n = lookers_; n > 0; n = lookers_) lookers_.wait(n);
  std::unique_lock hold(session_mutex_);
  waited_ns_ += std::chrono::nanoseconds(Clock::now() - begin).count();
  return hold;
}

Machine::Spent Machine::spent() {
  clockid_t clock{};
  timespec t{};
  pthread_getcpuclockid(thread_.native_handle(), &clock);
  clock_gettime(clock, &t);
  return {static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6,
          static_cast<double>(waited_ns_) / 1e6};
}

// Runs with the session held; nothing at all when there is no session.
void Machine::guarded(const std::function<void()>& what) {
  const auto hold = lock_for_run();
  if (session_ == nullptr) return;
  try {
    what();
    line_watch_.look(*session_, line_hits_, places_);
  } catch (const sim::UserError& error) {
    const std::lock_guard state(state_mutex_);
    playing_ = false;  // it would fail again
    error_ = {error.what(), error.detail()};
  }
}

void Machine::restart_clock() {
  began_ = Clock::now();
  if (session_ == nullptr) return;
  began_ns_ = session_->position().time_ns;
  began_step_ = session_->position().step;
}

void Machine::stop_at_warnings(bool on) {
  const std::lock_guard hold(state_mutex_);
  stop_at_warnings_ = on;
}

// A line of several steps is one stop.
bool Machine::only_further_in_line() const {
  for (unsigned cpu = 0; cpu < session_->cpus(); ++cpu) {
    if (!session_->at_breakpoint(cpu)) continue;
    if (!line_watch_.still_there(*session_, cpu, session_->cpu(cpu).stack[0])) return false;
  }
  return true;
}

void Machine::stop_after(run::Stop stop, size_t findings_before) {
  if (stop == run::Stop::kLimit) return;
  const std::lock_guard hold(state_mutex_);
  if (stop == run::Stop::kBreakpoint && only_further_in_line()) return;
  if (stop == run::Stop::kFinding && !stop_at_warnings_) {
    const auto& all = session_->findings();
    const auto first = all.begin() + static_cast<ptrdiff_t>(std::min(findings_before, all.size()));
    if (first != all.end() && std::all_of(first, all.end(), is_warning)) return;
  }
  playing_ = false;
}

void Machine::slice() {
  double speed;
  {
    const std::lock_guard hold(state_mutex_);
    speed = speed_;
  }
  const auto start = Clock::now();
  const double passed = std::chrono::duration<double>(start - began_).count();
  run::Limit limit;
  bool due = true;
  guarded([&] {
    const run::Position at = session_->position();
    limit.step = at.step + slice_steps_;
    if (speed > 0) {
      limit.time_ns = began_ns_ + static_cast<uint64_t>(passed * speed);
      due = limit.time_ns > at.time_ns;
    } else if (speed < 0) {
      limit.step = began_step_ + static_cast<uint64_t>(passed * -speed);
      due = limit.step > at.step;
    }
    const size_t before = session_->findings().size();
    if (!due) return;
    const run::Stop stop = session_->run(limit);
    const bool counted = speed != 0 || at.step < began_step_ + kCountedSteps ||
                         ++slices_ % kSlicesPerLook == 0 || stop != run::Stop::kLimit;
    if (counted)
      line_watch_.look(*session_, line_hits_, places_);
    else
      line_watch_.skip(*session_);
    stop_after(stop, before);
  });
  if (!due) {
    std::this_thread::sleep_for(4ms);
    return;
  }
  const double took = std::chrono::duration<double>(Clock::now() - start).count();
  const double factor = std::clamp(kSliceSeconds / std::max(took, 1e-6), 0.5, 2.0);
  slice_steps_ = std::clamp<uint64_t>(
      static_cast<uint64_t>(static_cast<double>(slice_steps_) * factor), 100, LineWatch::kSliceMax);
}

void Machine::do_steps(run::Unit unit, std::optional<unsigned> cpu, int count) {
  guarded([&] {
    for (int i = 0; i < count; ++i)
      if (session_->step(unit, cpu) != run::Stop::kLimit) break;
    for (int i = 0; i < -count; ++i)
      if (!session_->back(unit, cpu)) break;
  });
}

void Machine::do_open(const std::string& name, const std::function<Recipe()>& cook) {
  {
    const std::lock_guard hold(state_mutex_);
    busy_ = "Compiling " + name;
    error_ = {};
    playing_ = false;
  }
  ++version_;
  Message error;
  try {
    Recipe recipe = cook();
    const auto hold = lock_for_run();
    session_.reset();  // one at a time: the guest window has fixed addresses
    session_ = std::make_unique<run::Session>(recipe.program, recipe.config);
    ++epoch_;
    line_watch_ = {};
    line_hits_.clear();
    places_.clear();
    rewritten_ = UINT64_MAX;
    const std::lock_guard told(state_mutex_);  // never a session without its name
    name_ = name;
  } catch (const sim::UserError& e) {
    error = {e.what(), e.detail()};
  }
  const std::lock_guard hold(state_mutex_);
  busy_.clear();
  if (session_ == nullptr) name_ = name;  // else what failed to compile left the old one standing
  error_ = error;
}

}  // namespace gui
