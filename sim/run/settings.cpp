// SPDX-License-Identifier: MIT
#include "sim/run/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "sim/check/suite.h"
#include "sim/core/arbiters.h"
#include "sim/core/error.h"
#include "sim/run/boot_parameters.h"
#include "sim/run/nearest.h"
#include "sim/run/quantity.h"

namespace run {

namespace {

using Names = std::vector<std::string>;
using Setter = void (*)(Config&, std::string_view what, std::string_view text);

constexpr unsigned kCpusMax = 64;  // as HW_CPUS_MAX
const Names kExecutors{"lockstep", "threads"};
const Names kPreempt{"none", "voluntary", "full"};
const Names kSpinlocks{"tas", "ticket", "mcs", "queued"};
const Names kPatterns{"periodic", "poisson", "burst"};

std::string one_of(const Names& names, std::string_view what, std::string_view text) {
  if (std::find(names.begin(), names.end(), text) != names.end()) return std::string(text);
  const std::string near = nearest(text, names);
  throw sim::UserError(fmt::format("{} is one of {}, not \"{}\"{}", what, fmt::join(names, ", "),
                                   text, near.empty() ? "" : fmt::format("; nearest is {}", near)));
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
  });
}

std::pair<std::string, std::string> named_value(std::string_view what, std::string_view text) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos || !is_name(text.substr(0, equals))) {
    throw sim::UserError(fmt::format("{} takes NAME=VALUE, not \"{}\"", what, text));
  }
  return {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

void set_param(Config& config, std::string_view what, std::string_view text) {
  config.params.push_back(named_value(what, text));
}

void set_checks(Config& config, std::string_view what, std::string_view text) {
  const Names& known = check::checker_names();
  if (text != "all" && text != "none")
    for (std::string_view rest = text; !rest.empty();) {
      const size_t comma = std::min(rest.find(','), rest.size());
      one_of(known, what, rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  config.checks = text;
}

void set_boot(Config& config, std::string_view what, std::string_view text) {
  auto setting = named_value(what, text);
  Names known;
  for (const BootParameter& p : boot_parameters()) known.emplace_back(p.name);
  const std::string name = one_of(known, what, setting.first);
  parse_number(fmt::format("{} {}", what, name), setting.second, 0, boot_parameter(name).max);
  config.boot.push_back(std::move(setting));
}

struct SettingRow {
  Setting setting;
  Setter set;
};

const std::vector<SettingRow>& rows() {
  static const std::vector<SettingRow> table{
      {{"cpus", "N", "CPUs of the machine, 1 to 64 (default 2)"},
       [](Config& c, std::string_view what, std::string_view v) {
         c.cpus = static_cast<unsigned>(parse_number(what, v, 1, kCpusMax));
       }},
      {{"seed", "S", "Seed of everything random, a whole number (default 1)"},
       [](Config& c, std::string_view what, std::string_view v) {
         c.seed = parse_number(what, v);
       }},
      {{"executor", "E",
        "What CPUs run on: lockstep (one host thread, can be replayed), threads (one each, truly "
        "parallel; only run; no races) (default lockstep)"},
       [](Config& c, std::string_view what, std::string_view v) {
         c.executor = one_of(kExecutors, what, v);
       }},
      {{"arbiter", "A", "Who goes next: live, random, round_robin, stay, manual (default live)"},
       [](Config& c, std::string_view what, std::string_view v) {
         c.arbiter = one_of(sim::arbiter_names(), what, v);
       }},
      {{"preempt", "M", "Preemption of the kernel: none, voluntary, full (default full)"},
       [](Config& c, std::string_view what, std::string_view v) {
         c.preempt = one_of(kPreempt, what, v);
       }},
      {{"spinlock", "KIND", "How spinlocks are made: tas, ticket, mcs, queued (default queued)"},
       [](Config& c, std::string_view what, std::string_view v) {
         c.spinlock = one_of(kSpinlocks, what, v);
       }},
      {{"steps", "N", "Stop with verdict step-limit after N steps (default 20000000)"},
       [](Config& c, std::string_view what, std::string_view v) {
         c.steps_max = parse_number(what, v, 1);
       }},
      {{"time", "T", "Unload the module at virtual time T, with unit: 5ms (default 1s)"},
       [](Config& c, std::string_view what, std::string_view v) {
         c.time_max_ns = parse_time(what, v);
       }},
      {{"check", "NAME,...",
        fmt::format("Checkers: all, none, or some of {} (default all; explore: all but lockdep "
                    "and race)",
                    fmt::join(check::checker_names(), ","))},
       set_checks},
      {{"boot", "NAME=V",
        "Parameter of the kernel: watchdog_thresh (s, default 10; soft lockup at twice that), "
        "hung_task_timeout_secs (default 120), rcu_cpu_stall_timeout (s, default 21), all 0 for "
        "never; osq (1: mutexes spin, 0: not; default 1)",
        true},
       set_boot},
      {{"param", "NAME=V", "Parameter of the module, as module_param() names it (default: its own)",
        true},
       set_param},
      {{"source", "NAME=RATE[:PATTERN]",
        "Interrupt source, RATE events/s of virtual time; PATTERN: periodic, poisson (default), "
        "burst; or NAME=once@STEP (default: no sources)",
        true},
       [](Config& c, std::string_view what, std::string_view v) {
         c.sources.push_back(parse_source(what, v));
       }},
  };
  return table;
}

}  // namespace

const std::vector<Setting>& settings() {
  static const std::vector<Setting> list = [] {
    std::vector<Setting> all;
    for (const SettingRow& row : rows()) all.push_back(row.setting);
    return all;
  }();
  return list;
}

void set(Config& config, std::string_view name, std::string_view value, std::string_view shown_as) {
  for (const SettingRow& row : rows()) {
    if (row.setting.name == name) {
      row.set(config, shown_as.empty() ? name : shown_as, value);
      return;
    }
  }
  Names names;
  for (const SettingRow& row : rows()) names.push_back(row.setting.name);
  throw sim::UserError(
      fmt::format("there is no setting \"{}\"; there are {}", name, fmt::join(names, ", ")));
}

Source parse_source(std::string_view what, std::string_view text) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos || !is_name(text.substr(0, equals))) {
    throw sim::UserError(
        fmt::format("{} takes NAME=RATE[:PATTERN], like eth0=20000:burst, not \"{}\"", what, text));
  }
  Source source;
  source.name = text.substr(0, equals);
  std::string_view rest = text.substr(equals + 1);
  if (!rest.starts_with("once@")) {
    const size_t colon = rest.find(':');
    source.rate_hz = parse_rate(what, rest.substr(0, colon));
    if (colon == std::string_view::npos) return source;
    rest = rest.substr(colon + 1);
  }
  if (rest.starts_with("once@")) {
    source.pattern = "once";
    source.once_step = parse_number(fmt::format("{} once@STEP", what), rest.substr(5));
  } else {
    source.pattern = one_of(kPatterns, fmt::format("the pattern of {}", what), rest);
  }
  return source;
}

}  // namespace run
