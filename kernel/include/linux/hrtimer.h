/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HRTIMER_H
#define _LINUX_HRTIMER_H
/*
 * Timers in nanoseconds. function runs in hardirq context, or in the HRTIMER
 * softirq for HRTIMER_MODE_*_SOFT, on the CPU that started the timer; it returns
 * HRTIMER_RESTART after hrtimer_forward() for another turn.
 *
 * Locking: each CPU has a base with a raw spinlock, which guards its two queues and
 * all timers in them. It is taken with interrupts off, inside any other lock, and
 * never held while a function runs. timer->cpu says whose base a timer belongs to, and
 * changes only under the lock of the base that it leaves. A function may change its
 * own timer; others who do so at the same time agree on it by a lock of their own.
 *
 * Context: start and cancel anywhere but NMI; hrtimer_cancel() waits for a
 * function that runs on another CPU and must not be called from it, nor with a lock
 * held that the function takes.
 */
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

enum hrtimer_restart { HRTIMER_NORESTART, HRTIMER_RESTART };

enum hrtimer_mode {
	HRTIMER_MODE_ABS = 0x00,
	HRTIMER_MODE_REL = 0x01,
	HRTIMER_MODE_PINNED = 0x02,
	HRTIMER_MODE_SOFT = 0x04,
	HRTIMER_MODE_HARD = 0x08,
	HRTIMER_MODE_ABS_PINNED = HRTIMER_MODE_ABS | HRTIMER_MODE_PINNED,
	HRTIMER_MODE_REL_PINNED = HRTIMER_MODE_REL | HRTIMER_MODE_PINNED,
	HRTIMER_MODE_ABS_SOFT = HRTIMER_MODE_ABS | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_REL_SOFT = HRTIMER_MODE_REL | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_ABS_HARD = HRTIMER_MODE_ABS | HRTIMER_MODE_HARD,
	HRTIMER_MODE_REL_HARD = HRTIMER_MODE_REL | HRTIMER_MODE_HARD,
};

#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1

struct hrtimer {
	/* guarded by the base's lock: */
	struct list_head node; /* next is NULL while not queued */
	ktime_t expires;
	unsigned int cpu; /* of the base */
	bool soft;

	enum hrtimer_restart (*function)(struct hrtimer *timer);
};

void hrtimer_init(struct hrtimer *timer, int clock_id, enum hrtimer_mode mode);
void hrtimer_start(struct hrtimer *timer, ktime_t time, enum hrtimer_mode mode);
#define hrtimer_start_range_ns(timer, time, delta, mode) hrtimer_start((timer), (time), (mode))
int hrtimer_cancel(struct hrtimer *timer);        /* 1 if it was queued */
int hrtimer_try_to_cancel(struct hrtimer *timer); /* -1: its function runs now */
bool hrtimer_active(const struct hrtimer *timer);
/* Moves expiry past @now in steps of @interval; how many. In its function only. */
u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval);
#define hrtimer_forward_now(timer, interval) hrtimer_forward((timer), ktime_get(), (interval))
#define hrtimer_cb_get_time(timer) ktime_get()

static inline void hrtimer_set_expires(struct hrtimer *timer, ktime_t time)
{
	timer->expires = time;
}

static inline ktime_t hrtimer_get_expires(const struct hrtimer *timer)
{
	return timer->expires;
}

static inline bool hrtimer_is_queued(struct hrtimer *timer)
{
	return READ_ONCE(timer->node.next) != NULL;
}

/* Sleeps until *expires; set the state first. 0, or -EINTR if woken earlier. */
int schedule_hrtimeout(ktime_t *expires, enum hrtimer_mode mode);
int schedule_hrtimeout_range(ktime_t *expires, u64 delta, enum hrtimer_mode mode);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_HRTIMER_H */
