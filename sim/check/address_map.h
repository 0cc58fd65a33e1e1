// SPDX-License-Identifier: MIT
// A map from guest addresses to small numbers, as plain data in an arena.
//
// Open addressing with linear probing; erasing shifts entries back, so there
// are no tombstones and a map that is used for ever does not slow down. Grows
// by doubling (the old table stays in the arena: at most as much again).
// Neither address nor value may be 0. Never iterated: hash order is nobody's
// business.
#pragma once

#include <cstdint>

#include "sim/core/arena.h"

namespace check {

class AddressMap {
 public:
  uint32_t find(uint64_t key) const {  // 0: not there
    if (!capacity_) return 0;
    for (uint32_t i = home(key);; i = (i + 1) & (capacity_ - 1)) {
      if (slots_[i].key == key) return slots_[i].value;
      if (!slots_[i].key) return 0;
    }
  }
  void insert(sim::Arena& arena, uint64_t key, uint32_t value);  // not there yet
  void erase(uint64_t key);                                      // if there
  void clear();
  uint32_t size() const { return size_; }

 private:
  struct Slot {
    uint64_t key;
    uint32_t value;
  };
  uint32_t home(uint64_t key) const {
    return static_cast<uint32_t>((key * 0x9e3779b97f4a7c15u) >> 32) & (capacity_ - 1);
  }
  void place(uint64_t key, uint32_t value);
  void grow(sim::Arena& arena);

  Slot* slots_;
  uint32_t capacity_;
  uint32_t size_;
};

}  // namespace check
