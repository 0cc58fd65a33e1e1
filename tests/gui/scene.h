// SPDX-License-Identifier: MIT
// Synthetic traces: what a machine would have recorded, written by hand.
#pragma once

#include <cstdint>

#include "cpu/events.h"
#include "gui/model/feed.h"
#include "sim/core/trace.h"

namespace scene {

struct Writer {
  explicit Writer(unsigned cpus) : trace(cpus, 16) {}

  // The next step; time in ns.
  Writer& at(uint64_t ns) {
    time = ns;
    ++step;
    return *this;
  }
  Writer& event(unsigned cpu, unsigned kind, uint32_t object = 0, uint64_t arg = 0, uint32_t pc = 0,
                sim::Level level = sim::Level::kTask) {
    if (trace.lane(cpu).full()) trace.grow(cpu);
    sim::Event& e = trace.lane(cpu).append();
    e = {};
    e.time = time & ((uint64_t{1} << 48) - 1);
    e.kind = kind & 255u;
    e.cpu = cpu & 255u;
    e.step = step & ((uint64_t{1} << 48) - 1);
    e.context = static_cast<unsigned>(level) & 3u;
    e.object = object;
    e.pc = pc;
    e.arg = arg;
    return *this;
  }

  sim::Trace trace;
  uint64_t time = 0, step = 0;
};

inline void index(gui::Feed& feed, const sim::Trace& trace) {
  for (bool more = true; more;) {
    more = feed.collect(trace, 1000);
    while (feed.drain(1000)) {
    }
  }
}

}  // namespace scene
