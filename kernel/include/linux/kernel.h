/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H
/* What nearly every file of a kernel wants: sizes, text, might_sleep(). */
#include <linux/build_bug.h>
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/errno.h>
#include <linux/instruction_pointer.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/stringify.h>
#include <linux/typecheck.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(arr) (sizeof(arr) / sizeof((arr)[0]))
#endif
#define ALIGN(x, a) (((x) + ((__typeof__(x))(a) - 1)) & ~((__typeof__(x))(a) - 1))
#define ALIGN_DOWN(x, a) ((x) & ~((__typeof__(x))(a) - 1))
#define PTR_ALIGN(p, a) ((__typeof__(p))ALIGN((unsigned long)(p), (a)))
#define IS_ALIGNED(x, a) (((x) & ((__typeof__(x))(a) - 1)) == 0)
#define upper_32_bits(n) ((u32)(((n) >> 16) >> 16))
#define lower_32_bits(n) ((u32)((n) & 0xffffffff))
#define PTR_IF(cond, ptr) ((cond) ? (ptr) : NULL)

/**
 * might_sleep - say that what follows may sleep
 *
 * Announced to the checkers, which report "sleeping function called from invalid
 * context" if it may not. With preempt=voluntary also a scheduling point.
 */
void __might_sleep_at(const char *file, unsigned int line, unsigned int offset, const void *ip);
#define might_sleep()                                                          \
	__might_sleep_at(__FILE__, __LINE__, 0, (const void *)_THIS_IP_)
#define might_sleep_if(cond)                                                   \
	do {                                                                   \
		if (cond)                                                      \
			might_sleep();                                         \
	} while (0)
/* The section that follows must not sleep. */
void __cant_sleep_at(const void *ip);
#define cant_sleep() __cant_sleep_at((const void *)_THIS_IP_)

enum system_states { SYSTEM_BOOTING, SYSTEM_SCHEDULING, SYSTEM_RUNNING, SYSTEM_POWER_OFF };
extern enum system_states system_state;

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_KERNEL_H */
