// SPDX-License-Identifier: MIT
#include "sim/core/trace.h"

#include <sys/mman.h>

#include <cstdlib>

#include "sim/core/error.h"

namespace sim {

namespace {

Chunk new_chunk() {
  constexpr size_t kBytes = Lane::kChunkEvents * sizeof(Event);
  void* p = std::aligned_alloc(kBytes, kBytes);
  SIM_ASSERT(p != nullptr);
  madvise(p, kBytes, MADV_POPULATE_WRITE);  // one call instead of 512 page faults
  return Chunk(static_cast<Event*>(p));
}

}  // namespace

void ChunkDeleter::operator()(Event* events) const { std::free(events); }

void Lane::grow(Chunk spare) {
  const size_t chunk = size_ / kChunkEvents;
  if (chunk == chunks_.size()) chunks_.emplace_back();
  if (!chunks_[chunk]) {
    chunks_[chunk] = spare ? std::move(spare) : new_chunk();
  }
  place();
}

void Lane::place() {
  const size_t chunk = size_ / kChunkEvents;
  if (chunk >= chunks_.size() || !chunks_[chunk]) {
    next_ = limit_ = nullptr;
    return;
  }
  Event* base = chunks_[chunk].get();
  next_ = base + size_ % kChunkEvents;
  limit_ = base + kChunkEvents;
}

void Lane::truncate(uint64_t size) {
  SIM_ASSERT(size <= size_);
  size_ = size;
  if (first_ > size_) first_ = size_;
  place();
}

void Lane::drop_before(uint64_t first, std::vector<Chunk>& spare) {
  const uint64_t keep = first / kChunkEvents;
  for (uint64_t c = first_ / kChunkEvents; c < keep && c < chunks_.size(); ++c) {
    if (chunks_[c]) spare.push_back(std::move(chunks_[c]));
  }
  if (keep * kChunkEvents > first_) first_ = keep * kChunkEvents;
}

Trace::Trace(unsigned cpus, size_t detail_events)
    : lanes_(cpus), ring_(std::make_unique<Event[]>(detail_events)), mask_(detail_events - 1) {
  SIM_ASSERT((detail_events & mask_) == 0);
}

void Trace::grow(unsigned cpu) {
  if (spare_.empty() && chunks_ * Lane::kChunkEvents * sizeof(Event) >= budget_) {
    for (Lane& lane : lanes_) {
      lane.drop_before(lane.first() + (lane.size() - lane.first()) / 2, spare_);
    }
    chunks_ -= spare_.size();
  }
  Chunk spare;
  if (!spare_.empty()) {
    spare = std::move(spare_.back());
    spare_.pop_back();
  }
  lanes_[cpu].grow(std::move(spare));
  ++chunks_;
}

size_t Trace::bytes() const {
  size_t events = mask_ + 1;
  for (const Lane& lane : lanes_) events += lane.size() - lane.first();
  return events * sizeof(Event);
}

}  // namespace sim
