/* SPDX-License-Identifier: MIT */
/* Time: timers, hrtimers, timeouts, delays, completions with timeouts. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include "check.h"

static DECLARE_WAIT_QUEUE_HEAD(queue);
static int fired;
static unsigned long fired_at;

static void fire(struct timer_list *timer)
{
	CHECK(in_serving_softirq());
	fired++;
	fired_at = jiffies;
	wake_up(&queue);
}
static DEFINE_TIMER(timer, fire);

static void timers_fire_at_their_tick(void)
{
	unsigned long expires = jiffies + 3;

	CHECK_EQ(mod_timer(&timer, expires), 0);
	CHECK(timer_pending(&timer));
	wait_event(queue, fired);
	CHECK_EQ(fired_at, expires + 1);
	CHECK(!timer_pending(&timer));

	mod_timer(&timer, jiffies + 5);
	CHECK_EQ(mod_timer(&timer, jiffies + 500), 1);
	CHECK_EQ(timer_delete_sync(&timer), 1);
	CHECK_EQ(timer_delete_sync(&timer), 0);
	msleep(40);
	CHECK_EQ(fired, 1);
}

static void timeouts_run_out(void)
{
	DECLARE_COMPLETION_ONSTACK(never);
	unsigned long before = jiffies;

	CHECK_EQ(wait_event_timeout(queue, false, 3), 0);
	CHECK_EQ(jiffies - before, 4);
	CHECK_EQ(wait_event_timeout(queue, true, 3), 3);
	CHECK_EQ(wait_for_completion_timeout(&never, 2), 0);
	complete(&never);
	CHECK_EQ(wait_for_completion_timeout(&never, 2), 2);
	CHECK(!try_wait_for_completion(&never));
}

static struct hrtimer periodic;
static int periods;

static enum hrtimer_restart each_period(struct hrtimer *t)
{
	CHECK(in_hardirq());
	if (++periods == 10)
		return HRTIMER_NORESTART;
	CHECK_EQ(hrtimer_forward_now(t, 100 * NSEC_PER_USEC), 1);
	return HRTIMER_RESTART;
}

static int soft_runs;

static enum hrtimer_restart softly(struct hrtimer *t)
{
	CHECK(in_serving_softirq() && !in_hardirq());
	soft_runs++;
	return HRTIMER_NORESTART;
}

static void hrtimers_keep_their_period(void)
{
	static struct hrtimer soft, cancelled;

	hrtimer_init(&periodic, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	periodic.function = each_period;
	hrtimer_start(&periodic, 50 * NSEC_PER_USEC, HRTIMER_MODE_REL);
	hrtimer_init(&soft, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
	soft.function = softly;
	hrtimer_start(&soft, 70 * NSEC_PER_USEC, HRTIMER_MODE_REL_SOFT);
	hrtimer_init(&cancelled, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	cancelled.function = each_period;
	hrtimer_start(&cancelled, 3 * NSEC_PER_MSEC, HRTIMER_MODE_REL);
	CHECK_EQ(hrtimer_cancel(&cancelled), 1);
	msleep(4);
	CHECK_EQ(periods, 10);
	CHECK_EQ(soft_runs, 1);
	CHECK(!hrtimer_active(&periodic));
}

static void delays_are_not_shorter_than_asked(void)
{
	ktime_t begin;

	set_cpus_allowed_ptr(current, cpumask_of(0)); /* one clock */
	begin = ktime_get();
	udelay(50);
	CHECK(ktime_us_delta(ktime_get(), begin) >= 50);
	begin = ktime_get();
	usleep_range(300, 400);
	CHECK(ktime_us_delta(ktime_get(), begin) >= 300);
	CHECK(ktime_us_delta(ktime_get(), begin) < 400);
	begin = ktime_get();
	msleep(6);
	CHECK(ktime_us_delta(ktime_get(), begin) >= 6000);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static int __init timing_init(void)
{
	timers_fire_at_their_tick();
	timeouts_run_out();
	hrtimers_keep_their_period();
	delays_are_not_shorter_than_asked();
	ALL_CHECKED();
	return 0;
}
module_init(timing_init);
