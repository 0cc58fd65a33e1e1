// SPDX-License-Identifier: MIT
// The window's figures: frames over long traces and while the machine runs.
// "floor" is what must not be exceeded.
#include <fmt/format.h>

#include "sim/cli/bench.h"
#include "sim/core/error.h"
#include "sim/run/program.h"

#ifdef LOCKSTEP_GUI
#include "gui/app/bench.h"
#endif

namespace cli {

#ifdef LOCKSTEP_GUI

namespace {

Measure within(std::string name, double value, std::string unit, double most) {
  return {std::move(name), value, std::move(unit), most, value / most};
}

void measure_trace(std::vector<Measure>& to, uint64_t millions) {
  const gui::FrameTimes t = gui::bench_frames(millions * 1'000'000);
  const auto name = [&](const char* what) { return fmt::format("gui_{}m_{}", millions, what); };
  to.push_back(within(name("frame_median"), t.median_ms, "ms", 8));
  to.push_back(within(name("frame_p99"), t.p99_ms, "ms", 16));
  to.push_back({name("index"), t.index_ns_per_event, "ns", {}, {}});
  to.push_back(within(name("index_bytes"), t.index_bytes_per_event, "B", 20));
}

void measure_running(std::vector<Measure>& to) {
  run::Config config;
  config.cpus = 4;
  config.checks = "none";
  config.steps_max = UINT64_MAX;
  config.time_max_ns = uint64_t{200'000} * 1'000'000'000;  // longer than any run lasts
  config.spinlock = "ticket";
  config.params = {{"shared", "1"}};
  const run::Program program = run::build_program({run::home() / "sim/cli/bench/contend.c"});
  const gui::RunningTimes t = gui::bench_running(program, config);
  to.push_back(within("gui_running_frame_median", t.median_ms, "ms", 8));
  to.push_back(within("gui_running_frame_p99", t.p99_ms, "ms", 16));
  to.push_back(within("gui_running_slowdown", t.slowdown, "x", 1.25));
  to.push_back(within("gui_first_picture", t.first_picture_ms, "ms", 1000));
  to.push_back(within("gui_idle_cpu_per_second", t.idle_ms, "ms", 1));
}

}  // namespace

void measure_gui(std::vector<Measure>& to) {
  measure_running(to);
  measure_trace(to, 10);
  measure_trace(to, 50);
}

#else

void measure_gui(std::vector<Measure>&) {
  throw sim::UserError("--gui: this build has no window; install libimgui-dev and libsdl2-dev");
}

#endif

}  // namespace cli
