// SPDX-License-Identifier: MIT
// Finds function bodies in C and C++ text, well enough to measure them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace house {

struct Function {
  std::string head;  // "static int f(int a)", spaces folded
  size_t line = 0;   // of its first line, from 0
  size_t lines = 0;  // from there to the closing brace
};

// The text with comments, strings, characters and preprocessor lines blanked
// out, line breaks kept.
std::string code_only(std::string_view text);

// Outermost bodies only: a lambda counts to the function that it stands in.
std::vector<Function> functions_of(std::string_view text);

}  // namespace house
