// SPDX-License-Identifier: MIT
// The CPUs' tracks of an export: slices of tasks and of what runs on them.
//
// Frames belong to tasks: when a task leaves its CPU its slices end there, and
// begin again where it goes on.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/run/json_trace.h"
#include "sim/run/run_view.h"

namespace run {

// "step" and "where" of events, as members of a JSON object.
class StepDetails {
 public:
  explicit StepDetails(const RunView& view) : view_(view) {}
  std::string of(const sim::Event& event);

 private:
  const RunView& view_;
  std::unordered_map<uint64_t, std::string> places_;  // by kind and pc
};

class PerfettoTasks {
 public:
  PerfettoTasks(const RunView& view, StepDetails& details, JsonTrace& json, unsigned group);

  void born(const sim::Event& task_new);
  void run(const sim::Event& task_switch);
  void wake(const sim::Event& task_wake);
  void exit(const sim::Event& task_exit);
  void enter(const sim::Event& event, const std::string& name);
  // Ends the youngest frame that an event of this kind (of this object) began,
  // and with it what is above. None: nothing happens.
  void leave(const sim::Event& event, unsigned begun_by, uint32_t object = 0);

  uint32_t running(const sim::Event& event) const { return running_[event.cpu]; }
  const std::string& name(uint32_t task);

 private:
  struct Frame {
    unsigned kind;
    uint32_t object;
    std::string name, details;
  };
  Track track(const sim::Event& event) const { return {group_, static_cast<unsigned>(event.cpu)}; }

  const RunView& view_;
  StepDetails& details_;
  JsonTrace& json_;
  unsigned group_;
  std::vector<uint32_t> running_;
  std::unordered_map<uint32_t, std::vector<Frame>> frames_;  // by task
  std::unordered_map<uint32_t, uint64_t> woken_;             // flow to where it runs
  std::unordered_map<uint32_t, std::string> names_;
  uint64_t flows_ = 0;
};

}  // namespace run
