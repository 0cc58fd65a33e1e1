/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_MM_H
#define _LINUX_SCHED_MM_H
/*
 * Sections in which allocations must not begin I/O or enter the file system.
 *
 * Unlike Linux: no allocation does either (<linux/gfp.h>), so nothing is changed
 * and the returned value is only there to be given back. Tasks have no memory of
 * their own: there is no struct mm_struct.
 */
#include <linux/gfp.h>
#include <linux/sched.h>

static inline unsigned int memalloc_noio_save(void)
{
	return 0;
}

static inline void memalloc_noio_restore(unsigned int flags)
{
	(void)flags;
}

static inline unsigned int memalloc_nofs_save(void)
{
	return 0;
}

static inline void memalloc_nofs_restore(unsigned int flags)
{
	(void)flags;
}

#endif /* _LINUX_SCHED_MM_H */
