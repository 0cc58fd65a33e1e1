// SPDX-License-Identifier: MIT
// The engine with the smallest guest on it, for tests and measurements.
#pragma once

#include <optional>
#include <string_view>

#include "cpu/engine.h"
#include "irq/controller.h"
#include "sim/core/arbiters.h"
#include "sim/run/image.h"

namespace engine_test {

class Mini {
 public:
  Mini(unsigned cpus, uint32_t what, uint32_t rounds = 100, uint64_t seed = 1)
      : trace(cpus),
        engine(cpus, seed, trace, window),
        arena(size_t{1} << 24),
        interrupts(arena, engine, cpus, seed),
        image(load()) {
    engine.attach(interrupts);
    window.map(kBoot, 0x1000);
    for (const auto& segment : image.segments()) {
      window.add_image(segment.address, segment.size, segment.writable);
    }
    auto* boot = reinterpret_cast<hw_boot_info*>(kBoot);
    boot->cpus = cpus;
    at<uint32_t>("what") = what;
    at<uint32_t>("rounds") = rounds;
    engine.cpus[0].current = reinterpret_cast<task_struct*>(image.symbol("init_task"));
    engine.boot(reinterpret_cast<void (*)(void*)>(image.symbol("start_kernel")), boot);
  }

  template <typename T>
  T& at(std::string_view name) {
    return *reinterpret_cast<T*>(image.symbol(name));
  }

  static constexpr uintptr_t kBoot = HW_PERCPU_BASE - 0x1000;
  cpu::Window window;
  sim::Trace trace;
  cpu::Engine engine;
  sim::Arena arena;
  irq::Controller interrupts;
  run::Image image;

 private:
  static run::Image load() {
    const auto symbol = [](std::string_view name) {
      return reinterpret_cast<uintptr_t>(cpu::abi_symbol(std::string(name).c_str()));
    };
    const auto tls = [](std::string_view name) -> std::optional<intptr_t> {
      return cpu::abi_tls_offset(std::string(name).c_str());
    };
    return run::Image::load(TEST_BINARY_DIR "/guest/mini.so", {symbol, tls},
                            run::Window::kReserved);
  }
};

}  // namespace engine_test
