/* SPDX-License-Identifier: MIT */
/*
 * The wall clock: it is set by two at once, and read whole, in tasks and interrupts.
 * Each change adds a second and a nanosecond: so the two numbers are always equal.
 */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/platform_device.h>
#include <linux/timekeeping.h>
#include "tests/kernel/guest/check.h"

#define ROUNDS 60

static struct completion finished;
static atomic_t left = ATOMIC_INIT(4), seen;
static int irq;

static void look(void)
{
	struct timespec64 ts;

	getboottime64(&ts);
	CHECK_EQ(ts.tv_sec, ts.tv_nsec);
	atomic_inc(&seen);
}

static irqreturn_t on_interrupt(int line, void *dev)
{
	look();
	return IRQ_HANDLED;
}

static int turn(void *sets)
{
	const struct timespec64 one = { 1, 1 };
	int i;

	for (i = 0; i < ROUNDS; i++) {
		if (sets)
			CHECK_EQ(timekeeping_inject_offset(&one), 0);
		else
			look();
	}
	if (atomic_dec_and_test(&left))
		complete(&finished);
	return 0;
}

static void setting_is_what_is_read(void)
{
	struct timespec64 ts = { 1700000000, 999999999 }, now;

	CHECK_EQ(do_settimeofday64(&ts), 0);
	ktime_get_real_ts64(&now);
	CHECK(timespec64_to_ns(&now) - timespec64_to_ns(&ts) >= 0);
	CHECK(timespec64_to_ns(&now) - timespec64_to_ns(&ts) < NSEC_PER_MSEC);
	CHECK(ktime_get_real() > timespec64_to_ns(&ts));
	CHECK_EQ(ktime_get_real_seconds(), ts.tv_sec + 1);
	ts.tv_nsec = NSEC_PER_SEC;
	CHECK_EQ(do_settimeofday64(&ts), -EINVAL);
	CHECK_EQ(timekeeping_inject_offset(&ts), -EINVAL);
	ts = ns_to_timespec64(-1);
	CHECK(ts.tv_sec == -1 && ts.tv_nsec == 999999999);
}

static int __init clock_init(void)
{
	struct timespec64 ts;
	long i;

	init_completion(&finished);
	irq = platform_get_irq_byname(NULL, "eth0");
	CHECK_EQ(request_irq(irq, on_interrupt, 0, "eth0", &irq), 0);
	for (i = 0; i < 4; i++)
		kthread_run(turn, i % 2 ? &finished : NULL, "turn/%ld", i);
	wait_for_completion(&finished);
	free_irq(irq, &irq);
	getboottime64(&ts);
	CHECK_EQ(ts.tv_sec, 2 * ROUNDS);
	CHECK(atomic_read(&seen) >= 2 * ROUNDS);
	setting_is_what_is_read();
	ALL_CHECKED();
	return 0;
}
module_init(clock_init);
