// SPDX-License-Identifier: MIT
// Words of the schedule file: any text as one word without blanks, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace run {

std::string to_word(std::string_view text);
std::optional<std::string> from_word(std::string_view word);  // nothing: malformed

// At single blanks.
std::vector<std::string_view> split_words(std::string_view line);

}  // namespace run
