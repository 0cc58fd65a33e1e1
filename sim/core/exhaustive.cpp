// SPDX-License-Identifier: MIT
#include "sim/core/exhaustive.h"

#include "sim/core/error.h"

namespace sim {

void Exhaustive::begin() {
  depth_ = 0;
  spent_ = {};
}

bool Exhaustive::affordable(const Alternative& alternative) {
  if (spent_.preemptions + alternative.preemptions > bounds_.preemptions) {
    cut_preemptions_ = true;
    return false;
  }
  if (spent_.interrupts + alternative.interrupts > bounds_.interrupts) {
    cut_interrupts_ = true;
    return false;
  }
  return true;
}

// A choice with nothing else affordable is none, and is not on the path. What is
// affordable depends only on what was chosen before, so it stays that way when
// the run is repeated.
unsigned Exhaustive::choose(std::span<const Alternative> alternatives) {
  SIM_ASSERT(!alternatives.empty());
  SIM_ASSERT(alternatives[0].preemptions == 0 && alternatives[0].interrupts == 0);
  const size_t first = all_.size();
  for (const Alternative& alternative : alternatives) {
    if (affordable(alternative)) all_.push_back(alternative);
  }
  const size_t count = all_.size() - first;
  const bool repeated = depth_ < path_.size();
  if (repeated || count == 1) all_.resize(first);
  if (count == 1) return alternatives[0].actor;
  if (!repeated) {
    path_.push_back({static_cast<uint32_t>(first), static_cast<uint16_t>(count), 0});
  }
  const Node& node = path_[depth_++];
  SIM_ASSERT(node.count == count);
  const Alternative chosen = all_[node.first + node.taken];
  spent_.preemptions += chosen.preemptions;
  spent_.interrupts += chosen.interrupts;
  return chosen.actor;
}

bool Exhaustive::finish() {
  SIM_ASSERT(depth_ == path_.size());
  while (!path_.empty()) {
    Node& node = path_.back();
    if (++node.taken < node.count) return true;
    all_.resize(node.first);
    path_.pop_back();
  }
  return false;
}

double Exhaustive::progress() const {
  double done = 0, share = 1;
  for (const Node& node : path_) {
    share /= node.count;
    done += share * node.taken;
  }
  return done;
}

}  // namespace sim
