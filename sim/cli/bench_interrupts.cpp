// SPDX-License-Identifier: MIT
// What an interrupt costs the machine: raised, delivered, taken, ended and
// returned from, on a guest whose handler does nothing else.
#include <guest_build.h>

#include <algorithm>
#include <optional>
#include <string>

#include "cpu/engine.h"
#include "irq/controller.h"
#include "sim/cli/bench.h"
#include "sim/cli/cpu_time.h"
#include "sim/core/error.h"
#include "sim/run/image.h"

namespace cli {

namespace {

constexpr uint64_t kWarmUp = 2'000'000, kSteps = 4'000'000;
constexpr double kRate = 2'900'000;  // nearly back to back

run::Image load_image() {
  const auto symbol = [](std::string_view name) {
    return reinterpret_cast<uintptr_t>(cpu::abi_symbol(std::string(name).c_str()));
  };
  const auto tls = [](std::string_view name) -> std::optional<intptr_t> {
    return cpu::abi_tls_offset(std::string(name).c_str());
  };
  return run::Image::load(std::string(BUILD_OUTPUT) + "/guest/interrupted.so", {symbol, tls},
                          run::Window::kReserved);
}

// One CPU, one device, no kernel.
struct Bare {
  explicit Bare(double rate)
      : trace(1),
        engine(1, 1, trace, window),
        arena(size_t{1} << 24),
        interrupts(arena, engine, 1, 1),
        image(load_image()) {
    engine.attach(interrupts);
    for (const run::Image::Segment& segment : image.segments()) {
      window.add_image(segment.address, segment.size, segment.writable);
    }
    interrupts.add("dev", rate, "periodic", 0);
    engine.cpus[0].current = reinterpret_cast<task_struct*>(image.symbol("init_task"));
    engine.boot(reinterpret_cast<void (*)(void*)>(image.symbol("start_kernel")), nullptr);
  }
  uint64_t delivered() const { return interrupts.list()[0].delivered; }

  cpu::Window window;
  sim::Trace trace;
  cpu::Engine engine;
  sim::Arena arena;
  irq::Controller interrupts;
  run::Image image;
};

struct Stretch {
  double seconds = 0;
  uint64_t interrupts = 0;
};

Stretch best_with(double rate) {
  Bare bare(rate);
  bare.engine.run(kWarmUp);
  Stretch best;
  for (unsigned i = 0; i < kRuns; ++i) {
    const uint64_t before = bare.delivered();
    const double begin = cpu_seconds();
    bare.engine.run(bare.engine.s.step + kSteps);
    const Stretch now{cpu_seconds() - begin, bare.delivered() - before};
    if (i == 0 || now.seconds < best.seconds) best = now;
  }
  SIM_ASSERT((rate > 0) == (best.interrupts > 0));
  return best;
}

}  // namespace

void measure_interrupts(std::vector<Measure>& to) {
  const Stretch without = best_with(0), with = best_with(kRate);
  const double step = without.seconds * 1e9 / static_cast<double>(kSteps);
  const double extra =
      (with.seconds - without.seconds) * 1e9 / static_cast<double>(with.interrupts);
  to.push_back({"interrupt", extra, "ns", step, extra / step});
}

}  // namespace cli
