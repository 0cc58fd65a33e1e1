/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RATELIMIT_TYPES_H
#define _LINUX_RATELIMIT_TYPES_H
/* What <linux/ratelimit.h> and the pr_*_ratelimited() of <linux/printk.h> share. */
#include <linux/spinlock_types_raw.h>

#define DEFAULT_RATELIMIT_INTERVAL (5 * 250) /* jiffies: 5 seconds */
#define DEFAULT_RATELIMIT_BURST 10

#define RATELIMIT_MSG_ON_RELEASE 1ul /* says what was suppressed at the end only */

struct ratelimit_state {
	raw_spinlock_t lock;
	/* guarded by lock: */
	int interval; /* jiffies; 0: no limit */
	int burst;    /* so many in one interval */
	int printed;
	int missed;
	unsigned long begin; /* of the interval, in jiffies; 0: not yet */
	unsigned long flags;
};

#define RATELIMIT_STATE_INIT_FLAGS(name, interval_init, burst_init, flags_init) \
	{ .lock = __RAW_SPIN_LOCK_INITIALIZER(name.lock),		\
	  .interval = (interval_init), .burst = (burst_init), .printed = 0, \
	  .missed = 0, .begin = 0, .flags = (flags_init) }
#define RATELIMIT_STATE_INIT(name, interval_init, burst_init) \
	RATELIMIT_STATE_INIT_FLAGS(name, interval_init, burst_init, 0)
#define DEFINE_RATELIMIT_STATE(name, interval_init, burst_init) \
	struct ratelimit_state name = RATELIMIT_STATE_INIT(name, interval_init, burst_init)

#ifdef __cplusplus
extern "C"
#endif
int ___ratelimit(struct ratelimit_state *rs, const char *func);
#define __ratelimit(state) ___ratelimit((state), __func__)

#endif /* _LINUX_RATELIMIT_TYPES_H */
