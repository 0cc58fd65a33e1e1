// SPDX-License-Identifier: MIT
// The real window: SDL events in, pixels out through its surface.
#pragma once

#include "gui/app/stage.h"

namespace gui {

// False: there is no display.
bool init_display();
// Until it is closed. After init_display().
void run_window(Stage& stage, const Options& options);

}  // namespace gui
