// SPDX-License-Identifier: MIT
// What the window knows of the machine: a copy, taken while the machine's
// thread stood still. Panels read this and the timeline index, nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/check/finding.h"
#include "sim/run/session.h"

namespace gui {

struct Message {
  std::string sentence;  // what is wrong and what to do
  std::string detail;    // a compiler's own words, may be empty
};

// A report of what might go wrong, or did without breaking anything yet: the
// machine goes on after it, as Linux does.
inline bool is_warning(const check::Finding& f) {
  return f.kind == "lock-order" || f.kind == "data-race" || f.kind == "context";
}

struct Published {
  uint64_t epoch = 0;  // grows when another program is opened
  bool open = false;   // there is a machine
  bool playing = false;
  std::string busy;  // "Compiling ab-ba/broken", empty: idle
  Message error;     // empty sentence: none

  std::string name;                  // "ab-ba/broken"
  std::vector<std::string> sources;  // paths of the C files
  run::Config config;
  run::Position position, furthest;
  bool finished = false;
  std::string verdict;
  std::vector<check::Finding> findings;
  std::vector<run::LogLine> log;
  std::vector<run::CpuView> cpus;    // as it stands at `position`
  std::vector<run::ApicView> apics;  // by CPU
  std::vector<run::SourceView> sources_now;
  // lockdep's order graph as text (gui/model/ordergraph.h), and its state then.
  std::string lock_order, lock_order_state;
  std::vector<run::Option> options;  // who may go next
};

}  // namespace gui
