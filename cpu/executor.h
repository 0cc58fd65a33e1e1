// SPDX-License-Identifier: MIT
// Executor: what the machine's CPUs run on.
//
//   lockstep  cpu/engine.h: all on one host thread, one step at a time
//   threads   cpu/threads/executor.h: one host thread a CPU, truly parallel
//
// Both run the same images on the same state (cpu::State, cpu::Cpu); each binds
// the images to its own implementation of the hardware ABI.
#pragma once

#include <cstdint>

#include "cpu/interrupts.h"

namespace cpu {

enum class StopReason : uint8_t {
  kNone,
  kLimit,      // the step or choice limit of run()
  kTime,       // its time limit
  kRequested,  // request_stop(): an observer wants the machine to stand
  kBreakpoint,
  kStuck,  // no CPU can step and nothing pending can change that
  kPowerOff,
  kOops,  // the guest crashed, or a loop without hooks was cut off
};

class Executor : public CpuLines {
 public:
  static constexpr uint64_t kNoLimit = UINT64_MAX;

  // The hardware ABI by name, for the image loader; nullptr if there is none.
  virtual void* abi_symbol(const char* name) const = 0;
  // Puts CPU 0 before its first instruction.
  virtual void boot(void (*entry)(void*), void* argument) = 0;
  // Runs until `stop_step` steps are committed, choice `stop_choice` is next, the
  // CPU furthest behind has reached `stop_time`, or another reason to stop.
  virtual StopReason run(uint64_t stop_step, uint64_t stop_choice, uint64_t stop_time) = 0;
  StopReason run(uint64_t stop_step) { return run(stop_step, kNoLimit, kNoLimit); }
  // From an observer, or while the machine stands.
  virtual void request_stop() = 0;
  // From an observer: what every other CPU has done so far has been announced.
  virtual bool all_told() const { return true; }
};

}  // namespace cpu
