// SPDX-License-Identifier: MIT
#include "gui/app/bench.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cpu/events.h"
#include "gui/app/stage.h"
#include "gui/model/cpu_time.h"

namespace gui {
namespace {

constexpr unsigned kCpus = 8;

// A stream of plausible events, the same every time.
class Stream {
 public:
  explicit Stream(Timeline& t) : t_(t), builder_(kCpus) {
    for (unsigned cpu = 0; cpu < kCpus; ++cpu) emit(cpu, EV_TASK_SWITCH, 0x20000000 + cpu * 4096);
  }

  void turn() {
    const unsigned cpu = next() % kCpus;
    switch (next() % 6) {
      case 0:
        pair(cpu, EV_HARDIRQ_ENTER, EV_HARDIRQ_EXIT, 0, next() % 24);
        break;
      case 1:
        pair(cpu, EV_SOFTIRQ_ENTER, EV_SOFTIRQ_EXIT, 0, next() % 10);
        break;
      case 2:
        hold(cpu);
        break;
      case 3:
        emit(cpu, EV_TASK_SWITCH, 0x20000000 + (next() % 64) * 4096);
        break;
      default:
        pair(cpu, EV_FUNC_ENTER, EV_FUNC_EXIT, 0, 0, 0x11001000 + (next() % 40) * 64);
    }
  }

 private:
  uint32_t next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(state_ >> 33);
  }
  void emit(unsigned cpu, unsigned kind, uint32_t object = 0, uint64_t arg = 0, uint32_t pc = 0) {
    sim::Event e{};
    constexpr uint64_t kMask = (uint64_t{1} << 48) - 1;
    time_ += next() % 60;
    e.time = time_ & kMask;
    e.step = ++step_ & kMask;
    e.kind = kind & 255u;
    e.cpu = cpu & 255u;
    e.object = object;
    e.arg = arg;
    e.pc = pc;
    builder_.add(t_, e);
  }
  void pair(unsigned cpu, unsigned enter, unsigned leave, uint32_t object, uint64_t arg,
            uint32_t pc = 0) {
    emit(cpu, enter, object, arg, pc);
    emit(cpu, leave, object, arg, pc);
  }
  void hold(unsigned cpu) {
    const uint32_t lock = 0x11000000 + (next() % 12) * 64;
    if (next() % 4 == 0) emit(cpu, EV_LOCK_CONTENDED, lock);
    emit(cpu, EV_LOCK_ACQUIRED, lock);
    emit(cpu, EV_LOCK_RELEASE, lock);
  }

  Timeline& t_;
  Builder builder_;
  uint64_t state_ = 1, time_ = 0, step_ = 0;
};

}  // namespace

FrameTimes bench_frames(uint64_t events, int frames) {
  Options options;
  options.theme = "dark";
  options.scale = 1;
  Stage stage(options);
  Desk& desk = stage.desk;
  desk.feed = std::make_unique<Feed>(kCpus);
  desk.state.open = true;
  desk.span.fit = false;
  Timeline& t = desk.feed->timeline();
  FrameTimes out;
  const double start = cpu_ms();
  for (Stream stream(t); t.events < events;) stream.turn();
  out.events = t.events;
  out.index_ns_per_event = (cpu_ms() - start) * 1e6 / static_cast<double>(t.events);
  out.index_bytes_per_event = static_cast<double>(t.bytes()) / static_cast<double>(t.events);

  constexpr int kWidth = 1920, kHeight = 1080;
  std::vector<uint32_t> pixels(static_cast<size_t>(kWidth) * kHeight);
  std::vector<double> times;
  desk.refresh(0.01f);
  const double end = desk.end();
  for (int i = 0; i < frames; ++i) {
    const double share = static_cast<double>(i) / frames;
    const double span = end * std::pow(1e-6, share);
    const double from = (end - span) * (0.5 + 0.4 * std::sin(share * 40));
    desk.span.view = {from, from + span};
    desk.cursor = static_cast<uint64_t>(from + span / 2);
    const double before = cpu_ms();
    stage.frame({pixels.data(), kWidth, kHeight, kWidth, true}, 1 / 60.f);
    if (i > 2) times.push_back(cpu_ms() - before);
  }
  std::sort(times.begin(), times.end());
  out.median_ms = times[times.size() / 2];
  out.p99_ms = times[times.size() * 99 / 100];
  out.longest_ms = times.back();
  return out;
}

}  // namespace gui
