// SPDX-License-Identifier: MIT
// Growing storage for checkers: plain data in an arena, small until used.
//
//  - Table: an array that grows by doubling segments; elements never move.
//  - Pool: objects that come and go.
//
// Both are trivially copyable: they live inside a checker's state, and a
// checkpoint carries them. A machine that has just booted should cost a few
// KiB per checker, because resets copy that.
#pragma once

#include <cstddef>
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
  // Makes element i exist; a new one is zero.
  T& ensure(sim::Arena& arena, uint32_t i) {
    const uint32_t j = i + kFirst;
    const unsigned k = segment(j);
    if (__builtin_expect(!segments_[k], 0)) segments_[k] = arena.make<T>(kFirst << k);
    return segments_[k][j - (kFirst << k)];
  }

 private:
  static constexpr uint32_t kFirst = 16;
  static unsigned segment(uint32_t j) { return 31u - 4u - static_cast<unsigned>(__builtin_clz(j)); }
  T* segments_[24];
};

// Objects with a free list. T has a member `T* next` that links free ones. In
// the arena pointers stay good for ever, and following one is cheaper than
// looking up an id.
template <typename T>
class Pool {
 public:
  T* take(sim::Arena& arena) {
    if (!free_) refill(arena);
    T* object = free_;
    free_ = object->next;
    *object = T{};
    return object;
  }
  void give(T* object) {
    object->next = free_;
    free_ = object;
  }

 private:
  static constexpr size_t kBatch = 16;
  void refill(sim::Arena& arena) {
    T* fresh = arena.make<T>(kBatch);
    for (size_t i = kBatch; i-- > 0;) give(fresh + i);
  }
  T* free_;
};

}  // namespace check
