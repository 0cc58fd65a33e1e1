// SPDX-License-Identifier: MIT
// The command line: `lockstep COMMAND ...`.
//
// Exit status: 0 the expected verdict, 1 not, 2 usage. What the user got wrong
// is one sentence on stderr that begins with "lockstep: ", after a tool's own
// messages if it was a tool that complained; nothing is written then.
#pragma once

#include <string>
#include <vector>

namespace cli {

constexpr int kAsExpected = 0, kNotExpected = 1, kUsage = 2;

int main(int argc, char** argv);

}  // namespace cli
