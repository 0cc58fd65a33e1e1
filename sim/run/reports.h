// SPDX-License-Identifier: MIT
// Findings that the machine makes itself: the guest's own BUG and WARN, crashes,
// loops without hooks, the step limit. Linux's words where it has them.
#pragma once

#include "cpu/engine.h"
#include "sim/check/finding.h"

namespace run {

class Machine;

check::Finding report_of_guest(const Machine& machine, unsigned cpu, hw_report_kind kind,
                               const char* text, const char* file, unsigned line, uint32_t pc);
check::Finding report_of_fault(const Machine& machine, const cpu::Fault& fault);
check::Finding report_of_limit(const Machine& machine, uint64_t steps);

}  // namespace run
