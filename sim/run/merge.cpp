// SPDX-License-Identifier: MIT
#include "sim/run/merge.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace run {

bool Merge::Cursor::operator>(const Cursor& other) const {
  return std::tie(step, lane) > std::tie(other.step, other.lane);
}

Merge::Merge(const sim::Trace& trace, Steps steps, uint64_t from_step) : trace_(trace) {
  const auto start = [&](unsigned lane, uint64_t first) {
    uint64_t low = first, high = end(lane);
    while (low < high) {
      const uint64_t middle = low + (high - low) / 2;
      if (event(lane, middle).step < from_step)
        low = middle + 1;
      else
        high = middle;
    }
    push(lane, low);
  };
  if (steps == Steps::kAll) start(kDetail, trace.detail_first());
  for (unsigned cpu = 0; cpu < trace.cpus(); ++cpu) start(cpu + 1, trace.lane(cpu).first());
}

uint64_t Merge::end(unsigned lane) const {
  return lane == kDetail ? trace_.detail_size() : trace_.lane(lane - 1).size();
}

const sim::Event& Merge::event(unsigned lane, uint64_t at) const {
  return lane == kDetail ? trace_.detail(at) : trace_.lane(lane - 1)[at];
}

void Merge::push(unsigned lane, uint64_t at) {
  if (at >= end(lane)) return;
  heap_.push_back({event(lane, at).step, lane, at});
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
}

const sim::Event* Merge::next() {
  if (heap_.empty()) return nullptr;
  std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
  const Cursor cursor = heap_.back();
  heap_.pop_back();
  push(cursor.lane, cursor.at + 1);
  return &event(cursor.lane, cursor.at);
}

}  // namespace run
