// SPDX-License-Identifier: MIT
// What happened, as the lanes show it, and the places in it that matter.
#pragma once

#include <cstdint>
#include <string>

#include "sim/run/session.h"

namespace cli {

// The last `rows` rows of the lanes since step `from`.
std::string history_text(const run::Session& session, uint64_t from, uint64_t rows);

// Leaves a fresh session where module_init has just returned and the module's
// threads stand before their first instruction; at the end if it never does.
void skip_boot(run::Session& session);

}  // namespace cli
