// SPDX-License-Identifier: MIT
// Theme, font size and progress, from one start to the next: a small text file
// in XDG_CONFIG_HOME (or ~/.config)/lockstep/window.
#pragma once

#include "gui/app/desk.h"

namespace gui {

Settings load_settings();             // defaults for whatever is not there
void save_settings(const Settings&);  // silently nothing if it cannot be written

}  // namespace gui
