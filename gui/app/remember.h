// SPDX-License-Identifier: MIT
// Theme, font size, layout, open tabs and progress, from one start to the next:
// a small text file in XDG_CONFIG_HOME (or ~/.config)/lockstep/window.
#pragma once

#include "gui/app/desk.h"

namespace gui {

Settings load_settings();             // defaults for whatever is not there
void save_settings(const Settings&);  // silently nothing if it cannot be written

// What a desk starts with, and what is to be kept of it when it closes.
void take_up(Desk& desk, const Settings& remembered);
Settings left_behind(const Desk& desk);

}  // namespace gui
