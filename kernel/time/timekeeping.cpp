// SPDX-License-Identifier: MIT
/* The wall clock. */
#include <linux/errno.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include <linux/timekeeping.h>

namespace {

DEFINE_RAW_SPINLOCK(timekeeper_lock);

struct {
	seqcount_raw_spinlock_t seq;
	timespec64 boot; /* changed under timekeeper_lock and seq */
} tk_core = { SEQCNT_RAW_SPINLOCK_ZERO(tk_core.seq, &timekeeper_lock), { 0, 0 } };

bool valid(const timespec64 *ts)
{
	return ts->tv_nsec >= 0 && ts->tv_nsec < NSEC_PER_SEC;
}

timespec64 sum(timespec64 a, const timespec64 &b)
{
	a.tv_sec += b.tv_sec;
	a.tv_nsec += b.tv_nsec;
	if (a.tv_nsec >= NSEC_PER_SEC) {
		a.tv_nsec -= NSEC_PER_SEC;
		a.tv_sec++;
	}
	return a;
}

} /* namespace */

extern "C" {

timespec64 ns_to_timespec64(s64 nsec)
{
	timespec64 ts = { nsec / NSEC_PER_SEC, static_cast<long>(nsec % NSEC_PER_SEC) };

	if (ts.tv_nsec < 0) {
		ts.tv_sec--;
		ts.tv_nsec += NSEC_PER_SEC;
	}
	return ts;
}

void getboottime64(timespec64 *ts)
{
	unsigned int seq;

	do {
		seq = read_seqcount_begin(&tk_core.seq);
		*ts = tk_core.boot;
	} while (read_seqcount_retry(&tk_core.seq, seq));
}

void ktime_get_real_ts64(timespec64 *ts)
{
	timespec64 boot;

	getboottime64(&boot);
	*ts = sum(boot, ns_to_timespec64(ktime_get()));
}

ktime_t ktime_get_real(void)
{
	timespec64 ts;

	ktime_get_real_ts64(&ts);
	return timespec64_to_ns(&ts);
}

time64_t ktime_get_real_seconds(void)
{
	timespec64 ts;

	ktime_get_real_ts64(&ts);
	return ts.tv_sec;
}

int do_settimeofday64(const timespec64 *ts)
{
	unsigned long flags;

	if (!valid(ts))
		return -EINVAL;
	raw_spin_lock_irqsave(&timekeeper_lock, flags);
	write_seqcount_begin(&tk_core.seq);
	tk_core.boot = ns_to_timespec64(timespec64_to_ns(ts) - ktime_get());
	write_seqcount_end(&tk_core.seq);
	raw_spin_unlock_irqrestore(&timekeeper_lock, flags);
	return 0;
}

int timekeeping_inject_offset(const timespec64 *ts)
{
	unsigned long flags;

	if (!valid(ts))
		return -EINVAL;
	raw_spin_lock_irqsave(&timekeeper_lock, flags);
	write_seqcount_begin(&tk_core.seq);
	tk_core.boot = sum(tk_core.boot, *ts);
	write_seqcount_end(&tk_core.seq);
	raw_spin_unlock_irqrestore(&timekeeper_lock, flags);
	return 0;
}

} /* extern "C" */
