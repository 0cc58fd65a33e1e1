/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIMEKEEPING_H
#define _LINUX_TIMEKEEPING_H
/*
 * The wall clock: what time it was at power-on, which can be set, plus ktime_get().
 *
 *	ktime_get_real_ts64(&ts)	now
 *	getboottime64(&ts)		at power-on
 *	do_settimeofday64(&ts)		it is ts now; -EINVAL for what is no time
 *	timekeeping_inject_offset(&ts)	it is ts later than it was
 *
 * Seconds and nanoseconds belong together, so they are read under a sequence count:
 * readers never wait for a lock, in any context but NMI.
 *
 *	timekeeper_lock	raw spinlock, irq-safe	excludes those who set it
 *	  tk_core.seq	seqcount	written under it, and so with interrupts off: a
 *			reader in an interrupt on the writer's own CPU would wait for ever
 *
 * Unlike Linux: power-on was the epoch until somebody sets the clock; there is no
 * NTP, no time zone and no suspend.
 */
#include <linux/ktime.h>
#include <linux/time64.h>

#ifdef __cplusplus
extern "C" {
#endif

void ktime_get_real_ts64(struct timespec64 *ts);
ktime_t ktime_get_real(void);
time64_t ktime_get_real_seconds(void);
void getboottime64(struct timespec64 *ts);
int do_settimeofday64(const struct timespec64 *ts);
int timekeeping_inject_offset(const struct timespec64 *ts);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_TIMEKEEPING_H */
