// SPDX-License-Identifier: MIT
// Content hashes that name things (images, cached compilations): FNV-1a,
// 64 bits. Not against malice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace run {

class Hash {
 public:
  // Each part counts with its length: ("ab", "c") and ("a", "bc") differ.
  Hash& add(std::string_view part);
  uint64_t value() const { return value_; }
  std::string hex() const;  // 16 digits

 private:
  uint64_t value_ = 0xcbf29ce484222325u;
};

}  // namespace run
