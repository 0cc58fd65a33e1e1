// SPDX-License-Identifier: MIT
// lockstep explore: search for the interleaving in which a program fails.
#include "sim/run/explore.h"

#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "sim/cli/app.h"
#include "sim/cli/commands.h"
#include "sim/cli/drive.h"
#include "sim/cli/recording.h"
#include "sim/cli/report.h"
#include "sim/cli/target.h"
#include "sim/core/error.h"
#include "sim/run/executor.h"
#include "sim/run/lesson.h"
#include "sim/run/quantity.h"
#include "sim/run/schedule.h"

namespace cli {

namespace {

struct ExploreOptions {
  TargetOptions target;
  OutputOptions output;
  std::string strategy = "exhaustive", points = "user", limit = "30s";
  std::string preemptions = "2", irqs = "1";
};

constexpr unsigned kBoundMax = 1000;

std::string one_of(const char* what, const std::string& text, std::vector<std::string> names) {
  if (std::find(names.begin(), names.end(), text) != names.end()) return text;
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  throw sim::UserError(fmt::format("{} is one of {}, not \"{}\"", what, list, text));
}

// "5000" schedules, or "10s" of search.
void set_limit(run::ExploreOptions& to, const std::string& text) {
  if (text.ends_with("s")) {
    to.seconds_max = static_cast<double>(run::parse_time("--limit", text)) / 1e9;
  } else {
    to.schedules_max = run::parse_number("--limit (schedules, or seconds as 10s)", text, 1);
  }
}

run::ExploreOptions search_options(const ExploreOptions& options) {
  run::ExploreOptions to;
  to.strategy = one_of("--strategy", options.strategy, {"exhaustive", "random", "pct"});
  to.every_step = one_of("--points", options.points, {"user", "all"}) == "all";
  const auto bound = [](const char* what, const std::string& text) {
    return static_cast<unsigned>(run::parse_number(what, text, 0, kBoundMax));
  };
  to.preemptions_max = bound("--preemptions", options.preemptions);
  to.interrupts_max = bound("--irqs", options.irqs);
  set_limit(to, options.limit);
  return to;
}

bool show_progress(const run::ExploreProgress& progress) {
  const double speed =
      progress.seconds > 0 ? static_cast<double>(progress.schedules) / progress.seconds : 0;
  fmt::print(stderr, "\r{} schedules, {:.0f}/s, preemption bound {}: {:.0f}% ", progress.schedules,
             speed, progress.bound, 100 * progress.done);
  return true;
}

run::ExploreResult search(const Target& target, const run::ExploreOptions& options) {
  run::Explorer explorer(target.program, target.config, options);
  const bool terminal = isatty(STDERR_FILENO) != 0;
  if (terminal) explorer.on_progress(show_progress);
  run::ExploreResult result = explorer.run();
  if (terminal) fmt::print(stderr, "\r{:78}\r", "");
  return result;
}

// The failing run, made again as a session that stands at its end.
std::unique_ptr<run::Session> failing_run(const Target& target, const run::ExploreResult& result) {
  run::Schedule schedule = run::schedule_of(target.program);
  schedule.config = result.config;
  for (const cpu::Deviation& d : result.deviations) {
    schedule.deviations.push_back({d.choice, d.actor});
  }
  schedule.end_step = result.step;
  schedule.trace_hash = "0000000000000000";  // not known before it is run
  auto session = run::Session::replay(run::schedule_text(schedule),
                                      [&](const std::string&) { return target.program; });
  run_to_end(*session);
  return session;
}

Json search_json(const run::ExploreResult& result, const run::ExploreOptions& options) {
  return {{"strategy", options.strategy},
          {"found", result.found},
          {"schedules", result.schedules},
          {"runs", result.runs},
          {"preemptions", result.bound},
          {"irqs", options.interrupts_max},
          {"complete", result.complete()},
          {"finished", result.finished},
          {"seconds", result.seconds},
          {"steps", result.steps},
          {"covered", coverage_text(result, options)}};
}

int report_nothing(const Target& target, const run::ExploreResult& result,
                   const run::ExploreOptions& options, bool json) {
  const bool expected = target.expected == "clean";
  if (json) {
    fmt::print("{}", json_text({{"program", target.program.name},
                                {"verdict", "clean"},
                                {"expected", target.expected},
                                {"findings", Json::array()},
                                {"cpus", target.config.cpus},
                                {"search", search_json(result, options)}}));
  } else {
    fmt::print("{}: no failure found{}\ncovered: {}\n", target.program.name,
               expected ? "" : fmt::format(", but expected {}", target.expected),
               coverage_text(result, options));
  }
  return expected ? kAsExpected : kNotExpected;
}

int explore(const ExploreOptions& options) {
  const run::ExploreOptions bounds = search_options(options);
  const Target target = open_target(options.target);
  run::require_repeats(target.config, "explore");
  Outputs outputs(options.output);
  const run::ExploreResult result = search(target, bounds);
  if (!result.found) return report_nothing(target, result, bounds, options.output.json);
  const std::unique_ptr<run::Session> session = failing_run(target, result);
  const std::string again = command_for(options.target, "explore");
  if (!options.output.json) {
    fmt::print("found by schedule {}: {}\n\n", result.runs, coverage_text(result, bounds));
  }
  return report(*session, target.expected, again, options.output, outputs,
                {{"search", search_json(result, bounds)}});
}

void add_search_options(CLI::App& command, ExploreOptions& options) {
  const auto add = [&](const char* name, std::string& to, const char* shape, const char* help) {
    command.add_option(name, to, help)->type_name(shape);
  };
  add("--strategy", options.strategy, "S",
      "How to search: exhaustive within the bounds, random, pct (default exhaustive)");
  add("--preemptions", options.preemptions, "K",
      "Largest number of preemptions in a schedule, ticks that switch tasks among them; 0, 1, ... "
      "are tried first (default 2)");
  add("--irqs", options.irqs, "K", "Interrupts that the search may raise a schedule (default 1)");
  add("--points", options.points, "P",
      "Where others may go on: user (the module's accesses, locks) or all steps (default user)");
  add("--limit", options.limit, "N|TIME",
      "End after N schedules, or after that much of your time, like 10s (default 30s)");
}

}  // namespace

void add_explore(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("explore", "Search for the interleaving that fails");
  auto options = std::make_shared<ExploreOptions>();
  add_target_options(*command, options->target);
  add_search_options(*command, *options);
  add_output_options(*command, options->output);
  command->callback([&action, options] { action = [options] { return explore(*options); }; });
}

}  // namespace cli
