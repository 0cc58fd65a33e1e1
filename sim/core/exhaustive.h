// SPDX-License-Identifier: MIT
// Exhaustive: every schedule within bounds, each exactly once, depth first.
//
// A bound limits how many preemptions and how many raised interrupts one
// schedule has; switches from an actor that can't go on are free (iterative
// context bounding, Musuvathi and Qadeer 2007). The search keeps only the path
// to the present: memory grows with the length of a run, not with their number.
//
//   root -a- . -a- .        a schedule is the list of answers where there was
//          \b- . -a- .      more than one; the next one changes the last answer
//               \c- .       that has an affordable alternative left.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/strategy.h"

namespace sim {

struct SearchBounds {
  unsigned preemptions = 0;
  unsigned interrupts = 0;
};

class Exhaustive final : public Strategy {
 public:
  explicit Exhaustive(SearchBounds bounds) : bounds_(bounds) {}

  const char* name() const override { return "exhaustive"; }
  void begin() override;
  unsigned choose(std::span<const Alternative> alternatives) override;
  bool finish() override;

  // What the present run has spent.
  SearchBounds spent() const { return spent_; }
  // Whether a larger bound of that kind would show more.
  bool cut_by_preemptions() const { return cut_preemptions_; }
  bool cut_by_interrupts() const { return cut_interrupts_; }
  // Share of the tree that is done, 0 to 1, as if its branches were equal.
  double progress() const;

 private:
  struct Node {
    uint32_t first;  // its alternatives: [first, first + count) of all_
    uint16_t count;  // affordable ones only
    uint16_t taken;  // the one of the present run
  };
  bool affordable(const Alternative& alternative);

  const SearchBounds bounds_;
  SearchBounds spent_;
  std::vector<Node> path_;        // nodes with more than one of them
  std::vector<Alternative> all_;  // of the nodes of the path, in order
  size_t depth_ = 0;              // nodes of the path that the run has passed
  bool cut_preemptions_ = false, cut_interrupts_ = false;
};

}  // namespace sim
