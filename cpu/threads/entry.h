// SPDX-License-Identifier: MIT
// A CPU's thread inside the host's side: holds the host lock, and the machine
// knows the steps, the clock and the mail of that CPU.
#pragma once

#include "cpu/threads/executor.h"

namespace cpu::threads {

class Executor::Entry {
 public:
  Entry(Executor& executor, Core& core);
  ~Entry() { executor_.acting_ = nullptr; }
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

  // Waits until somebody wakes the CPU; steps of others went by meanwhile.
  void wait();
  Engine& machine() { return executor_.machine_; }

 private:
  Executor& executor_;
  Core& core_;
  Lock lock_;
};

}  // namespace cpu::threads
