/* SPDX-License-Identifier: MIT */
/* What is done once, and what is not done too often, on all CPUs at the same time. */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/once.h>
#include <linux/ratelimit.h>
#include <linux/wait.h>

#include "tests/kernel/guest/check.h"

#define TASKS 4

static DEFINE_RATELIMIT_STATE(shared, HZ, 5);
static DECLARE_WAIT_QUEUE_HEAD(ended);
static atomic_t running, made, made_asleep, did, went;
static int value, value_asleep; /* written by whoever is first */

static void make(int to)
{
	value = to;
	atomic_inc(&made);
}

static void make_asleep(int to)
{
	usleep_range(1, 5);
	value_asleep = to;
	atomic_inc(&made_asleep);
}

static int task(void *unused)
{
	int i;

	for (i = 0; i < 6; i++) {
		if (DO_ONCE(make, 42))
			atomic_inc(&did);
		CHECK_EQ(value, 42);
		if (i == 3) {
			DO_ONCE_SLEEPABLE(make_asleep, 43);
			CHECK_EQ(value_asleep, 43);
		}
		atomic_add(__ratelimit(&shared), &went);
	}
	if (atomic_dec_and_test(&running))
		wake_up(&ended);
	return 0;
}

static int add(int *to)
{
	return ++*to;
}

static void alone(void)
{
	struct ratelimit_state rs;
	int i, n = 0, lite = 0;
	u64 secret = 0, seen;

	ratelimit_state_init(&rs, 2, 3);
	for (i = 0; i < 9; i++)
		n += __ratelimit(&rs);
	CHECK_EQ(n, 3);
	CHECK_EQ(rs.missed, 6);
	msleep(20);
	CHECK(__ratelimit(&rs));
	CHECK_EQ(rs.missed, 0);
	ratelimit_state_init(&rs, 0, 0);
	for (i = 0; i < 9; i++)
		CHECK(__ratelimit(&rs));
	ratelimit_default_init(&rs);
	ratelimit_set_flags(&rs, RATELIMIT_MSG_ON_RELEASE);
	for (i = n = 0; i < 12; i++)
		n += __ratelimit(&rs);
	CHECK_EQ(n, 10);
	ratelimit_state_exit(&rs);
	for (i = 0; i < 30; i++)
		pr_info_ratelimited("at most ten of these\n");
	for (i = 0; i < 3; i++) {
		DO_ONCE_LITE(add, &lite);
		CHECK_EQ(DO_ONCE_LITE_IF(i > 0, add, &lite), i > 0);
		seen = secret;
		CHECK(get_random_once(&secret, sizeof(secret)) == (i == 0));
		CHECK(i == 0 || secret == seen);
	}
	CHECK_EQ(lite, 2);
}

static int __init limits_init(void)
{
	int i;

	alone();
	atomic_set(&running, TASKS);
	for (i = 0; i < TASKS; i++)
		kthread_run(task, NULL, "task%d", i);
	wait_event(ended, atomic_read(&running) == 0);
	CHECK_EQ(atomic_read(&made), 1);
	CHECK_EQ(atomic_read(&did), 1);
	CHECK_EQ(atomic_read(&made_asleep), 1);
	CHECK(atomic_read(&went) > 0 && atomic_read(&went) <= 5);
	ALL_CHECKED();
	return 0;
}
module_init(limits_init);
