// SPDX-License-Identifier: MIT
#include "sim/run/quantity.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "sim/core/error.h"

namespace run {

namespace {

// The longest virtual time that an event can carry (48 bits of ns): 3.2 days.
constexpr double kTimeMaxNs = 281'474'976'710'655.0;
constexpr double kRateMax = 1e9;  // one event a nanosecond

std::optional<uint64_t> to_integer(std::string_view text) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  const std::string_view digits = hex ? text.substr(2) : text;
  uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, hex ? 16 : 10);
  if (error != std::errc() || stop != end || digits.empty()) return {};
  return value;
}

// The number at the beginning of text, and what follows it.
std::optional<std::pair<double, std::string_view>> to_decimal(std::string_view text) {
  const size_t digits = text.find_first_not_of("0123456789.");
  const std::string_view number = text.substr(0, digits);
  double value = 0;
  const char* end = number.data() + number.size();
  const auto [stop, error] = std::from_chars(number.data(), end, value);
  if (error != std::errc() || stop != end || number.empty()) return {};
  return std::pair(value, digits == std::string_view::npos ? "" : text.substr(digits));
}

}  // namespace

uint64_t parse_number(std::string_view what, std::string_view text, uint64_t least, uint64_t most) {
  const std::optional<uint64_t> value = to_integer(text);
  if (value && *value >= least && *value <= most) return *value;
  const std::string range = most == UINT64_MAX
                                ? fmt::format("a whole number from {} up", least)
                                : fmt::format("a whole number from {} to {}", least, most);
  throw sim::UserError(fmt::format("{} takes {}, not \"{}\"", what, range, text));
}

uint64_t parse_time(std::string_view what, std::string_view text) {
  const auto parts = to_decimal(text);
  double unit = 0;
  if (parts) {
    const std::string_view name = parts->second;
    unit = name == "ns" ? 1 : name == "us" ? 1e3 : name == "ms" ? 1e6 : name == "s" ? 1e9 : 0;
  }
  const double ns = parts ? std::round(parts->first * unit) : 0;
  if (ns >= 1 && ns <= kTimeMaxNs) return static_cast<uint64_t>(ns);
  throw sim::UserError(fmt::format(
      "{} takes a time with its unit (ns, us, ms, s; at most 3 days), like 5ms, not \"{}\"", what,
      text));
}

double parse_rate(std::string_view what, std::string_view text) {
  const auto parts = to_decimal(text);
  if (parts) {
    std::string_view unit = parts->second;
    if (unit.ends_with("Hz") || unit.ends_with("hz")) unit.remove_suffix(2);
    const double scale = unit.empty() ? 1 : unit == "k" ? 1e3 : unit == "M" ? 1e6 : 0;
    const double rate = parts->first * scale;
    if (scale > 0 && rate <= kRateMax) return rate;
  }
  throw sim::UserError(fmt::format(
      "{} takes a rate in events per second, like 20000 or 20k, not \"{}\"", what, text));
}

}  // namespace run
