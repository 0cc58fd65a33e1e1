/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_JIFFIES_H
#define _LINUX_JIFFIES_H
/*
 * Time in ticks: HZ of them a second. jiffies wraps; compare with time_after()
 * and its family only. It starts five minutes before the wrap of its low 32 bits.
 *
 * No lock: jiffies is one word, moved on with cmpxchg by whichever CPU ticks or wakes
 * from idling first, and read by anybody in any context. Unlike Linux: there is no
 * jiffies_lock, since there are no two words to keep together; the wall clock, which
 * has two, is read under a sequence count (<linux/timekeeping.h>).
 *
 * Conversions to jiffies round up: a timeout is never shorter than asked for.
 */
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/typecheck.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HZ 250
#define USER_HZ 100
#define MSEC_PER_SEC 1000L
#define USEC_PER_MSEC 1000L
#define NSEC_PER_USEC 1000L
#define NSEC_PER_MSEC 1000000L
#define USEC_PER_SEC 1000000L
#define NSEC_PER_SEC 1000000000L
#define TICK_NSEC (NSEC_PER_SEC / HZ)
#define TICK_USEC (USEC_PER_SEC / HZ)
#define INITIAL_JIFFIES ((unsigned long)(unsigned int)(-300 * HZ))
#define MAX_JIFFY_OFFSET ((LONG_MAX >> 1) - 1)

extern volatile unsigned long jiffies;
static inline u64 get_jiffies_64(void)
{
	return jiffies;
}

#define time_after(a, b)                                                       \
	(typecheck(unsigned long, a) && typecheck(unsigned long, b) && ((long)((b) - (a)) < 0))
#define time_before(a, b) time_after(b, a)
#define time_after_eq(a, b)                                                    \
	(typecheck(unsigned long, a) && typecheck(unsigned long, b) && ((long)((a) - (b)) >= 0))
#define time_before_eq(a, b) time_after_eq(b, a)
#define time_in_range(a, b, c) (time_after_eq(a, b) && time_before_eq(a, c))
#define time_is_before_jiffies(a) time_after((unsigned long)jiffies, a)
#define time_is_after_jiffies(a) time_before((unsigned long)jiffies, a)

static inline unsigned long msecs_to_jiffies(unsigned int m)
{
	return (int)m < 0 ? MAX_JIFFY_OFFSET : (m + (1000 / HZ) - 1) / (1000 / HZ);
}

static inline unsigned long usecs_to_jiffies(unsigned int u)
{
	return (u + (1000000 / HZ) - 1) / (1000000 / HZ);
}

static inline unsigned long nsecs_to_jiffies(u64 n)
{
	return (unsigned long)(n / TICK_NSEC);
}

static inline unsigned int jiffies_to_msecs(unsigned long j)
{
	return (unsigned int)(j * (1000 / HZ));
}

static inline unsigned int jiffies_to_usecs(unsigned long j)
{
	return (unsigned int)(j * (1000000 / HZ));
}

static inline u64 jiffies_to_nsecs(unsigned long j)
{
	return (u64)j * TICK_NSEC;
}

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_JIFFIES_H */
