// SPDX-License-Identifier: MIT
// Runs other programs (the guest compiler) and keeps what they print.
#pragma once

#include <string>
#include <vector>

namespace run {

struct Command {
  std::vector<std::string> words;  // [0] is looked up in PATH
};

struct Outcome {
  bool found = true;  // false: no such program
  bool success = false;
  std::string output;  // stdout and stderr, in order
};

// At most `parallel` at a time; outcomes in the order of the commands. The
// first failure does not stop the others: their messages are wanted too.
std::vector<Outcome> run_all(const std::vector<Command>& commands, unsigned parallel);

}  // namespace run
