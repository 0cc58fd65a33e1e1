// SPDX-License-Identifier: MIT
// The real window's loop: SDL's events in, frames out.
#pragma once

#include "gui/app/stage.h"

namespace gui {

// Until it is closed. After Display::exists().
void run_window(Stage& stage, const Options& options);

}  // namespace gui
