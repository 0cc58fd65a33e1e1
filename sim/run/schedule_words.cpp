// SPDX-License-Identifier: MIT
#include "sim/run/schedule_words.h"

#include <fmt/format.h>

#include <charconv>

namespace run {

std::string to_word(std::string_view text) {
  if (text.empty()) return "%";
  std::string word;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte == '%' || byte >= 0x7f)
      word += fmt::format("%{:02X}", byte);
    else
      word += c;
  }
  return word;
}

std::optional<std::string> from_word(std::string_view word) {
  if (word == "%") return std::string();
  if (word.empty()) return {};
  std::string text;
  for (size_t i = 0; i < word.size(); ++i) {
    if (word[i] != '%') {
      text += word[i];
      continue;
    }
    if (word.size() - i < 3) return {};
    unsigned byte = 0;
    const char* const end = word.data() + i + 3;
    const auto [stop, error] = std::from_chars(word.data() + i + 1, end, byte, 16);
    if (error != std::errc() || stop != end) return {};
    text += static_cast<char>(byte);
    i += 2;
  }
  return text;
}

std::vector<std::string_view> split_words(std::string_view line) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at <= line.size();) {
    const size_t end = std::min(line.find(' ', at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace run
