// SPDX-License-Identifier: MIT
// The settings of a run by name, as text: one table for the command's options,
// for a lesson's front matter and for the window.
//
//   set(config, "cpus", "4");
//   set(config, "source", "eth0=20k:burst");   // adds to the list
//
// A bad value throws sim::UserError: one sentence that begins with `shown_as`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/run/config.h"

namespace run {

struct Setting {
  std::string name;   // "cpus"
  std::string shape;  // what is expected, for help: "N", "5ms", "NAME=RATE[:PATTERN]"
  std::string help;   // meaning, unit and default
  bool many = false;  // may be given several times; each adds
};

const std::vector<Setting>& settings();

// Throws sim::UserError also for an unknown name. shown_as: empty for the name.
void set(Config& config, std::string_view name, std::string_view value,
         std::string_view shown_as = {});

// "NAME=RATE[:periodic|poisson|burst]" or "NAME=once@STEP" or "NAME=RATE:once@STEP".
Source parse_source(std::string_view what, std::string_view text);

}  // namespace run
