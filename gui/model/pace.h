// SPDX-License-Identifier: MIT
// How many events a frame may bring into the index, so that it stays a frame.
//
// It learns what an event costs here and now. While the machine runs the index
// may lag (the window says so); once it rests, the rest is fetched faster.
#pragma once

#include <algorithm>
#include <cstddef>

namespace gui {

class Pace {
 public:
  static constexpr double kRunningMs = 1.5, kRestingMs = 8;  // CPU time of a frame
  static constexpr size_t kLeast = 4'000;

  size_t events(bool running) const {
    const double ms = running ? kRunningMs : kRestingMs;
    return std::max(kLeast, static_cast<size_t>(ms * 1e6 / ns_per_event_));
  }
  // So many events took so long. Few of them say nothing.
  void took(size_t events, double ms) {
    if (events < kLeast / 2) return;
    const double ns = std::clamp(ms * 1e6 / static_cast<double>(events), 10.0, 2000.0);
    ns_per_event_ += (ns - ns_per_event_) * (ns > ns_per_event_ ? 0.5 : 0.1);
  }

 private:
  double ns_per_event_ = 80;  // costs that rise are believed sooner than those that fall
};

}  // namespace gui
