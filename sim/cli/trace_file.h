// SPDX-License-Identifier: MIT
// The trace as lines of text, for other programs: --trace-out.
//
// One event a line, fields separated by tabs, in the order of the run; the
// first line names the fields: step time_ns cpu context event object arg pc
// text where. object and pc are hexadecimal, event is the number in
// cpu/events.h. Single steps are there as far back as the trace still has them.
#pragma once

#include "sim/cli/output_file.h"
#include "sim/run/session.h"

namespace cli {

// Writes and commits.
void write_trace(const run::Session& session, OutputFile& file);

}  // namespace cli
