// SPDX-License-Identifier: MIT
// One function a command; each lives in the file named for it, run.cpp and so on.
//
// It adds its subcommand to the parser. When that one was given, its callback
// sets `action`, which runs after the whole command line was found to be good
// and returns the exit status. A new command: one file, one line here and one
// in app.cpp.
#pragma once

#include <CLI/App.hpp>
#include <functional>

namespace cli {

using Action = std::function<int()>;

void add_list(CLI::App& app, Action& action);
void add_run(CLI::App& app, Action& action);
void add_replay(CLI::App& app, Action& action);
void add_play(CLI::App& app, Action& action);
void add_bench(CLI::App& app, Action& action);
void add_explore(CLI::App& app, Action& action);
void add_export(CLI::App& app, Action& action);
void add_gui(CLI::App& app, Action& action);

}  // namespace cli
