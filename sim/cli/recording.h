// SPDX-License-Identifier: MIT
// A schedule file opened: the run that it holds, made again.
#pragma once

#include <memory>
#include <string>

#include "sim/run/session.h"

namespace cli {

struct Recording {
  std::unique_ptr<run::Session> session;  // at the step at which it was written
  std::string expected;                   // verdict: a lesson's, or "clean"
};

// Whether the file's first words are a schedule's; false if it is none at all.
bool is_schedule_file(const std::string& path);

// Throws sim::UserError: unreadable, truncated, made with another program. A
// replay that comes to another trace is the simulator's fault: it asserts.
Recording open_recording(const std::string& path);

}  // namespace cli
