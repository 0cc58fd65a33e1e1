// SPDX-License-Identifier: MIT
// Frames while the machine runs at full speed, and what a window costs it.
#include <time.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "gui/app/bench.h"
#include "gui/app/stage.h"

namespace gui {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
constexpr int kWidth = 1920, kHeight = 1080;
constexpr auto kRound = 700ms;
constexpr int kRounds = 4;

double cpu_ms() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

double middle(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
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
    stage_.frame({pixels_.data(), kWidth, kHeight, kWidth}, 1 / 60.f);
    return cpu_ms() - before;
  }
  void play() { stage_.desk.machine->play(0); }
  void pause() {
    stage_.desk.machine->pause();
    while (stage_.desk.state.playing) frame();
  }
  // Steps per second of the wall clock, with or without a window that looks.
  double speed(bool attached, std::vector<double>* frames) {
    const uint64_t before = step();
    const auto begin = Clock::now();
    play();
    for (auto next = begin; Clock::now() < begin + kRound; next += 16ms) {
      if (attached) frames->push_back(frame());
      std::this_thread::sleep_until(std::max(next + 16ms, Clock::now() + 1ms));
    }
    stage_.desk.machine->pause();
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return static_cast<double>(step() - before) / seconds;
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
  Watched watched(program, config);
  std::vector<double> slowdown, frames;
  for (int i = 0; i < kRounds; ++i) {
    const double alone = watched.speed(false, nullptr);
    // What has happened unseen is what a trace that is opened looks like.
    const auto before = Clock::now();
    watched.frame();
    if (i == 0)
      out.first_picture_ms =
          std::chrono::duration<double, std::milli>(Clock::now() - before).count();
    const double attached = watched.speed(true, &frames);
    slowdown.push_back(alone / std::max(attached, 1.0));
    out.steps_per_second = std::max(out.steps_per_second, alone);
  }
  out.slowdown = middle(slowdown);
  out.median_ms = middle(frames);
  std::sort(frames.begin(), frames.end());
  out.p99_ms = frames[frames.size() * 99 / 100];
  watched.pause();
  out.idle_ms = watched.idle_ms();
  out.events = watched.events();
  return out;
}

}  // namespace gui
