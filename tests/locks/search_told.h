// SPDX-License-Identifier: MIT
// How a search went, in words for a failed test.
#pragma once

#include <string>

#include "sim/run/explore.h"

namespace locks_test {

inline std::string told(const run::ExploreResult& result) {
  std::string text =
      std::to_string(result.schedules) + " schedules, " + std::to_string(result.cut) + " cut";
  for (const check::Finding& finding : result.findings) text += "\n" + finding.text;
  return text;
}

}  // namespace locks_test
