// SPDX-License-Identifier: MIT
// lockstep bench: how fast it is, each number with what it is compared with.
#include "sim/cli/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "sim/cli/app.h"
#include "sim/cli/commands.h"

namespace cli {

namespace {

using Json = nlohmann::ordered_json;

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

void print_json(const std::vector<Measure>& measures) {
  Json list = Json::array();
  for (const Measure& m : measures) {
    list.push_back({{"name", m.name},
                    {"value", m.value},
                    {"unit", m.unit},
                    {"floor", number(m.floor)},
                    {"ratio", number(m.ratio)}});
  }
  fmt::print("{}\n", Json{{"benchmarks", list}}.dump(2));
}

void print_text(const std::vector<Measure>& measures) {
  for (const Measure& m : measures) {
    fmt::print("{:<28} {:>14.4g} {:<4}", m.name, m.value, m.unit);
    if (m.floor) fmt::print("  {:.2f} x {:.4g} {}", *m.ratio, *m.floor, m.unit);
    fmt::print("\n");
  }
}

struct Group {
  const char* name;
  void (*measure)(std::vector<Measure>&);
};

constexpr Group kGroups[] = {
    {"steps", measure_steps},   {"cpus", measure_many_cpus},  {"checks", measure_checks},
    {"resets", measure_resets}, {"search", measure_search},   {"interrupts", measure_interrupts},
    {"back", measure_back},     {"threads", measure_threads},
};

// All groups, or those that are named.
int bench(const std::vector<std::string>& names, bool json, bool gui) {
  std::vector<Measure> measures;
  if (gui) measure_gui(measures);
  for (const Group& group : kGroups) {
    const bool named = std::find(names.begin(), names.end(), group.name) != names.end();
    if (named || (names.empty() && !gui)) group.measure(measures);
  }
  json ? print_json(measures) : print_text(measures);
  return kAsExpected;
}

}  // namespace

void add_bench(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("bench", "Measure the machine, within a minute");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "One JSON object on stdout (default: text)");
  auto gui = std::make_shared<bool>(false);
  command->add_flag("--gui", *gui, "The window instead: frames at 1920x1080 without a GPU");
  auto names = std::make_shared<std::vector<std::string>>();
  std::vector<std::string> known;
  for (const Group& group : kGroups) known.emplace_back(group.name);
  command->add_option("GROUP", *names, "Only these (default all)")->check(CLI::IsMember(known));
  command->callback([&action, json, gui, names] {
    action = [json, gui, names] { return bench(*names, *json, *gui); };
  });
}

}  // namespace cli
