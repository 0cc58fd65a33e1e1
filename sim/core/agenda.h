// SPDX-License-Identifier: MIT
// Agenda: whose turn it is in virtual time. A tournament tree over actors.
//
// Keys are time << 6 | actor, so they are unique and ties go to the lower
// number. set() costs one comparison a level; first() is a load.
#pragma once

#include <cstdint>

namespace sim {

class Agenda {
 public:
  static constexpr unsigned kActorsMax = 64;
  static constexpr uint64_t kNever = UINT64_MAX;

  explicit Agenda(unsigned actors) {
    while (leaves_ < actors) leaves_ *= 2;
    for (uint64_t& node : tree_) node = kNever;
  }

  static uint64_t key(uint64_t time, unsigned actor) { return time << 6 | actor; }
  static uint64_t time_of(uint64_t key) { return key == kNever ? kNever : key >> 6; }
  static unsigned actor_of(uint64_t key) { return static_cast<unsigned>(key & 63); }

  __attribute__((always_inline)) void set(unsigned actor, uint64_t key) {
    unsigned i = leaves_ + actor;
    tree_[i] = key;
    while (i > 1) {
      const uint64_t sibling = tree_[i ^ 1];
      key = key < sibling ? key : sibling;
      i >>= 1;
      tree_[i] = key;
    }
  }
  uint64_t first() const { return tree_[1]; }
  bool contains(unsigned actor) const { return tree_[leaves_ + actor] != kNever; }

 private:
  unsigned leaves_ = 1;
  uint64_t tree_[2 * kActorsMax];
};

}  // namespace sim
