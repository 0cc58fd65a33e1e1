/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RATELIMIT_H
#define _LINUX_RATELIMIT_H
/*
 * Not more than so many in so long a time.
 *
 *	static DEFINE_RATELIMIT_STATE(rs, 5 * HZ, 10);
 *
 *	if (__ratelimit(&rs))
 *		pr_warn("again\n");
 *
 * 1: go on; 0: too many in this interval. The first call after an interval says
 * how many were suppressed in it ("f: 12 callbacks suppressed").
 *
 * Context: any, NMI included: it only tries its lock, and says 0 if another CPU
 * has it. So of two at once one may be suppressed before the burst is used up.
 * The surprising thing: intervals begin with the first call after the last one's
 * end, so up to twice the burst may come within one interval's length.
 */
#include <linux/bug.h>
#include <linux/jiffies.h>
#include <linux/ratelimit_types.h>
#include <linux/spinlock_raw.h>

#define ratelimit_state_init(rs, interval_init, burst_init)		\
	do {								\
		struct ratelimit_state *__rs = (rs);			\
		raw_spin_lock_init(&__rs->lock);			\
		__rs->interval = (interval_init);			\
		__rs->burst = (burst_init);				\
		__rs->printed = __rs->missed = 0;			\
		__rs->begin = __rs->flags = 0;				\
	} while (0)
#define ratelimit_default_init(rs) \
	ratelimit_state_init(rs, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST)

/* Before others use it. */
static inline void ratelimit_set_flags(struct ratelimit_state *rs, unsigned long flags)
{
	rs->flags = flags;
}

/* Says what RATELIMIT_MSG_ON_RELEASE kept back. */
static inline void ratelimit_state_exit(struct ratelimit_state *rs)
{
	if (!(rs->flags & RATELIMIT_MSG_ON_RELEASE) || !rs->missed)
		return;
	pr_warn("ratelimit: %d output lines suppressed due to ratelimiting\n", rs->missed);
	rs->missed = 0;
}

/* One limit for all callers, as old files use it. */
extern struct ratelimit_state printk_ratelimit_state;
#define printk_ratelimit() __ratelimit(&printk_ratelimit_state)

#define WARN_ON_RATELIMIT(condition, state)				\
	({								\
		bool __rtn_cond = !!(condition);			\
		WARN_ON(__rtn_cond && __ratelimit(state));		\
		__rtn_cond;						\
	})
#define WARN_RATELIMIT(condition, format, ...)				\
	({								\
		static DEFINE_RATELIMIT_STATE(__rs, DEFAULT_RATELIMIT_INTERVAL, \
					      DEFAULT_RATELIMIT_BURST);	\
		bool __rtn = !!(condition);				\
		if (unlikely(__rtn && __ratelimit(&__rs)))		\
			WARN(1, format, ##__VA_ARGS__);			\
		__rtn;							\
	})

#endif /* _LINUX_RATELIMIT_H */
