// SPDX-License-Identifier: MIT
// Numbers as people write them. Each function reads the whole text or throws
// sim::UserError with a sentence that begins with `what`, e.g. "--cpus".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace run {

// Decimal or 0x hexadecimal, within [least, most].
uint64_t parse_number(std::string_view what, std::string_view text, uint64_t least = 0,
                      uint64_t most = UINT64_MAX);

// Virtual time with its unit, "5ms", "1.5us", "200ns", "2s"; returns ns, > 0.
uint64_t parse_time(std::string_view what, std::string_view text);

// Events per second: "20000", "20k", "1.5M", with or without "Hz".
double parse_rate(std::string_view what, std::string_view text);

}  // namespace run
