// SPDX-License-Identifier: MIT
// Timers: a fixed set of slots, each with at most one deadline; the earliest
// first. A binary heap with back pointers, in plain data.
//
// Slots with equal deadlines come in the order of their numbers, so that the
// order never depends on the history of the heap.
#pragma once

#include <array>
#include <cstdint>

namespace irq {

class Timers {
 public:
  static constexpr unsigned kSlots = 160;
  static constexpr uint64_t kNever = UINT64_MAX;

  void arm(unsigned slot, uint64_t deadline_ns);  // kNever: disarms
  void disarm(unsigned slot);
  bool armed(unsigned slot) const { return place_[slot] != 0; }
  uint64_t deadline(unsigned slot) const { return armed(slot) ? deadline_[slot] : kNever; }

  uint64_t next() const { return size_ == 0 ? kNever : deadline_[heap_[1]]; }
  unsigned next_slot() const { return heap_[1]; }  // if next() is not kNever

 private:
  bool before(unsigned a, unsigned b) const;
  void put(unsigned place, unsigned slot);
  void rise(unsigned place);
  void sink(unsigned place);

  std::array<uint64_t, kSlots> deadline_{};
  std::array<uint8_t, kSlots> place_{};     // where in heap_; 0: not armed
  std::array<uint8_t, kSlots + 1> heap_{};  // slots; [1] is the earliest
  uint8_t size_ = 0;
};

}  // namespace irq
