// SPDX-License-Identifier: MIT
// Growing storage for checkers: plain data in an arena, small until used.
//
//  - Table: an array that grows by doubling segments; elements never move.
//  - Pool: a Table with a free list; ids are dense, reused, and never 0.
//
// Both are trivially copyable: they live inside a checker's state, and a
// checkpoint carries them. A machine that has just booted should cost a few
// KiB per checker, because resets copy that.
#pragma once

#include <cstdint>

#include "sim/core/arena.h"

namespace check {

template <typename T>
class Table {
 public:
  // Element i, which ensure() has reached before.
  T& operator[](uint32_t i) {
    const uint32_t j = i + kFirst;
    const unsigned k = segment(j);
    return segments_[k][j - (kFirst << k)];
  }
  // Makes elements [0, i] exist; new ones are zero.
  T& ensure(sim::Arena& arena, uint32_t i) {
    const uint32_t j = i + kFirst;
    const unsigned k = segment(j);
    for (unsigned s = 0; s <= k; ++s)
      if (__builtin_expect(!segments_[s], 0)) segments_[s] = arena.make<T>(kFirst << s);
    return segments_[k][j - (kFirst << k)];
  }

 private:
  static constexpr uint32_t kFirst = 16;
  static unsigned segment(uint32_t j) { return 31u - 4u - static_cast<unsigned>(__builtin_clz(j)); }
  T* segments_[24];
};

// T has a member `uint32_t next` that links free elements.
template <typename T>
class Pool {
 public:
  uint32_t take(sim::Arena& arena) {
    uint32_t id = free_;
    if (id) {
      free_ = table_[id].next;
      table_[id] = T{};
      return id;
    }
    id = ++size_;
    table_.ensure(arena, id) = T{};
    return id;
  }
  void give(uint32_t id) {
    table_[id].next = free_;
    free_ = id;
  }
  T& operator[](uint32_t id) { return table_[id]; }
  uint32_t size() const { return size_; }  // ids so far are [1, size()]

 private:
  Table<T> table_;
  uint32_t free_;
  uint32_t size_;
};

}  // namespace check
