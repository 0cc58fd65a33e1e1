// SPDX-License-Identifier: MIT
// One simulated CPU on a host thread of its own: what its thread needs besides
// the CPU itself (cpu/cpu.h).
//
// Three kinds of data: what the thread alone touches, at each hook, without a
// lock; `horizon`, through which others make it look up; and what is guarded by
// the executor's host lock.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <thread>
#include <vector>

#include "cpu/engine.h"

namespace cpu::threads {

class Executor;

// An event that somebody else wrote for this CPU's lane while it was running.
struct Mail {
  unsigned kind;
  uint32_t object, pc;
  uint64_t arg;
};

// What the guest asks of the host's side, and the answer.
struct Request {
  unsigned kind = 0;  // of an event; a level, a kind of report, a question
  uint32_t object = 0, pc = 0, size = 0;
  uint64_t arg = 0;
  const char *text = nullptr, *file = nullptr;
  void (*entry)(void*) = nullptr;
  void* argument = nullptr;
  uint64_t answer = 0;
};

// What a CPU does after the host's side has looked at it.
enum class Action : uint8_t {
  kGoOn,
  kTake,  // the interrupt `vector`
  kQuit,  // the machine is taken down: back to the thread's own stack
};

struct alignas(128) Core {
  // Its clock, in ns, from which on its hooks call attend(). The thread sets it
  // under the host lock; anybody may set it to 0, which means now.
  std::atomic<uint64_t> horizon{0};

  // The thread's own.
  Cpu* cpu = nullptr;
  Executor* executor = nullptr;
  void* host_sp = nullptr;        // where its guest leaves for good; below it host code runs
  uint64_t steps = 0;             // since they were added to the machine's
  uint64_t counted = 0;           // the machine's when they were
  uint64_t entropy = 0;           // of hw_random()
  uint32_t left = 0;              // the context that it switched away from
  uint32_t relaxed = 0;           // calls of cpu_relax()
  uint32_t idle = 0;              // ... since it last did anything else but read
  int vector = 0;                 // of kTake
  Action action = Action::kGoOn;  // of the last call of attend() or halt()
  bool heap_watched = false;      // somebody wants to know of accesses to the heap
  Request request;
  // That a lock is about to be tried, or waited for, in the lane already: whoever
  // wants to know hears of it when the thread enters the host's side next, which
  // is soon and before anything comes of it.
  static constexpr unsigned kUntoldMax = 2;
  const sim::Event* untold[kUntoldMax] = {};
  unsigned untold_count = 0;

  // Guarded by the host lock.
  enum State : uint8_t { kOff, kRunning, kHalted, kGone } state = kOff;
  bool waits = false;  // its thread stands in the host's code and waits for `wake`
  bool ahead = false;  // ... for those that are behind
  std::condition_variable wake;
  std::vector<Mail> mail;
  std::thread thread;
};

}  // namespace cpu::threads
