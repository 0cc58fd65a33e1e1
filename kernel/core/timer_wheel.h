/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_CORE_TIMER_WHEEL_H
#define KERNEL_CORE_TIMER_WHEEL_H
/*
 * The timer wheel: which timers expire at which jiffy.
 *
 * Nine levels of 64 buckets. A bucket of level l holds the timers of one multiple of
 * 8^l jiffies; the further a timer, the higher its level and the coarser its bucket.
 * A timer stays where it was put until it expires: nothing is moved to a finer level
 * as its time draws near, which makes inserting and removing cheap and expiry late
 * (T. Gleixner, "timers: Switch to a non-cascading wheel", 2016). See linux/timer.h
 * for the table.
 *
 * Bucket k of level l is served when the clock is k * 8^l. As a level has 64 buckets
 * and none reaches further, one word says which hold something, and the next one is
 * a rotation and a count of zeros away.
 *
 * Context: whoever calls these holds the lock that guards the wheel. They sort by
 * timer->expires and keep the bucket in timer->flags; they know nothing of CPUs.
 */
#include <linux/timer.h>

constexpr unsigned int WHEEL_LEVELS = 9;
constexpr unsigned int WHEEL_BUCKETS = 64; /* of a level */

struct timer_wheel {
	unsigned long clk;	   /* the next jiffy to be served */
	unsigned long next_expiry; /* not after the first bucket that holds something */
	bool recalc;		   /* what next_expiry was for may be gone */
	bool any;		   /* it holds some; may be looked at without the lock */
	unsigned long holds[WHEEL_LEVELS]; /* bit k: bucket k does */
	hlist_head buckets[WHEEL_LEVELS * WHEEL_BUCKETS];
};

/* True: it expires before all others. */
bool wheel_insert(timer_wheel *wheel, timer_list *timer);
/* Also one that stands in a list of wheel_expired() and whose turn has not come. */
void wheel_remove(timer_wheel *wheel, timer_list *timer);

/* False: it is empty. */
bool wheel_next(timer_wheel *wheel, unsigned long *expires);

/* Nothing was due until now: an idle CPU's clock stands still. */
void wheel_forward(timer_wheel *wheel, unsigned long now);

/*
 * Moves the clock to the next bucket and past it. What was in it and in those of
 * higher levels that are served at the same jiffy is now in the lists at `expired`
 * (room for WHEEL_LEVELS); how many those are. 0: nothing is due until now.
 */
unsigned int wheel_expired(timer_wheel *wheel, unsigned long now, hlist_head *expired);
/* The next one of such a list; nullptr: none is left. */
timer_list *wheel_take(hlist_head *expired);

#endif /* KERNEL_CORE_TIMER_WHEEL_H */
