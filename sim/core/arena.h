// SPDX-License-Identifier: MIT
// Arena: host state that belongs to a run, as plain bytes.
//
// Everything that a checkpoint must carry (CPUs, interrupt controller,
// arbiters, checkers) is trivially copyable data in an arena: no std
// containers, no pointers to outside of arenas but to code and constants.
// Memory is reserved once and never moves; a checkpoint copies [base, used).
// Allocation only grows; a restore brings back contents and `used`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace sim {

class Arena {
 public:
  // Reserves address space; pages cost memory only once touched.
  explicit Arena(size_t capacity);
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // n zeroed objects. Asserts when the capacity is reached.
  template <typename T>
  T* make(size_t n = 1) {
    static_assert(std::is_trivially_copyable_v<T>);
    return static_cast<T*>(allocate(n * sizeof(T), alignof(T)));
  }
  void* allocate(size_t bytes, size_t alignment);

  std::byte* base() const { return base_; }
  size_t used() const { return used_; }
  void set_used(size_t used);  // after a restore: beyond it is zero again

 private:
  std::byte* base_;
  size_t capacity_;
  size_t used_ = 0;
  size_t peak_ = 0;
};

}  // namespace sim
