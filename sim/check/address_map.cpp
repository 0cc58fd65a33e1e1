// SPDX-License-Identifier: MIT
#include "sim/check/address_map.h"

#include <cstring>

namespace check {

void AddressMap::place(uint64_t key, uint32_t value) {
  uint32_t i = home(key);
  while (slots_[i].key) i = (i + 1) & (capacity_ - 1);
  slots_[i] = {key, value};
}

void AddressMap::grow(sim::Arena& arena) {
  Slot* old = slots_;
  const uint32_t n = capacity_;
  capacity_ = n ? n * 2 : 32;
  slots_ = arena.make<Slot>(capacity_);
  for (uint32_t i = 0; i < n; ++i)
    if (old[i].key) place(old[i].key, old[i].value);
}

void AddressMap::insert(sim::Arena& arena, uint64_t key, uint32_t value) {
  if (size_ * 2 >= capacity_) grow(arena);
  place(key, value);
  ++size_;
}

void AddressMap::erase(uint64_t key) {
  if (!capacity_) return;
  const uint32_t mask = capacity_ - 1;
  uint32_t i = home(key);
  while (slots_[i].key != key) {
    if (!slots_[i].key) return;
    i = (i + 1) & mask;
  }
  // Moves back every follower that would no longer be found across the hole.
  for (uint32_t j = (i + 1) & mask; slots_[j].key; j = (j + 1) & mask) {
    const uint32_t wish = home(slots_[j].key);
    if (((j - wish) & mask) >= ((j - i) & mask)) {
      slots_[i] = slots_[j];
      i = j;
    }
  }
  slots_[i] = {0, 0};
  --size_;
}

void AddressMap::clear() {
  if (capacity_) std::memset(static_cast<void*>(slots_), 0, capacity_ * sizeof(Slot));
  size_ = 0;
}

}  // namespace check
