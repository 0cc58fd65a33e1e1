// SPDX-License-Identifier: MIT
// Frames while the machine runs at full speed, and what a window costs it.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "gui/app/bench.h"
#include "gui/app/stage.h"
#include "gui/model/cpu_time.h"

namespace gui {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
constexpr int kWidth = 1920, kHeight = 1080;
constexpr auto kRound = 700ms;
constexpr int kRounds = 4;

double at_share(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto at = static_cast<size_t>(share * static_cast<double>(values.size()));
  return values.empty() ? 0 : values[std::min(at, values.size() - 1)];
}

// ns of a step where nobody looks: a session on this thread, and nothing else.
double step_alone_ns(const run::Program& program, const run::Config& config) {
  constexpr uint64_t kSteps = 1'000'000;
  run::Session session(program, config);
  const double before = cpu_ms();
  const auto begin = Clock::now();
  while (Clock::now() < begin + kRound) session.run({.step = session.position().step + kSteps});
  return (cpu_ms() - before) * 1e6 / static_cast<double>(session.position().step);
}

class Watched {
 public:
  Watched(const run::Program& program, const run::Config& config) : stage_(options()) {
    stage_.desk.machine = std::make_unique<Machine>();
    stage_.desk.machine->open("bench", [=] { return Machine::Recipe{program, config}; });
    while (!stage_.desk.is_open()) frame();
  }

  // Draws once; CPU time of it.
  double frame() {
    const double before = cpu_ms();
    stage_.frame({pixels_.data(), kWidth, kHeight, kWidth, true}, 1 / 60.f);
    return cpu_ms() - before;
  }
  void play() { stage_.desk.machine->play(0); }
  void pause() {
    stage_.desk.machine->pause();
    while (stage_.desk.state.playing) frame();
  }
  // ns of a step with a window that looks sixty times a second.
  double step_ns(std::vector<double>* frames) {
    const Machine::Spent before = stage_.desk.machine->spent();
    const uint64_t first = step();
    const auto begin = Clock::now();
    play();
    for (auto next = begin; Clock::now() < begin + kRound; next += 16ms) {
      frames->push_back(frame());
      std::this_thread::sleep_until(std::max(next + 16ms, Clock::now() + 1ms));
    }
    stage_.desk.machine->pause();
    const uint64_t steps = step() - first;
    const Machine::Spent after = stage_.desk.machine->spent();
    const double ms = after.cpu_ms - before.cpu_ms + after.waited_ms - before.waited_ms;
    return ms * 1e6 / static_cast<double>(steps);
  }
  // Runs with nobody looking; how long the first picture of it takes.
  double first_picture_ms() {
    play();
    std::this_thread::sleep_for(kRound);
    const auto before = Clock::now();
    frame();
    const auto took = Clock::now() - before;
    pause();
    return std::chrono::duration<double, std::milli>(took).count();
  }
  uint64_t step() {
    uint64_t step = 0;
    std::atomic<bool> told = false;
    stage_.desk.machine->with([&](run::Session& s) {
      step = s.position().step;
      told = true;
    });
    while (!told) std::this_thread::sleep_for(100us);
    return step;
  }
  // CPU time of a second in which nothing happens, as the window's loop spends it.
  double idle_ms() {
    for (int i = 0; i < 400 && !stage_.desk.quiet(); ++i) frame();
    const double before = cpu_ms();
    for (int i = 0; i < 10; ++i) {
      std::this_thread::sleep_for(100ms);
      if (!stage_.desk.quiet()) frame();
    }
    return cpu_ms() - before;
  }
  uint64_t events() const { return stage_.desk.timeline().events; }

 private:
  static Options options() {
    Options o;
    o.theme = "dark";
    o.scale = 1;
    return o;
  }
  Stage stage_;
  std::vector<uint32_t> pixels_ = std::vector<uint32_t>(size_t{kWidth} * kHeight);
};

}  // namespace

RunningTimes bench_running(const run::Program& program, const run::Config& config) {
  RunningTimes out;
  std::vector<double> alone, watched, frames;
  for (int i = 0; i < kRounds; ++i) {
    alone.push_back(step_alone_ns(program, config));
    Watched window(program, config);
    out.first_picture_ms = std::max(out.first_picture_ms, window.first_picture_ms());
    watched.push_back(window.step_ns(&frames));
    window.pause();
    out.idle_ms = std::max(out.idle_ms, i == 0 ? window.idle_ms() : 0);
    out.events = std::max(out.events, window.events());
  }
  out.step_ns = at_share(alone, 0.5);
  out.slowdown = at_share(watched, 0.5) / out.step_ns;
  out.median_ms = at_share(frames, 0.5);
  out.p99_ms = at_share(frames, 0.99);
  return out;
}

}  // namespace gui
