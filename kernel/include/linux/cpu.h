/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CPU_H
#define _LINUX_CPU_H
/* CPUs stay once they are up: nothing to hold against. */
#include <linux/smp.h>

static inline void cpus_read_lock(void) {}
static inline void cpus_read_unlock(void) {}

#endif /* _LINUX_CPU_H */
