// SPDX-License-Identifier: MIT
// What instructions cost, in ns of virtual time at 1 GHz. The one table.
//
// Orders of magnitude of a current x86 server with data in its caches; the
// point is not accuracy but that time is always charged the same way.
#pragma once

#include <cstdint>

namespace cpu::cost {

constexpr uint32_t kTick = 1;  // a basic block
constexpr uint32_t kRead = 2;
constexpr uint32_t kWrite = 2;
constexpr uint32_t kLoad = 3;  // marked
constexpr uint32_t kStore = 3;
constexpr uint32_t kRmw = 20;
constexpr uint32_t kFence = 15;
constexpr uint32_t kRelax = 30;
constexpr uint32_t kInsn = 10;
constexpr uint32_t kSwitch = 50;
constexpr uint32_t kInterrupt = 200;  // entry, as measured by many for x86
constexpr uint32_t kIo = 100;         // a register of the interrupt controller
constexpr uint32_t kWake = 40;        // a cache line travels to a spinning CPU

}  // namespace cpu::cost
