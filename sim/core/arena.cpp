// SPDX-License-Identifier: MIT
#include "sim/core/arena.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>

#include "sim/core/error.h"

namespace sim {

Arena::Arena(size_t capacity) : capacity_(capacity) {
  void* p = mmap(nullptr, capacity, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  SIM_ASSERT(p != MAP_FAILED);
  base_ = static_cast<std::byte*>(p);
}

Arena::~Arena() { munmap(base_, capacity_); }

void* Arena::allocate(size_t bytes, size_t alignment) {
  const size_t at = (used_ + alignment - 1) & ~(alignment - 1);
  SIM_ASSERT(bytes <= capacity_ && at <= capacity_ - bytes);
  used_ = at + bytes;
  peak_ = std::max(peak_, used_);
  return base_ + at;
}

void Arena::set_used(size_t used) {
  SIM_ASSERT(used <= capacity_);
  if (used < peak_) std::memset(base_ + used, 0, peak_ - used);
  used_ = peak_ = used;
}

}  // namespace sim
