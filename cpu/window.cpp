// SPDX-License-Identifier: MIT
#include "cpu/window.h"

#include <sys/mman.h>

#include <cstring>

#include "sim/core/error.h"

namespace cpu {

namespace {

constexpr size_t kSize = HW_WINDOW_END - HW_WINDOW_START;
void* at(uintptr_t address) { return reinterpret_cast<void*>(address); }

}  // namespace

Window::Window() : dirty_(new uint8_t[kPages]()), list_(new uint32_t[kPages]) {
  void* p = mmap(at(HW_WINDOW_START), kSize, PROT_NONE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (p == MAP_FAILED || p != at(HW_WINDOW_START)) {
    if (p != MAP_FAILED) munmap(p, kSize);
    throw sim::UserError(
        "the addresses 0x10000000-0x70000000 are taken in this process, close the other machine");
  }
}

Window::~Window() { munmap(at(HW_WINDOW_START), kSize); }

void Window::map(uintptr_t address, size_t size) {
  SIM_ASSERT(contains(address, size));
  void* p = mmap(at(address), size, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
  SIM_ASSERT(p == at(address));
  ranges_.push_back({address, size, true, false});
}

void Window::add_image(uintptr_t address, size_t size, bool writable) {
  SIM_ASSERT(contains(address, size));
  ranges_.push_back({address, size, writable, true});
}

void Window::guard(uintptr_t address, size_t size) {
  SIM_ASSERT(mprotect(at(address), size, PROT_NONE) == 0);
}

bool Window::mapped(uintptr_t address, size_t n) const {
  if (!contains(address, n)) return false;
  for (const Range& range : ranges_) {
    if (address < range.address || address + n > range.address + range.size) continue;
    const bool stack = range.address >= HW_STACK_START;
    return !stack || address % HW_STACK_SLOT >= kPageSize;
  }
  return false;
}

bool Window::read(uintptr_t address, void* to, size_t n) const {
  if (!mapped(address, n)) return false;
  std::memcpy(to, at(address), n);
  return true;
}

void Window::clear_dirty() {
  for (uint32_t i = 0; i < count_; ++i) dirty_[list_[i]] = 0;
  count_ = 0;
}

}  // namespace cpu
