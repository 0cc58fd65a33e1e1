// SPDX-License-Identifier: MIT
// Rate limits: a burst in each interval.
#include <linux/ratelimit.h>

ratelimit_state printk_ratelimit_state =
	RATELIMIT_STATE_INIT(printk_ratelimit_state, DEFAULT_RATELIMIT_INTERVAL,
			     DEFAULT_RATELIMIT_BURST);

static_assert(DEFAULT_RATELIMIT_INTERVAL == 5 * HZ);

namespace {

// With the lock held: if the interval is over, the next one begins now.
void begin_interval(ratelimit_state *rs, const char *func)
{
	if (!rs->begin)
		rs->begin = jiffies;
	if (!time_is_before_jiffies(rs->begin + static_cast<unsigned long>(rs->interval)))
		return;
	if (rs->missed && !(rs->flags & RATELIMIT_MSG_ON_RELEASE)) {
		pr_warn("%s: %d callbacks suppressed\n", func, rs->missed);
		rs->missed = 0;
	}
	rs->begin = jiffies;
	rs->printed = 0;
}

} // namespace

int ___ratelimit(ratelimit_state *rs, const char *func)
{
	unsigned long flags;
	int go;

	if (!READ_ONCE(rs->interval))
		return 1;
	// Who has the lock is printing or counting: this one counts as too many.
	if (!raw_spin_trylock_irqsave(&rs->lock, flags))
		return 0;
	begin_interval(rs, func);
	go = rs->burst > rs->printed;
	if (go)
		rs->printed++;
	else
		rs->missed++;
	raw_spin_unlock_irqrestore(&rs->lock, flags);
	return go;
}
