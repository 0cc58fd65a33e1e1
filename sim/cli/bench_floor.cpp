// SPDX-License-Identifier: MIT
#include "sim/cli/bench_floor.h"

#include <fmt/format.h>
#include <guest_build.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "cpu/hw.h"
#include "sim/cli/bench.h"
#include "sim/cli/cpu_time.h"
#include "sim/core/error.h"
#include "sim/core/event.h"
#include "sim/core/switch.h"
#include "sim/run/image.h"

namespace cli {

namespace {

constexpr unsigned kCpus = 4;
constexpr uint64_t kRounds = 400'000;  // of each CPU: some 10 million steps
constexpr size_t kStack = 65536, kRing = size_t{1} << 18;

struct alignas(64) Cpu {
  void* sp = nullptr;
  uint64_t now = 0;
  uint32_t address = 0, pc = 0;
  uint8_t id = 0;
  bool done = false;
  void (*entry)(void*) = nullptr;
};

// Plain globals: the hooks are called by guest code, with no object at hand.
std::array<Cpu, kCpus> cpus;
Cpu host;
Cpu* current = nullptr;
sim::Event* ring = nullptr;
uint64_t steps = 0;

HOST_LEAF inline Cpu* furthest_behind() {
  Cpu* best = nullptr;
  for (Cpu& cpu : cpus) {
    if (!cpu.done && (best == nullptr || cpu.now < best->now)) best = &cpu;
  }
  return best;
}

__attribute__((always_inline)) HOST_LEAF inline void step(const volatile void* p, unsigned kind,
                                                          const void* pc, unsigned cost) {
  const auto address = reinterpret_cast<uintptr_t>(p);
  if (__builtin_expect(address - HW_WINDOW_START >= HW_WINDOW_END - HW_WINDOW_START, 0)) {
    __builtin_trap();
  }
  Cpu* from = current;
  from->address = static_cast<uint32_t>(address);
  from->pc = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(pc));
  from->now += cost;
  Cpu* to = furthest_behind();
  if (to != from) {
    current = to;
    sim::switch_fiber(&from->sp, to->sp);
  }
  const Cpu* cpu = current;
  sim::Event& event = ring[steps & (kRing - 1)];
  event.time = cpu->now & 0xffffffffffffu;
  event.kind = kind & 0xffu;
  event.cpu = cpu->id;
  event.step = steps++ & 0xffffffffffffu;
  event.context = 0;
  event.info = 0;
  event.object = static_cast<uint32_t>(address);
  event.pc = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(pc));
  event.arg = 0;
}

HOST_LEAF void plain_access(const volatile void* p, uint32_t what, const void* pc) {
  step(p, what & HW_ACCESS_WRITE ? 2 : 1, pc, 2);
}

HOST_LEAF uint64_t load(const volatile void* p, unsigned, hw_order) {
  step(p, 3, __builtin_return_address(0), 3);
  return *static_cast<const volatile uint32_t*>(p);
}

HOST_LEAF void store(volatile void* p, unsigned, uint64_t value, hw_order) {
  step(p, 4, __builtin_return_address(0), 3);
  *static_cast<volatile uint32_t*>(p) = static_cast<uint32_t>(value);
}

HOST_LEAF uint64_t add(enum hw_rmw, volatile void* p, unsigned, uint64_t operand, hw_order) {
  step(p, 5, __builtin_return_address(0), 20);
  const uint32_t before = *static_cast<volatile uint32_t*>(p);
  *static_cast<volatile uint32_t*>(p) = before + static_cast<uint32_t>(operand);
  return before;
}

HOST_LEAF void nothing() {}

__attribute__((force_align_arg_pointer)) HOST_LEAF void run_cpu() {
  Cpu* cpu = current;
  cpu->entry(reinterpret_cast<void*>(kRounds));
  cpu->done = true;
  Cpu* next = furthest_behind();
  current = next == nullptr ? &host : next;
  sim::leave_to_fiber(current->sp);
}

uintptr_t resolve(std::string_view name) {
  if (name == "hw_access") return reinterpret_cast<uintptr_t>(&plain_access);
  if (name == "hw_load") return reinterpret_cast<uintptr_t>(&load);
  if (name == "hw_store") return reinterpret_cast<uintptr_t>(&store);
  if (name == "hw_rmw") return reinterpret_cast<uintptr_t>(&add);
  return reinterpret_cast<uintptr_t>(&nothing);
}

double run_once(const run::Image& image) {
  std::vector<std::unique_ptr<std::byte[]>> stacks;
  for (unsigned n = 0; n < kCpus; ++n) {
    stacks.push_back(std::make_unique<std::byte[]>(kStack));
    cpus[n] = Cpu{};
    cpus[n].id = static_cast<uint8_t>(n);
    cpus[n].now = n;
    cpus[n].entry = reinterpret_cast<void (*)(void*)>(image.symbol(fmt::format("floor_cpu{}", n)));
    cpus[n].sp = sim::new_fiber(reinterpret_cast<uintptr_t>(stacks[n].get()) + kStack, run_cpu);
  }
  steps = 0;
  current = &cpus[0];
  const double begin = cpu_seconds();
  sim::switch_fiber(&host.sp, cpus[0].sp);
  return (cpu_seconds() - begin) * 1e9 / static_cast<double>(steps);
}

}  // namespace

double measure_floor_ns() {
  const auto events = std::make_unique<sim::Event[]>(kRing);
  ring = events.get();
  const run::Image image = run::Image::load(std::string(BUILD_OUTPUT) + "/guest/floor.so",
                                            {resolve, [](std::string_view) { return 0; }});
  double best = run_once(image);
  for (unsigned i = 1; i < kRuns; ++i) best = std::min(best, run_once(image));
  const auto counter = reinterpret_cast<uint64_t (*)()>(image.symbol("floor_counter"));
  SIM_ASSERT(counter() == kRuns * kCpus * kRounds);
  return best;
}

}  // namespace cli
