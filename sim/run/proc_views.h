// SPDX-License-Identifier: MIT
// The views of /proc that need more than counts: each in a file of its own.
#pragma once

#include <string>

#include "sim/run/session.h"

namespace run {

// proc_schedstat.cpp: version 15, without lines of domains, which are not here.
//
//   cpuN  yields  0  switches  to-idle  wakeups  wakeups-here  run  wait  slices
//
// Times are virtual, in ns, of slices that have ended: run, what tasks ran; wait,
// what they stood in a runqueue before. Unlike Linux: of schedule() only the calls
// that switched are known, and of sched_yield() none: 0.
std::string proc_schedstat(const Session& session);

// proc_locks.cpp: who holds a lock of the kernel, and below that who waits for it:
//
//   1: HARDIRQ WRITE 12 disk/0 CPU2 4711 &q->lock
//   1: -> TASK WRITE 7 ab/1 CPU1 4790 &q->lock
//
// Columns: a number for each lock; the context in which it was taken; READ or
// WRITE; pid and name of the task (of the one below, in an interrupt); the CPU and
// the step since when. Unlike Linux, whose file tells of locks on files: there is
// nobody here who could take one.
std::string proc_locks(const Session& session);

}  // namespace run
