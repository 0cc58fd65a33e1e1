// SPDX-License-Identifier: MIT
// The trace: the one record of a run, in two parts.
//
//  - Lanes: semantic events, one append-only lane a CPU, in fixed chunks.
//    Always on. Oldest chunks are dropped beyond the memory budget.
//  - Detail: every step with its values, a ring over the recent past,
//    machine-wide in step order. Made again for any window by re-execution.
//
// The engine writes (on the guest's stack; a full lane is grown on the host's); everybody else
// reads. Not thread-safe: readers look between runs or while the machine's thread is held.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/core/event.h"

namespace sim {

// Memory of one chunk; not initialised.
struct ChunkDeleter {
  void operator()(Event* events) const;
};
using Chunk = std::unique_ptr<Event[], ChunkDeleter>;

class alignas(128) Lane {  // each may be appended to by a thread of its own
 public:
  // 2 MiB, populated in one call.
  static constexpr size_t kChunkEvents = size_t{1} << 16;

  // Events [first(), size()) are there; their numbers never change.
  uint64_t first() const { return first_; }
  uint64_t size() const { return size_; }
  const Event& operator[](uint64_t i) const { return chunks_[i / kChunkEvents][i % kChunkEvents]; }

  bool full() const { return next_ == limit_; }
  // Before append(), when full; `spare` is a dropped chunk to use again, or empty.
  void grow(Chunk spare = {});
  Event& append() {
    if (__builtin_expect(full(), 0)) grow();
    ++size_;
    __builtin_prefetch(next_ + 4, 1);  // lanes are written once and long: cold
    return *next_++;
  }
  void truncate(uint64_t size);  // forget events from `size` on (step back)
  // Whole chunks only; they are added to `spare`.
  void drop_before(uint64_t first, std::vector<Chunk>& spare);

 private:
  void place();  // next_ and limit_ from size_

  Event* next_ = nullptr;
  Event* limit_ = nullptr;
  uint64_t size_ = 0, first_ = 0;
  std::vector<Chunk> chunks_;
};

class Trace {
 public:
  explicit Trace(unsigned cpus, size_t detail_events = size_t{1} << 15);

  unsigned cpus() const { return static_cast<unsigned>(lanes_.size()); }
  Lane& lane(unsigned cpu) { return lanes_[cpu]; }
  const Lane& lane(unsigned cpu) const { return lanes_[cpu]; }

  // Before an append to a full lane. Keeps the lanes within the budget: where
  // it is exceeded, the oldest half of every lane goes (re-execution remakes it).
  void grow(unsigned cpu);
  void set_budget(size_t bytes) { budget_ = bytes; }

  // Detail events are numbered from 0; [detail_first(), detail_size()) are there.
  uint64_t detail_first() const { return detail_size_ > mask_ ? detail_size_ - mask_ - 1 : base_; }
  uint64_t detail_size() const { return detail_size_; }
  const Event& detail(uint64_t i) const { return ring_[i & mask_]; }
  Event* detail_ring() { return ring_.get(); }
  uint64_t detail_mask() const { return mask_; }
  void set_detail_size(uint64_t size) { detail_size_ = size; }
  void forget_detail(uint64_t size) { detail_size_ = base_ = size; }

  size_t bytes() const;

 private:
  std::vector<Lane> lanes_;
  std::unique_ptr<Event[]> ring_;
  uint64_t mask_;
  size_t budget_ = size_t{512} << 20;
  size_t chunks_ = 0;  // in lanes
  std::vector<Chunk> spare_;
  uint64_t detail_size_ = 0, base_ = 0;
};

}  // namespace sim
