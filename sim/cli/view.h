// SPDX-License-Identifier: MIT
// A machine that stands still, described in text: what `play` prints.
#pragma once

#include <string>
#include <vector>

#include "sim/core/event.h"
#include "sim/run/session.h"

namespace cli {

inline const char* level_name(sim::Level level) {
  constexpr const char* kNames[] = {"task", "softirq", "hardirq", "nmi"};
  return kNames[static_cast<unsigned>(level)];
}

// One line a CPU: its task, its next operation, the line of the user's code.
std::string where_text(const run::Session& session);

// The call stack of one CPU, innermost first.
std::string stack_text(const run::Session& session, unsigned cpu);

// Held and waited-for locks, one line each.
std::string locks_text(const run::Session& session);

// Scalars of the named global variables (all of the module's if none), one
// "name = value" a line. A name that is none is answered with the nearest.
std::string values_text(const run::Session& session, const std::vector<std::string>& names);

// What may go next, numbered as `pick` takes it.
std::string options_text(const run::Session& session);

std::string findings_text(const run::Session& session);
std::string log_text(const run::Session& session);

}  // namespace cli
