// SPDX-License-Identifier: MIT
#include "sim/cli/drive.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/cli/app.h"
#include "sim/cli/history.h"
#include "sim/cli/target.h"
#include "sim/cli/trace_file.h"
#include "sim/run/executor.h"
#include "sim/run/proc.h"
#include "sim/run/quantity.h"

namespace cli {

namespace {

bool ends_the_run(const check::Finding& finding) {
  return finding.fatal || finding.kind == "deadlock" || finding.kind == "livelock";
}

uint64_t parse_lanes(const std::string& text) {
  if (text == "all") return UINT64_MAX;
  if (text == "none") return 0;
  return run::parse_number("--lanes (all, none or rows)", text);
}

}  // namespace

void add_output_options(CLI::App& command, OutputOptions& options) {
  CLI::Option* json =
      command.add_flag("--json", options.json, "One JSON object on stdout (default: text)");
  command.add_flag("--text", options.text, "Text for people on stdout (the default)")
      ->excludes(json);
  command
      .add_option("--lanes", options.lanes,
                  "Rows of the lanes before the end: a number, all or none (default 30)")
      ->type_name("ROWS");
  command
      .add_option("--schedule-out", options.schedule_out,
                  "Write the schedule, for `lockstep replay` (default: nowhere)")
      ->type_name("FILE");
  command
      .add_option("--trace-out", options.trace_out,
                  "Write every event as a line of text (default: nowhere)")
      ->type_name("FILE");
  command
      .add_option("--proc", options.proc,
                  fmt::format("A view of /proc at the end: {} (default: none)",
                              fmt::join(run::proc_names(), ", ")))
      ->type_name("NAME")
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->each([](const std::string& name) { run::check_proc_name(name); });
}

Outputs::Outputs(const OutputOptions& options) : lane_rows(parse_lanes(options.lanes)) {
  open_if_named(schedule, "--schedule-out", options.schedule_out);
  open_if_named(trace, "--trace-out", options.trace_out);
}

void run_to_end(run::Session& session) {
  run::Stop stop = run::Stop::kFinding;
  for (size_t known = 0; stop == run::Stop::kFinding; stop = session.run({})) {
    const std::vector<check::Finding>& findings = session.findings();
    for (; known < findings.size(); ++known) {
      if (ends_the_run(findings[known])) return;
    }
  }
}

int report(const run::Session& session, const std::string& expected, const std::string& replay,
           const OutputOptions& options, Outputs& outputs, const Json& more) {
  const Result result{
      session, expected,
      options.schedule_out.empty() ? replay : "lockstep replay " + quoted(options.schedule_out)};
  if (outputs.schedule) {
    outputs.schedule->write(session.schedule());
    outputs.schedule->commit();
  }
  if (outputs.trace) write_trace(session, *outputs.trace);
  const bool clean = session.verdict() == "clean";
  if (!options.json && outputs.lane_rows > 0) {
    fmt::print("{}\n", history_text(session, 0, outputs.lane_rows, terminal_columns()));
  }
  Json json = options.json ? to_json(result) : Json();
  if (options.json) json.update(more);
  for (const std::string& name : options.proc) {
    const std::string text = run::proc_text(session, name);
    if (options.json) {
      json["proc"][name] = text;
    } else {
      fmt::print("/proc/{}\n{}\n", name, text);
    }
  }
  fmt::print("{}", options.json ? json_text(json) : to_text(result));
  std::fflush(stdout);
  if (!clean) {
    fmt::print(stderr, "{}: {}\n", run::repeats(session.config()) ? "replay" : "again",
               result.replay);
  }
  return result.as_expected() ? kAsExpected : kNotExpected;
}

}  // namespace cli
