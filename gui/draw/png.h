// SPDX-License-Identifier: MIT
// Pictures of the window.
#pragma once

#include <string>

#include "gui/draw/raster.h"

namespace gui {

// Throws sim::UserError when the file cannot be written.
void write_png(const std::string& path, const Canvas& canvas);

}  // namespace gui
