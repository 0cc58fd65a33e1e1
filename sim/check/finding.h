// SPDX-License-Identifier: MIT
// A finding: something that guest code did wrong, told three ways.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace check {

struct Finding {
  // "deadlock", "livelock", "oops", "bug", "lock-order", "context",
  // "data-race", "use-after-free", "invariant", "stall".
  std::string kind;
  std::string title;    // the line that one greps for in dmesg
  std::string text;     // the whole report, Linux's words, many lines
  std::string explain;  // plain language, one paragraph
  unsigned cpu = 0;
  std::string task;  // "comm/pid"
  uint64_t step = 0;
  uint64_t time_ns = 0;
  std::vector<std::string> locks;  // names of the locks involved
  std::vector<uint64_t> steps;     // the witness: steps that prove it
  bool fatal = false;              // the machine stopped here
};

}  // namespace check
