// SPDX-License-Identifier: MIT
// The backstop: guest code that faults for real, or loops without any hook.
//
// Hooks check addresses before the access, so a signal is rare: a page of the
// window that is not mapped, a divide error, inline assembly. A loop that the
// compiler made hookless (`jmp .`) is found by a timer on the thread's own CPU
// time. Both redirect the guest to the host's stack, where the machine is
// declared dead; the process lives on.
#pragma once

namespace cpu {

class Watchdog {
 public:
  // Installs handlers (once a process), an alternate stack and a timer (once a
  // thread). Cheap when already done.
  static void arm_this_thread();
};

}  // namespace cpu
