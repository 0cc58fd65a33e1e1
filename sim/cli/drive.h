// SPDX-License-Identifier: MIT
// Drives a session to its end and reports: what `run` and `replay` share.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "sim/cli/output_file.h"
#include "sim/cli/report.h"
#include "sim/run/session.h"

namespace cli {

struct OutputOptions {
  bool json = false, text = false;
  std::string lanes = "30";  // rows, "all" or "none"
  std::string schedule_out, trace_out;
  std::vector<std::string> proc;  // views to print at the end
};

void add_output_options(CLI::App& command, OutputOptions& options);

// The files of the options, opened before anything runs.
struct Outputs {
  explicit Outputs(const OutputOptions& options);
  MaybeOutput schedule, trace;
  uint64_t lane_rows = 0;  // the last so many; UINT64_MAX: all
};

// To the end of the run. It goes on after a finding where the machine can, but
// not after one that says that it will get no further (a deadlock, an oops).
void run_to_end(run::Session& session);

// Prints, writes the outputs, returns the exit status. A result that was not
// expected prints on stderr the command that replays it. `more` joins the JSON.
int report(const run::Session& session, const std::string& expected, const std::string& replay,
           const OutputOptions& options, Outputs& outputs, const Json& more = Json::object());

}  // namespace cli
