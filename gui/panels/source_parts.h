// SPDX-License-Identifier: MIT
// The source panel's parts: listings, and the moments at which a line ran.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gui/panels/panel.h"

namespace gui {

// The same file, however the compiler and the user named it.
bool same_file(const std::string& path, const std::string& named);
// Where a CPU stands in the user's files.
std::optional<run::Location> place_of(const Desk& desk, unsigned cpu);
const SourceFile& source_file(Desk& desk, const std::string& path);

// `id` comes before the names of its widgets: "" or "right.".
void draw_listing(Desk& desk, SourcePane& pane, const Rect& body, const std::string& id);
void draw_line_moments(Desk& desk, const Rect& body);
void draw_difference(Desk& desk, const Rect& body);

}  // namespace gui
