// SPDX-License-Identifier: MIT
// The locks' tracks of an export: who holds each, who reads, who waits, and the
// arrows of their hand-over.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "sim/run/holders.h"
#include "sim/run/json_trace.h"
#include "sim/run/perfetto_tasks.h"
#include "sim/run/run_view.h"

namespace run {

class PerfettoLocks {
 public:
  PerfettoLocks(const RunView& view, StepDetails& details, JsonTrace& json, unsigned group);

  // Lock events and task switches. cpu: the track of the event's CPU.
  void on_event(const sim::Event& event, Track cpu);
  const std::string& name(uint32_t lock);

 private:
  struct Lock {
    std::string name;
    unsigned track = 0;
    bool named = false;      // its track has its name
    uint64_t hand_over = 0;  // flow from its last release; 0: none
    uint64_t last_ns = 0;
  };
  Lock& lock(uint32_t address);
  void begin_hold(const sim::Event& event, Lock& lock, const Holders::Hold& hold);
  void end_hold(Lock& lock, const Holders::Hold& hold);
  void acquired(const sim::Event& event, Track cpu, Lock& lock, const Holders::Hold& hold);
  void released(const sim::Event& event, Track cpu, Lock& lock, const Holders::Hold& hold);
  std::string waits(const Holders::Hold& hold);
  uint64_t span(const Holders::Hold& hold) const;

  const RunView& view_;
  StepDetails& details_;
  JsonTrace& json_;
  unsigned group_;
  Holders holders_;
  std::map<uint32_t, Lock> locks_;
  uint64_t flows_ = 0;
};

}  // namespace run
