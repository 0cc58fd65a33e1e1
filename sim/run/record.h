// SPDX-License-Identifier: MIT
// The record of a run besides its trace: tasks, kernel log, findings, and how
// far boot and shutdown have come. Filled by the machine from events; cut back
// by a restore, and filled again by re-execution.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/check/finding.h"
#include "sim/run/session.h"

namespace run {

// What the guest said about its own life.
struct Progress {
  bool init_done = false, exit_done = false;
  bool shutdown_asked = false;
  int64_t init_result = 0;
};

struct TaskEntry {
  Task task;
  uint64_t born = 0;           // step
  uint64_t blocked_state = 0;  // of its last EV_TASK_BLOCK or switch; 0: runs or is ready
  bool exited = false;
  bool ready = false;  // runs, or waits for its CPU
  unsigned cpu = 0;    // where it was woken, or moved to
};

struct Record {
  std::vector<TaskEntry> tasks;  // in order of creation
  std::vector<LogLine> log;
  std::vector<check::Finding> findings;
  Progress progress;

  // The youngest task at that address, or nullptr.
  const TaskEntry* task_at(uint32_t address) const {
    for (auto it = tasks.rbegin(); it != tasks.rend(); ++it) {
      if (it->task.address == address) return &*it;
    }
    return nullptr;
  }
};

}  // namespace run
