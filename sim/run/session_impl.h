// SPDX-License-Identifier: MIT
// What a session holds; shared by the session*.cpp files only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/run/checkpoint.h"
#include "sim/run/machine.h"
#include "sim/run/schedule.h"
#include "sim/run/session.h"

namespace run {

using Input = Schedule::Input;

struct Session::Impl {
  Impl(const Program& program, const Config& config);

  // Runs up to step or time; the one place where the machine moves.
  Stop advance(uint64_t step, uint64_t time_ns, bool at_finding);
  void rewind(uint64_t step);  // to the nearest checkpoint at or before it
  void seek(uint64_t step);
  void forget_future();  // before an input changes it
  void apply_inputs();
  void apply(const Input& input);
  void add_input(Input input);  // now: it is made, and remembered
  bool finished() const { return over || machine.engine().s.ended != cpu::StopReason::kNone; }
  uint64_t step() const { return machine.engine().s.step; }

  // session_move.cpp
  Stop move(Unit unit, std::optional<unsigned> cpu);
  Stop one_step(std::optional<unsigned> cpu);
  template <typename Reached>
  Stop step_until(std::optional<unsigned> cpu, Reached reached);

  std::vector<uint32_t> stack_of(unsigned cpu) const;
  std::optional<Location> user_location(unsigned cpu) const;
  uint32_t user_frames(unsigned cpu) const;

  Program program;
  Config config;
  Machine machine;
  Checkpoints checkpoints;
  std::vector<std::shared_ptr<const Checkpoint>> chain;  // by step; [0] is power-on
  uint64_t interval;                                     // steps between checkpoints
  Position furthest;
  uint64_t generation = 0;
  std::vector<Input> inputs;  // by choice
  size_t next_input = 0;
  std::vector<uint32_t> breakpoints;
  bool over = false;  // stuck or at the step limit: nothing more can happen
  bool ended_judged = false;
  std::vector<Task> tasks;  // copy handed out by Session::tasks()

 private:
  uint64_t next_checkpoint() const;
  void keep_checkpoint();
  uint64_t shutdown_at() const;  // virtual time; UINT64_MAX: it was asked for
  Stop on_stuck();
  Stop on_end();
  Stop at_limit();
};

}  // namespace run
