// SPDX-License-Identifier: MIT
// The backstop: guest code that faults for real, or loops without any hook.
//
// Hooks check addresses before the access, so a signal is rare: a page of the
// window that is not mapped, a divide error, inline assembly. A loop that the
// compiler made hookless (`jmp .`) is found by a timer on the thread's own CPU
// time. Both redirect the guest to the host's stack, where the machine is
// declared dead; the process lives on.
#pragma once

#include <cstdint>

namespace cpu {

struct Fault;

class Watchdog {
 public:
  // How an executor's host thread runs a guest. Called on that thread, from a
  // signal's handler (HOST_LEAF) or (crash) on the stack that host_sp() named.
  struct Guest {
    void* (*host_sp)();      // where a guest that is cut off lands; nullptr: none runs
    uint64_t (*progress)();  // changes with each hook
    void (*crash)(const Fault& fault);
  };

  // Installs handlers (once a process), an alternate stack and a timer (once a
  // thread). Cheap when already done.
  static void arm_this_thread(const Guest& guest);
};

}  // namespace cpu
