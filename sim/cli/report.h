// SPDX-License-Identifier: MIT
// The result of a run, for people (text) and for machines (one JSON object).
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "sim/run/session.h"

namespace cli {

struct Result {
  const run::Session& session;
  std::string expected;  // verdict
  std::string replay;    // the command that makes this run again

  bool as_expected() const { return session.verdict() == expected; }
};

using Json = nlohmann::ordered_json;

// Keys: verdict expected findings log steps time_ns trace_hash schedule cpus
// stats, and program, replay. `log` has lines as dmesg prints them, `schedule`
// the schedule file's text; it and trace_hash are null for a run on threads.
Json to_json(const Result& result);
// As it is printed. Guest text may hold any bytes: what is no UTF-8 is replaced.
std::string json_text(const Json& json);

// Kernel log, findings in Linux's words with their explanation, the verdict.
std::string to_text(const Result& result);

// "[    0.001234] text", as dmesg prints it.
std::string log_line(const run::LogLine& line);

// "1.234 ms": virtual time in the unit that suits it.
std::string time_text(uint64_t ns);

}  // namespace cli
