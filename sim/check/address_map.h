// SPDX-License-Identifier: MIT
// A map from guest addresses to small numbers, as plain data in an arena.
//
// Open addressing with linear probing; erasing shifts entries back, so there
// are no tombstones and a map that is used for ever does not slow down. Grows
// by doubling (the old table stays in the arena: at most as much again).
// An address is not 0; V{} means "not there". Never iterated: hash order is
// nobody's business.
#pragma once

#include <cstdint>
#include <cstring>

#include "sim/core/arena.h"

namespace check {

template <typename V = uint32_t>
class AddressMap {
 public:
  V find(uint64_t key) const {
    if (!capacity_) return V{};
    for (uint32_t i = home(key);; i = (i + 1) & (capacity_ - 1)) {
      if (slots_[i].key == key) return slots_[i].value;
      if (!slots_[i].key) return V{};
    }
  }
  void insert(sim::Arena& arena, uint64_t key, V value);  // not there yet
  void erase(uint64_t key);                               // if there
  void clear();
  uint32_t size() const { return size_; }

 private:
  struct Slot {
    uint64_t key;
    V value;
  };
  uint32_t home(uint64_t key) const {
    return static_cast<uint32_t>((key * 0x9e3779b97f4a7c15u) >> 32) & (capacity_ - 1);
  }
  void place(uint64_t key, V value);
  void grow(sim::Arena& arena);

  Slot* slots_;
  uint32_t capacity_;
  uint32_t size_;
};

template <typename V>
void AddressMap<V>::place(uint64_t key, V value) {
  uint32_t i = home(key);
  while (slots_[i].key) i = (i + 1) & (capacity_ - 1);
  // Member by member: bytes between them stay 0, as states are compared.
  slots_[i].key = key;
  slots_[i].value = value;
}

template <typename V>
void AddressMap<V>::grow(sim::Arena& arena) {
  Slot* old = slots_;
  const uint32_t n = capacity_;
  capacity_ = n ? n * 2 : 32;
  slots_ = arena.make<Slot>(capacity_);
  for (uint32_t i = 0; i < n; ++i)
    if (old[i].key) place(old[i].key, old[i].value);
}

template <typename V>
void AddressMap<V>::insert(sim::Arena& arena, uint64_t key, V value) {
  if (size_ * 2 >= capacity_) grow(arena);
  place(key, value);
  ++size_;
}

template <typename V>
void AddressMap<V>::erase(uint64_t key) {
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
  slots_[i] = {0, V{}};
  --size_;
}

template <typename V>
void AddressMap<V>::clear() {
  if (capacity_) std::memset(static_cast<void*>(slots_), 0, capacity_ * sizeof(Slot));
  size_ = 0;
}

}  // namespace check
