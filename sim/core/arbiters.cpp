// SPDX-License-Identifier: MIT
#include "sim/core/arbiters.h"

#include "sim/core/error.h"
#include "sim/core/random_arbiter.h"
#include "sim/core/round_robin_arbiter.h"
#include "sim/core/stay_arbiter.h"

namespace sim {

const std::vector<std::string>& arbiter_names() {
  static const std::vector<std::string> names = {"live", "random", "round_robin",
                                                 "stay", "manual", "replay"};
  return names;
}

std::unique_ptr<Arbiter> make_arbiter(const std::string& name, Arena& arena, uint64_t seed) {
  if (name == "live" || name == "manual" || name == "replay") return nullptr;
  if (name == "random") return std::make_unique<RandomArbiter>(arena, seed);
  if (name == "round_robin") return std::make_unique<RoundRobinArbiter>();
  if (name == "stay") return std::make_unique<StayArbiter>();
  std::string all;
  for (const std::string& known : arbiter_names()) all += (all.empty() ? "" : ", ") + known;
  throw UserError("there is no arbiter \"" + name + "\"; there are " + all);
}

}  // namespace sim
