// SPDX-License-Identifier: MIT
// A small world on the desk without a machine: four CPUs that share locks,
// interrupts and RCU, written as a trace, with all that a session publishes.
#pragma once

#include "gui/app/stage.h"
#include "tests/gui/scene.h"

namespace scene {

inline constexpr uint32_t kTasks[] = {0x20001000, 0x20002000, 0x20003000, 0x20004000};
inline constexpr uint32_t kDevLock = 0x11000100, kRwsem = 0x11000200, kMmap = 0x11000300;

// Puts it all on the desk, with names and with the cursor where CPUs 1 and 2
// wait for what CPU 0 holds.
void fill_desk(gui::Desk& desk, const std::string& source_path);

}  // namespace scene
