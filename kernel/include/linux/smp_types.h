/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SMP_TYPES_H
#define _LINUX_SMP_TYPES_H
#include <linux/types.h>

#define CSD_FLAG_LOCK 0x01 /* queued or running: not to be reused */

/* What hangs on a CPU's call queue: a lock-free stack, taken whole. */
struct __call_single_node {
	struct __call_single_node *next;
	unsigned int flags;
};

#endif /* _LINUX_SMP_TYPES_H */
