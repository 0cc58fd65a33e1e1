// SPDX-License-Identifier: MIT
// What happened, as the lanes show it, and the places in it that matter.
#pragma once

#include <cstdint>
#include <string>

#include "sim/run/session.h"

namespace cli {

// The last `rows` rows of the lanes since step `from`: every step if there are
// no more of them than that, else what the user's code does.
std::string history_text(const run::Session& session, uint64_t from, uint64_t rows,
                         unsigned columns = 100);

// Of the terminal; 100 if stdout is none.
unsigned terminal_columns();

// Leaves a fresh session where module_init has just returned and the module's
// threads stand before their first instruction; at the end if it never does.
void skip_boot(run::Session& session);

}  // namespace cli
