/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PREFETCH_H
#define _LINUX_PREFETCH_H
/* Hints to a cache. Unlike Linux: the machine has none; they are no steps, and an
 * address that is not there does no harm, as in Linux. */
#include <linux/types.h>

#define prefetch(x) ((void)(x))
#define prefetchw(x) ((void)(x))
#define PREFETCH_STRIDE 256

static inline void prefetch_range(void *addr, size_t len)
{
	(void)addr;
	(void)len;
}

#endif /* _LINUX_PREFETCH_H */
