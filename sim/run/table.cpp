// SPDX-License-Identifier: MIT
#include "sim/run/table.h"

#include <algorithm>

namespace run {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// Bytes of the longest beginning that is not wider than `width`.
size_t beginning(const std::string& text, unsigned width) {
  size_t at = 0;
  for (unsigned seen = 0; at < text.size(); ++at)
    if (!continues(text[at]) && seen++ == width) break;
  return at;
}

std::vector<std::string> wrap(std::string text, unsigned width) {
  constexpr const char* kIndent = "  ";
  std::vector<std::string> lines;
  while (text_width(text) > width) {
    size_t end = beginning(text, width);
    const size_t blank = text.rfind(' ', end);
    const bool at_blank = blank != text.npos && blank > 2;
    if (at_blank) end = blank;
    lines.push_back(text.substr(0, end));
    text = kIndent + text.substr(end + (at_blank ? 1 : 0));
  }
  lines.push_back(std::move(text));
  return lines;
}

}  // namespace

unsigned text_width(const std::string& text) {
  return static_cast<unsigned>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

std::string table_row(const std::vector<Column>& columns, const std::vector<std::string>& cells) {
  std::vector<std::vector<std::string>> wrapped;
  size_t height = 1;
  for (size_t i = 0; i < columns.size(); ++i) {
    wrapped.push_back(wrap(cells[i], std::max(columns[i].width, 4u)));
    height = std::max(height, wrapped.back().size());
  }
  std::string rows;
  for (size_t y = 0; y < height; ++y) {
    std::string line;
    for (size_t i = 0; i < columns.size(); ++i) {
      const std::string cell = y < wrapped[i].size() ? wrapped[i][y] : "";
      const unsigned width = text_width(cell);
      const std::string padding(columns[i].width > width ? columns[i].width - width : 0, ' ');
      line += (i > 0 ? "  " : "") + (columns[i].right ? padding + cell : cell + padding);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    rows += line + "\n";
  }
  return rows;
}

}  // namespace run
