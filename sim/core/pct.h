// SPDX-License-Identifier: MIT
// Pct: probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi,
// Nagarakatte, ASPLOS 2010): a randomized search with a guarantee.
//
// Each run gives the CPUs random priorities and draws depth - 1 change points
// among the choice points. The highest priority that can step goes; at change
// point i the one that goes falls to priority i, below all initial ones. A bug
// that needs d ordered events is found by a run with probability at least
// 1 / (n * k^(d-1)), for n CPUs and k choice points.
//
// Beyond the paper: k is the longest run so far, and an interrupt is an event
// like another: `interrupts` more points are drawn, at which a source is raised.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/core/prng.h"
#include "sim/core/strategy.h"

namespace sim {

class Pct final : public Strategy {
 public:
  struct Settings {
    uint64_t seed = 1;
    uint64_t runs_max = 1000;
    unsigned depth = 3;
    unsigned interrupts = 1;
  };
  explicit Pct(const Settings& settings) : settings_(settings), seed_(settings.seed) {}

  const char* name() const override { return "pct"; }
  void begin() override;
  unsigned choose(std::span<const Alternative> alternatives) override;
  bool finish() override;

 private:
  static constexpr unsigned kCpusMax = 64;
  struct Point {
    uint64_t at;        // number of the choice point
    unsigned priority;  // that the CPU falls to; kRaise: a source is raised
  };
  static constexpr unsigned kRaise = ~0u;

  unsigned highest(std::span<const Alternative> alternatives) const;
  unsigned raise_one(std::span<const Alternative> alternatives);
  void draw_points();

  const Settings settings_;
  uint64_t seed_;
  Prng prng_{0};
  uint64_t runs_ = 0;
  uint64_t choice_ = 0;        // of the present run
  uint64_t longest_ = 1;       // k
  std::vector<Point> points_;  // in order
  size_t next_point_ = 0;
  unsigned raises_due_ = 0;
  std::array<uint32_t, kCpusMax> priority_{};
};

}  // namespace sim
