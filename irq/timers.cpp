// SPDX-License-Identifier: MIT
#include "irq/timers.h"

namespace irq {

bool Timers::before(unsigned a, unsigned b) const {
  if (deadline_[a] != deadline_[b]) return deadline_[a] < deadline_[b];
  return a < b;
}

void Timers::put(unsigned place, unsigned slot) {
  heap_[place] = static_cast<uint8_t>(slot);
  place_[slot] = static_cast<uint8_t>(place);
}

void Timers::rise(unsigned place) {
  const unsigned slot = heap_[place];
  for (; place > 1 && before(slot, heap_[place / 2]); place /= 2) put(place, heap_[place / 2]);
  put(place, slot);
}

void Timers::sink(unsigned place) {
  const unsigned slot = heap_[place];
  for (unsigned child = place * 2; child <= size_; child = place * 2) {
    if (child < size_ && before(heap_[child + 1], heap_[child])) ++child;
    if (!before(heap_[child], slot)) break;
    put(place, heap_[child]);
    place = child;
  }
  put(place, slot);
}

void Timers::arm(unsigned slot, uint64_t deadline_ns) {
  disarm(slot);
  if (deadline_ns == kNever) return;
  deadline_[slot] = deadline_ns;
  ++size_;
  put(size_, slot);
  rise(size_);
}

void Timers::disarm(unsigned slot) {
  if (!armed(slot)) return;
  const unsigned place = place_[slot];
  const unsigned last = heap_[size_];
  place_[slot] = 0;
  --size_;
  if (last == slot) return;
  put(place, last);
  rise(place);
  sink(place_[last]);
}

}  // namespace irq
