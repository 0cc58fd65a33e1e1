// SPDX-License-Identifier: MIT
// From trace events to tracks.
//
// Builder takes events in order of steps. What it must remember between events
// (open frames, holders, waiters) is plain copyable state, so that the index
// can go back to an earlier moment by putting an old copy back and cutting the
// tracks (gui/model/feed.h).
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "gui/model/timeline.h"
#include "sim/core/event.h"

namespace gui {

// What runs on each CPU: task, functions, interrupt frames, waiting.
class Frames {
 public:
  explicit Frames(unsigned cpus = 0) : cpus_(cpus) {}
  void add(Timeline& t, const sim::Event& e);
  uint32_t task(unsigned cpu) const { return cpus_[cpu].task; }
  size_t depth(unsigned cpu) const { return cpus_[cpu].stack.size(); }

 private:
  struct Frame {
    Kind kind;
    uint8_t opened_by;  // enum ev_kind
    uint32_t ref;
  };
  struct Cpu {
    uint32_t task = 0;  // struct task_struct
    std::vector<Frame> stack;
  };
  void push(Timeline& t, const sim::Event& e, Kind kind, uint32_t ref);
  void pop_to(Timeline& t, const sim::Event& e, size_t size);
  // Closes the innermost frame that `opened_by` opened, and all above it;
  // does not look past an interrupt frame unless that is what it looks for.
  void close(Timeline& t, const sim::Event& e, unsigned opened_by);
  void close_wait(Timeline& t, const sim::Event& e);
  bool waiting(const Cpu& cpu) const;
  void switch_task(Timeline& t, const sim::Event& e);
  bool interrupts(Timeline& t, const sim::Event& e);

  std::vector<Cpu> cpus_;
  std::unordered_map<uint32_t, std::vector<Frame>> off_cpu_;  // by task
};

// Holders and waiters of each lock.
class LockLanes {
 public:
  void add(Timeline& t, const sim::Event& e, uint32_t task, size_t depth);

 private:
  struct Actor {
    uint32_t task;
    uint8_t cpu, level;
    uint32_t slot;
    uint64_t since;
    bool tried = false;  // by a trylock: what tells that it was acquired may follow
  };
  struct Lock {
    std::vector<Actor> holders, waiters;
    std::vector<Actor> wanted;  // announced, not tried yet
    uint64_t released = 0;
    uint8_t released_by = 0, released_depth = 0;
  };
  struct Recent {
    uint32_t address = 0, index = 0;
  };
  uint32_t index_of(Timeline& t, uint32_t address);
  uint32_t look_up(Timeline& t, uint32_t address);
  static uint32_t free_slot(const std::vector<Actor>& actors);
  static size_t find(const std::vector<Actor>& actors, const sim::Event& e, uint32_t task);
  void want(Timeline& t, const sim::Event& e, uint32_t task);
  void wait(Timeline& t, uint32_t lock, Actor actor, uint64_t time);
  void contended(Timeline& t, const sim::Event& e, uint32_t task);
  void acquired(Timeline& t, const sim::Event& e, uint32_t task, size_t depth);
  bool told_before(Timeline& t, const sim::Event& e, uint32_t task);
  void released(Timeline& t, const sim::Event& e, uint32_t task, size_t depth);
  void stop_waiting(Timeline& t, const sim::Event& e, uint32_t task, size_t depth, bool got_it);

  std::vector<Lock> locks_;             // parallel to Timeline::locks
  std::array<Recent, 64> recent_ = {};  // answers before the table is asked
};

// Strips below a CPU, RCU, arrows and counts.
class SideLanes {
 public:
  explicit SideLanes(unsigned cpus = 0) : cpus_(cpus) {}
  void add(Timeline& t, const sim::Event& e, uint32_t task, size_t depth);

 private:
  struct Cause {
    uint64_t time;
    uint8_t cpu, depth;
  };
  struct Cpu {
    uint32_t task = 0;
    std::unordered_map<uint32_t, Cause> ipi;  // sent to it, by vector
    uint64_t softirq_began = 0;
  };
  void strip(Timeline& t, TrackNumber& track, const sim::Event& e, bool on, Kind kind);
  void rcu(Timeline& t, const sim::Event& e, uint32_t task);
  void arrows(Timeline& t, const sim::Event& e, size_t depth);
  void counts(Timeline& t, const sim::Event& e);

  std::vector<Cpu> cpus_;
  std::unordered_map<uint32_t, uint32_t> reading_;  // task -> depth of readers
  std::unordered_map<uint32_t, Cause> woken_;       // task -> by whom
};

struct Builder {
  explicit Builder(unsigned cpus = 0) : frames(cpus), sides(cpus) {}
  void add(Timeline& t, const sim::Event& e);

  Frames frames;
  LockLanes locks;
  SideLanes sides;
};

}  // namespace gui
