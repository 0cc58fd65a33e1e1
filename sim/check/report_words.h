// SPDX-License-Identifier: MIT
// Words that many of Linux's reports share.
#pragma once

#include <string>

#include "sim/check/checker.h"

namespace check {

// What Linux prints as release, version and taint: "<ident> Not tainted".
constexpr const char* kKernelIdent = "6.1.0-lockstep #1";

// A guest string, at most `max` characters; empty if unreadable.
std::string guest_string(const Bench& bench, uint32_t address, size_t max = 64);
// "=====" and "-----" of a given length.
std::string rule(unsigned width, char c = '=');
// `spaces` blanks, then one "f+0x1/0x20" a line.
std::string trace_lines(const Bench& bench, const uint32_t* pcs, unsigned count, unsigned spaces);
// dump_stack() of what runs on that CPU now.
std::string dump_stack(const Bench& bench, unsigned cpu);
// The innermost call site in the user's image; pcs[0] (or `otherwise`) if none.
uint32_t blame(const uint32_t* pcs, unsigned count, uint32_t otherwise = 0);
uint32_t blame_now(const Bench& bench, unsigned cpu, uint32_t otherwise);
// An empty line, rule, title, ident, rule of '-': the box around a title.
std::string box(const std::string& title, unsigned width);
// comm and pid of "comm/pid".
std::string comm_of(const std::string& task_name);
std::string pid_of(const std::string& task_name);
// Fills in who and when.
void sign(Finding& f, const Bench& bench, unsigned cpu);

}  // namespace check
