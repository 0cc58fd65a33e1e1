// SPDX-License-Identifier: MIT
#include "sim/core/pct.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace sim {

void Pct::begin() {
  prng_.seed(seed_++);
  choice_ = 0;
  next_point_ = 0;
  raises_due_ = 0;
  std::iota(priority_.begin(), priority_.end(), settings_.depth);
  for (size_t i = kCpusMax - 1; i > 0; --i) {
    std::swap(priority_[i], priority_[prng_.below(i + 1)]);
  }
  draw_points();
}

void Pct::draw_points() {
  points_.clear();
  for (unsigned i = 1; i < settings_.depth; ++i) {
    points_.push_back({prng_.below(longest_), settings_.depth - i});
  }
  for (unsigned i = 0; i < settings_.interrupts; ++i) {
    points_.push_back({prng_.below(longest_), kRaise});
  }
  std::stable_sort(points_.begin(), points_.end(),
                   [](const Point& a, const Point& b) { return a.at < b.at; });
}

unsigned Pct::highest(std::span<const Alternative> alternatives) const {
  unsigned best = alternatives[0].actor;
  for (const Alternative& alternative : alternatives) {
    if (alternative.interrupts) continue;
    if (priority_[alternative.actor % kCpusMax] > priority_[best % kCpusMax]) {
      best = alternative.actor;
    }
  }
  return best;
}

// Any source that can be raised now; kRaise if there is none.
unsigned Pct::raise_one(std::span<const Alternative> alternatives) {
  const auto raises = static_cast<uint64_t>(std::count_if(
      alternatives.begin(), alternatives.end(), [](const auto& a) { return a.interrupts != 0; }));
  if (raises == 0) return kRaise;
  uint64_t left = prng_.below(raises);
  for (const Alternative& alternative : alternatives) {
    if (alternative.interrupts && left-- == 0) return alternative.actor;
  }
  return kRaise;
}

unsigned Pct::choose(std::span<const Alternative> alternatives) {
  const uint64_t number = choice_++;
  for (; next_point_ < points_.size() && points_[next_point_].at <= number; ++next_point_) {
    if (points_[next_point_].priority == kRaise) {
      ++raises_due_;
    } else {
      priority_[highest(alternatives) % kCpusMax] = points_[next_point_].priority;
    }
  }
  if (raises_due_ > 0) {
    const unsigned source = raise_one(alternatives);
    if (source != kRaise) {
      --raises_due_;
      --choice_;  // k counts what the program does by itself
      return source;
    }
  }
  return highest(alternatives);
}

bool Pct::finish() {
  longest_ = std::max(longest_, choice_);
  return ++runs_ < settings_.runs_max;
}

}  // namespace sim
