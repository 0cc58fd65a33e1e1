// SPDX-License-Identifier: MIT
// One event of the trace in a few words: "takes &s.a", "counter 4 -> 5".
#pragma once

#include <string>

#include "sim/core/event.h"
#include "sim/run/run_view.h"

namespace run {

// An event of a lane, except waiting for a lock: who holds it is not in the
// event. Empty: it means nothing by itself (a lock wanted and then taken).
std::string event_text(const RunView& view, const sim::Event& event);

// A step, with the values that it saw and left.
std::string step_text(const RunView& view, const sim::Event& event);
// As the lanes choose: a step or what it meant.
bool is_step(const sim::Event& event);

// "&s.b (held by CPU 1 ba/1)" needs the second half from elsewhere; this is
// the first: the lock, and " for reading".
std::string lock_text(const RunView& view, uint32_t lock, unsigned read);

// A function's or callback's name by its address.
std::string function_text(const RunView& view, uint64_t address);

// "broken.c:31", without folders; empty: unknown.
std::string place_text(const RunView& view, const sim::Event& event);

// "1.204us", always three decimals.
std::string time_text(uint64_t ns);

}  // namespace run
