// SPDX-License-Identifier: MIT
// The interrupt panel's parts. Each returns where the next one begins.
#pragma once

#include <string>

#include "gui/panels/panel.h"

namespace gui {

// "eth0", "timer", "resched", "softirq RCU", "0x41".
std::string vector_words(const Desk& desk, unsigned vector);

float draw_local_apics(Desk& desk, float x, float y, float w);
float draw_softirqs(Desk& desk, float x, float y, float w);

}  // namespace gui
