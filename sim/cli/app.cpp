// SPDX-License-Identifier: MIT
#include "sim/cli/app.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "sim/cli/commands.h"
#include "sim/core/error.h"
#include "sim/run/nearest.h"

namespace cli {

namespace {

// Diagnostics go to stderr, so that stdout holds only what was asked for.
void set_up_diagnostics() {
  auto logger = spdlog::stderr_logger_st("lockstep");
  logger->set_pattern("lockstep: %v");
  logger->set_level(spdlog::level::warn);
  spdlog::set_default_logger(logger);
}

void complain(const std::string& sentence) {
  std::fflush(stdout);
  fmt::print(stderr, "lockstep: {}\n", sentence);
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

std::string with_nearest(const std::string& sentence, const std::string& name,
                         const std::vector<std::string>& candidates, const std::string& otherwise) {
  const std::string near = run::nearest(name, candidates);
  return sentence + (near.empty() ? otherwise : fmt::format("; the nearest is {}", near));
}

// Words that no option and no positional took.
void refuse_leftovers(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    const std::vector<std::string> rest = command->remaining();
    if (rest.empty()) continue;
    const std::string name = rest[0].substr(0, rest[0].find('='));
    const std::string what = fmt::format("{} has no {} \"{}\"", command->get_name(),
                                         name.starts_with("-") ? "option" : "argument", name);
    throw sim::UserError(
        with_nearest(what, name, option_names(*command),
                     fmt::format("; `lockstep {} --help` names them all", command->get_name())));
  }
  const std::vector<std::string> rest = app.remaining();
  if (!rest.empty()) {
    throw sim::UserError(with_nearest(fmt::format("there is no command \"{}\"", rest[0]), rest[0],
                                      command_names(app), "; `lockstep --help` names them all"));
  }
}

int parse_and_act(int argc, char** argv) {
  CLI::App app{"Runs kernel-style C on a simulated SMP machine, forwards and backwards.",
               "lockstep"};
  app.require_subcommand(0, 1);
  app.allow_extras();
  Action action;
  for (const auto add :
       {add_list, add_run, add_replay, add_explore, add_play, add_export, add_bench, add_gui})
    add(app, action);
  for (CLI::App* command : app.get_subcommands({})) command->allow_extras();
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    throw sim::UserError(error.what());
  }
  refuse_leftovers(app);
  if (!action) throw sim::UserError("which command? `lockstep --help` names them all");
  return action();
}

}  // namespace

int main(int argc, char** argv) {
  set_up_diagnostics();
  try {
    return parse_and_act(argc, argv);
  } catch (const sim::UserError& error) {
    if (!error.detail().empty()) fmt::print(stderr, "{}\n", error.detail());
    complain(error.what());
    return kUsage;
  }
}

}  // namespace cli
