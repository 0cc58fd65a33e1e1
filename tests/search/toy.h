// SPDX-License-Identifier: MIT
// A toy machine for searches: CPUs that are lists of steps over a few cells.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/core/arbiter.h"
#include "sim/core/strategy.h"

namespace sim {

struct ToyState {
  int cell[4] = {};
  int reg[4][4] = {};  // [cpu][register]
};

struct ToyStep {
  std::function<void(ToyState&)> run;
  std::function<bool(const ToyState&)> enabled = [](const ToyState&) { return true; };
};

using ToyCpu = std::vector<ToyStep>;

struct Toy {
  std::vector<ToyCpu> cpus;
  unsigned raises = 0;  // how often source 0 may be raised
  std::function<void(ToyState&)> handler = nullptr;

  struct Run {
    ToyState state;
    std::string schedule;  // "0011", 'i' for the interrupt
    unsigned preemptions = 0;
    bool stuck = false;
  };

  static constexpr unsigned kNobody = 99;

  // One run from the root, every step a choice point.
  Run run(Strategy& strategy) const {
    Run run;
    std::vector<size_t> at(cpus.size());
    unsigned current = kNobody, raised = 0;  // who goes first is free
    strategy.begin();
    for (;;) {
      std::vector<Alternative> alternatives;
      const auto enabled = [&](unsigned c) {
        return c < cpus.size() && at[c] < cpus[c].size() && cpus[c][at[c]].enabled(run.state);
      };
      const uint8_t price = enabled(current) ? 1 : 0;
      if (price) alternatives.push_back({static_cast<uint16_t>(current)});
      for (unsigned c = 0; c < cpus.size(); ++c) {
        if (c != current && enabled(c)) {
          const bool is_default = alternatives.empty();
          alternatives.push_back({static_cast<uint16_t>(c), is_default ? uint8_t{0} : price, 0});
        }
      }
      if (alternatives.empty()) break;
      if (raised < raises) alternatives.push_back({kSourceBase, 0, 1});
      const unsigned actor = strategy.choose(alternatives);
      if (actor == kSourceBase) {
        ++raised;
        handler(run.state);
        run.schedule += 'i';
        continue;
      }
      if (price && actor != current) ++run.preemptions;
      run.schedule += static_cast<char>('0' + actor);
      cpus[actor][at[actor]++].run(run.state);
      current = actor;
    }
    for (unsigned c = 0; c < cpus.size(); ++c) run.stuck = run.stuck || at[c] < cpus[c].size();
    return run;
  }
};

inline ToyCpu nops(size_t n) {
  return ToyCpu(n, ToyStep{[](ToyState&) {}});
}

}  // namespace sim
