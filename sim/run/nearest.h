// SPDX-License-Identifier: MIT
// The nearest of a set of names to one that does not exist, for messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace run {

// Edits (insert, delete, replace, swap neighbours) that turn a into b.
unsigned edit_distance(std::string_view a, std::string_view b);

// The candidate with the fewest edits, the first of equals; empty if none is
// within a third of the name's length (at least 2), which would be no help.
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace run
