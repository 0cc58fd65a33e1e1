// SPDX-License-Identifier: MIT
// An append-only array in chunks: no copying as it grows, no moving.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace gui {

template <typename T, unsigned kLog>
class Chunked {
 public:
  static constexpr size_t kChunk = size_t{1} << kLog;

  size_t size() const { return size_; }
  const T& operator[](size_t i) const { return chunks_[i >> kLog][i & (kChunk - 1)]; }
  T& operator[](size_t i) { return chunks_[i >> kLog][i & (kChunk - 1)]; }
  void push(const T& value) {
    if ((size_ >> kLog) == chunks_.size()) chunks_.emplace_back(new T[kChunk]);
    chunks_[size_ >> kLog][size_ & (kChunk - 1)] = value;
    ++size_;
  }
  // Forgets from `size` on.
  void truncate(size_t size) {
    size_ = size;
    chunks_.resize((size + kChunk - 1) >> kLog);
  }
  size_t bytes() const { return chunks_.size() * kChunk * sizeof(T); }

 private:
  std::vector<std::unique_ptr<T[]>> chunks_;
  size_t size_ = 0;
};

}  // namespace gui
