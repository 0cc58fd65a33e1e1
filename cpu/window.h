// SPDX-License-Identifier: MIT
// The guest window: one stretch of address space where all guest memory lies,
// at the same addresses in every process, and the record of which of its pages
// were written.
//
// One window can exist in a process at a time. What is not mapped by map() or
// by an image is inaccessible; touching it is an oops of the guest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "cpu/hw.h"

namespace cpu {

// Of the user's image: code, or data.
__attribute__((always_inline)) constexpr bool in_module(uint32_t address) {
  return address - static_cast<uint32_t>(HW_MODULE_BASE) <
         static_cast<uint32_t>(HW_PERCPU_BASE - HW_MODULE_BASE);
}

class Window {
 public:
  static constexpr unsigned kPageShift = 12;
  static constexpr size_t kPageSize = size_t{1} << kPageShift;
  static constexpr uint32_t kPages =
      static_cast<uint32_t>((HW_WINDOW_END - HW_WINDOW_START) >> kPageShift);

  Window();  // throws sim::UserError if the addresses are taken
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Readable, writable, zeroed on first touch. Page-aligned.
  void map(uintptr_t address, size_t size);
  // An image was loaded there; segments that the guest may write are tracked.
  void add_image(uintptr_t address, size_t size, bool writable);
  void guard(uintptr_t address, size_t size);  // inaccessible again

  // Copies guest memory out, for inspection; false where nothing is mapped.
  bool read(uintptr_t address, void* to, size_t n) const;
  bool mapped(uintptr_t address, size_t n) const;

  static bool contains(uintptr_t address, size_t n) {
    return address - HW_WINDOW_START <= HW_WINDOW_END - HW_WINDOW_START - n;
  }
  static uint32_t page_of(uintptr_t address) {
    return static_cast<uint32_t>((address - HW_WINDOW_START) >> kPageShift);
  }
  static uintptr_t address_of(uint32_t page) {
    return HW_WINDOW_START + (uintptr_t{page} << kPageShift);
  }

  // Dirty pages since the last clear_dirty(); marks are set by the write hooks.
  uint8_t* dirty_map() { return dirty_.get(); }
  uint32_t* dirty_list() { return list_.get(); }
  uint32_t& dirty_count() { return count_; }
  void clear_dirty();

  struct Range {
    uintptr_t address;
    size_t size;
    bool writable;
    bool image;
  };
  const std::vector<Range>& ranges() const { return ranges_; }

 private:
  std::unique_ptr<uint8_t[]> dirty_;
  std::unique_ptr<uint32_t[]> list_;
  uint32_t count_ = 0;
  std::vector<Range> ranges_;
};

}  // namespace cpu
