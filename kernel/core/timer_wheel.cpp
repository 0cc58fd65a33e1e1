// SPDX-License-Identifier: MIT
#include "kernel/core/timer_wheel.h"
#include <linux/bitops.h>

namespace {

constexpr unsigned int kShift = 3; /* each level is 8 times as coarse */
constexpr unsigned long kBucketMask = WHEEL_BUCKETS - 1;

constexpr unsigned int shift_of(unsigned int level)
{
	return level * kShift;
}

/* So far ahead a timer is too far for the level below. */
constexpr unsigned long reach_of(unsigned int level)
{
	return kBucketMask << shift_of(level);
}

constexpr unsigned int kLast = WHEEL_LEVELS - 1;
constexpr unsigned long kFarthest = reach_of(kLast) - (1ul << shift_of(kLast));

struct bucket {
	unsigned int level;
	unsigned long number; /* in its level, counted from jiffy 0 */

	unsigned long expiry() const
	{
		return number << shift_of(level);
	}
	unsigned int index() const
	{
		return level * WHEEL_BUCKETS + static_cast<unsigned int>(number & kBucketMask);
	}
};

/* One bucket further than where expires lies, so that it is never early. */
bucket bucket_in(unsigned int level, unsigned long expires)
{
	return { level, (expires >> shift_of(level)) + 1 };
}

bucket bucket_of(const timer_wheel *wheel, unsigned long expires)
{
	const unsigned long ahead = expires - wheel->clk;

	if (static_cast<long>(ahead) < 0)
		return { 0, wheel->clk }; /* is over already: at once */
	for (unsigned int level = 0; level < WHEEL_LEVELS; level++) {
		if (ahead < reach_of(level))
			return bucket_in(level, expires);
	}
	return bucket_in(kLast, wheel->clk + kFarthest);
}

/* The first bucket of the level that is still to be served. */
unsigned long first_bucket(const timer_wheel *wheel, unsigned int level)
{
	const unsigned long before = (1ul << shift_of(level)) - 1;

	return (wheel->clk + before) >> shift_of(level);
}

void find_next(timer_wheel *wheel)
{
	bool any = false;

	wheel->recalc = false;
	for (unsigned int level = 0; level < WHEEL_LEVELS; level++) {
		const unsigned long holds = wheel->holds[level];
		if (!holds)
			continue;
		const unsigned long first = first_bucket(wheel, level);
		const bucket next = { level, first + __ffs(ror64(holds, first & kBucketMask)) };
		if (!any || time_before(next.expiry(), wheel->next_expiry))
			wheel->next_expiry = next.expiry();
		any = true;
	}
	WRITE_ONCE(wheel->any, any);
}

/* timer_pending() looks at pprev without a lock. */
void unlink(timer_list *timer)
{
	__hlist_del(&timer->entry);
	WRITE_ONCE(timer->entry.pprev, (hlist_node **)nullptr);
}

} /* namespace */

bool wheel_insert(timer_wheel *wheel, timer_list *timer)
{
	const bucket at = bucket_of(wheel, timer->expires);

	__set_bit(at.number & kBucketMask, &wheel->holds[at.level]);
	hlist_add_head(&timer->entry, &wheel->buckets[at.index()]);
	WRITE_ONCE(timer->flags, (timer->flags & ~TIMER_ARRAYMASK) |
					 at.index() << TIMER_ARRAYSHIFT);
	if (wheel->any && !time_before(at.expiry(), wheel->next_expiry))
		return false;
	wheel->next_expiry = at.expiry();
	WRITE_ONCE(wheel->any, true);
	wheel->recalc = false;
	return true;
}

void wheel_remove(timer_wheel *wheel, timer_list *timer)
{
	const unsigned int index = timer->flags >> TIMER_ARRAYSHIFT;

	unlink(timer);
	if (!hlist_empty(&wheel->buckets[index]))
		return;
	__clear_bit(index & kBucketMask, &wheel->holds[index / WHEEL_BUCKETS]);
	wheel->recalc = true;
}

bool wheel_next(timer_wheel *wheel, unsigned long *expires)
{
	if (wheel->recalc)
		find_next(wheel);
	*expires = wheel->next_expiry;
	return wheel->any;
}

void wheel_forward(timer_wheel *wheel, unsigned long now)
{
	unsigned long next;

	if (time_before_eq(now, wheel->clk))
		return;
	wheel->clk = wheel_next(wheel, &next) && time_before(next, now) ? next : now;
}

unsigned int wheel_expired(timer_wheel *wheel, unsigned long now, hlist_head *expired)
{
	unsigned long clk;
	unsigned int count = 0;

	if (!wheel_next(wheel, &clk) || time_after(clk, now))
		return 0;
	wheel->clk = clk + 1;
	for (unsigned int level = 0; level < WHEEL_LEVELS; level++) {
		const bucket at = { level, clk >> shift_of(level) };
		if (at.expiry() != clk)
			break; /* nor is any higher one's bucket served now */
		if (!__test_and_clear_bit(at.number & kBucketMask, &wheel->holds[level]))
			continue;
		hlist_move_list(&wheel->buckets[at.index()], &expired[count++]);
	}
	find_next(wheel);
	return count;
}

timer_list *wheel_take(hlist_head *expired)
{
	if (hlist_empty(expired))
		return nullptr;
	timer_list *timer = hlist_entry(expired->first, timer_list, entry);
	unlink(timer);
	return timer;
}
