// SPDX-License-Identifier: MIT
#include "sim/run/hash.h"

#include <fmt/format.h>

namespace run {
namespace {

constexpr uint64_t kPrime = 0x100000001b3u;

uint64_t mix(uint64_t hash, unsigned char byte) { return (hash ^ byte) * kPrime; }

}  // namespace

Hash& Hash::add(std::string_view part) {
  for (unsigned shift = 0; shift < 64; shift += 8)
    value_ = mix(value_, static_cast<unsigned char>(part.size() >> shift));
  for (const char c : part) value_ = mix(value_, static_cast<unsigned char>(c));
  return *this;
}

std::string Hash::hex() const { return fmt::format("{:016x}", value_); }

}  // namespace run
