// SPDX-License-Identifier: MIT
// Who runs where, who holds which lock and who waits for it, at each event of a
// trace: read from the events alone. Readers of the trace feed it in order.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "sim/core/event.h"

namespace run {

class Holders {
 public:
  explicit Holders(unsigned cpus) : running_(cpus) {}

  void on_event(const sim::Event& event);

  // Somebody with a lock: a task, on the CPU where it took or wanted it.
  struct Hold {
    uint32_t lock = 0, task = 0;
    uint8_t cpu = 0, read = 0;
    sim::Level level = sim::Level::kTask;
    bool trylock = false, contended = false, held = false;
    uint64_t since_step = 0;
  };
  uint32_t running(unsigned cpu) const { return running_[cpu]; }  // 0: not known
  std::vector<uint32_t> locks() const;  // in which there is interest, by address
  // Everybody's interest in a lock, in the order in which they came.
  const std::vector<Hold>& of(uint32_t lock) const;
  const Hold* holder(uint32_t lock) const;  // one that holds it; nullptr: none
  // The interest of whoever runs on the event's CPU, at the event's level.
  const Hold* own(const sim::Event& event) const;
  // What the task that runs there waits for; nullptr: nothing.
  const Hold* waiting(unsigned cpu) const;

 private:
  Hold* find(const sim::Event& event);
  bool waits(const Hold& hold) const;

  std::vector<uint32_t> running_;
  std::unordered_map<uint32_t, std::vector<Hold>> locks_;
  std::vector<Hold> none_;
};

}  // namespace run
