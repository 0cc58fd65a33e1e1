// SPDX-License-Identifier: MIT
// All checkers by name: what `--check NAME,...` can choose from.
//
// One line a checker in suite.cpp. The deadlock checker is not in the list: it
// is part of every machine.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/check/checker.h"
#include "sim/check/limits.h"

namespace check {

// In the order in which they see events.
const std::vector<std::string>& checker_names();

// Names, with commas between, of those that tell what did happen. The others
// foretell what another order could do, which a search reaches itself.
std::string checks_of_what_happened();

// `which`: "all", "none", or names with commas between. Throws sim::UserError
// for a name that does not exist.
std::vector<std::unique_ptr<Checker>> make_checkers(std::string_view which, const Limits& limits,
                                                    sim::Arena& arena, Bench& bench);

}  // namespace check
