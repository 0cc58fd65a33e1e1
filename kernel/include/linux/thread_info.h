/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_THREAD_INFO_H
#define _LINUX_THREAD_INFO_H
/*
 * The part of a task that interrupt entry and the machine itself look at.
 *
 * It is first in struct task_struct; cpu/hw.h fixes the place of preempt_count.
 * Flags of the running task may be set by other CPUs: marked accesses only.
 */
#include <asm/current.h>
#include <linux/compiler.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct thread_info {
	/* only the CPU that runs the task; see <linux/preempt.h> */
	int preempt_count;
	/* TIF_*, any CPU, atomically */
	unsigned int flags;
};

#define TIF_SIGPENDING 2
#define TIF_NEED_RESCHED 3
#define _TIF_SIGPENDING (1u << TIF_SIGPENDING)
#define _TIF_NEED_RESCHED (1u << TIF_NEED_RESCHED)

#define task_thread_info(task) ((struct thread_info *)(task))
#define current_thread_info() task_thread_info(current)

static __always_inline void set_ti_thread_flag(struct thread_info *ti, int flag)
{
	hw_rmw(HW_OR, &ti->flags, sizeof(ti->flags), 1u << flag, HW_UNORDERED);
}

static __always_inline void clear_ti_thread_flag(struct thread_info *ti, int flag)
{
	hw_rmw(HW_ANDNOT, &ti->flags, sizeof(ti->flags), 1u << flag, HW_UNORDERED);
}

static __always_inline bool test_ti_thread_flag(struct thread_info *ti, int flag)
{
	return (hw_load(&ti->flags, sizeof(ti->flags), HW_ONCE) >> flag) & 1;
}

#define set_thread_flag(flag) set_ti_thread_flag(current_thread_info(), flag)
#define clear_thread_flag(flag) clear_ti_thread_flag(current_thread_info(), flag)
#define test_thread_flag(flag) test_ti_thread_flag(current_thread_info(), flag)
#define tif_need_resched() test_thread_flag(TIF_NEED_RESCHED)

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_THREAD_INFO_H */
