// SPDX-License-Identifier: MIT
// /proc of the guest, as text in Linux's format.
//
// Every view is made from the trace and so costs the guest nothing: no counter in
// it, no step, and the same run gives the same text. Where the trace's oldest part
// was dropped for want of memory, the counts are those of what is left.
//
//   interrupts  how often each line and vector was handled, by CPU
//   softirqs    how often each softirq ran, by CPU
//   stat        time of each CPU in 1/100 s of virtual time, switches, tasks
//   lock_stat   waits and holds of each class of locks (sim/check/lock_stat.h)
//   lockdep_stats  what the validator knows, and how much it could (made by it)
//   schedstat   what tasks ran and waited for their turn, by CPU (proc_views.h)
//   locks       who holds a lock at this moment, and who waits for it
//   rcu         grace periods and callbacks (Unlike Linux: one file for all)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/run/session.h"

namespace run {

const std::vector<std::string>& proc_names();
// Throws sim::UserError for a name that is none of them.
void check_proc_name(std::string_view name);
std::string proc_text(const Session& session, std::string_view name);

}  // namespace run
