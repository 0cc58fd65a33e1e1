// SPDX-License-Identifier: MIT
#include "sim/check/suite.h"

#include <algorithm>
#include <type_traits>

#include "sim/check/context.h"
#include "sim/check/lifetime.h"
#include "sim/check/lockdep.h"
#include "sim/check/lockup.h"
#include "sim/check/objects.h"
#include "sim/check/race.h"
#include "sim/check/rcu.h"
#include "sim/core/error.h"

namespace check {

namespace {

struct Entry {
  const char* name;
  std::unique_ptr<Checker> (*make)(const Limits&, sim::Arena&, Bench&);
  bool foretells = false;  // what some other order of the same steps would do
};

template <typename T>
std::unique_ptr<Checker> make(const Limits& limits, sim::Arena& arena, Bench& bench) {
  if constexpr (std::is_constructible_v<T, sim::Arena&, Bench&, const Limits&>)
    return std::make_unique<T>(arena, bench, limits);
  else
    return std::make_unique<T>(arena, bench);
}

constexpr Entry kCheckers[] = {
    {"lockdep", make<Lockdep>, true}, {"context", make<Context>},
    {"memory", make<Lifetime>},       {"rcu", make<Rcu>},
    {"lockup", make<Lockup>},         {"race", make<Race>, true},
    {"objects", make<Objects>},
};

}  // namespace

const std::vector<std::string>& checker_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Entry& entry : kCheckers) all.emplace_back(entry.name);
    return all;
  }();
  return names;
}

std::string checks_of_what_happened() {
  std::string names;
  for (const Entry& entry : kCheckers)
    if (!entry.foretells) names += (names.empty() ? "" : ",") + std::string(entry.name);
  return names;
}

std::vector<std::unique_ptr<Checker>> make_checkers(std::string_view which, const Limits& limits,
                                                    sim::Arena& arena, Bench& bench) {
  std::vector<std::string> wanted;
  if (which == "all") wanted = checker_names();
  while (which != "all" && which != "none" && !which.empty()) {
    const size_t comma = std::min(which.find(','), which.size());
    wanted.emplace_back(which.substr(0, comma));
    which.remove_prefix(std::min(comma + 1, which.size()));
  }
  std::vector<std::unique_ptr<Checker>> made;
  for (const std::string& name : wanted)
    if (std::find(checker_names().begin(), checker_names().end(), name) == checker_names().end())
      throw sim::UserError("there is no checker called \"" + name + "\"");
  for (const Entry& entry : kCheckers)
    if (std::find(wanted.begin(), wanted.end(), entry.name) != wanted.end())
      made.push_back(entry.make(limits, arena, bench));
  return made;
}

}  // namespace check
