// SPDX-License-Identifier: MIT
// Text in columns for a terminal: cells wrap at blanks, columns keep their width.
#pragma once

#include <string>
#include <vector>

namespace run {

struct Column {
  unsigned width = 0;
  bool right = false;  // aligned at its right edge
};

// One row: as many lines as its longest cell needs, no blanks at their ends.
// Columns stand two blanks apart.
std::string table_row(const std::vector<Column>& columns, const std::vector<std::string>& cells);

// As many columns on a terminal as the text takes, UTF-8 counted by letters.
unsigned text_width(const std::string& text);

}  // namespace run
