/* SPDX-License-Identifier: MIT */
/*
 * Locks in a bit, counts with a lock, and the ways to wait that need no wait queue:
 * tasks that meet through each of them, an interrupt that wakes some.
 */
#include <linux/bit_spinlock.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/lockref.h>
#include <linux/platform_device.h>
#include <linux/swait.h>
#include <linux/wait_bit.h>

#include "tests/kernel/guest/check.h"

#define TASKS 3
#define ROUNDS 12

enum { LOCK, BUSY, SEEN };

static unsigned long word;
static DECLARE_SWAIT_QUEUE_HEAD(ticks);
static DECLARE_WAIT_QUEUE_HEAD(ended);
static struct lockref ref;
static atomic_t running, ticked, users;
static int under_bit, under_busy, lasts; /* guarded by LOCK, by BUSY, by ref.lock */

static void alone(void)
{
	unsigned long w = 0;

	CHECK(bit_spin_trylock(3, &w) && in_atomic());
	CHECK(!bit_spin_trylock(3, &w) && bit_spin_is_locked(3, &w));
	bit_spin_unlock(3, &w);
	CHECK(!bit_spin_is_locked(3, &w) && !in_atomic());
	bit_spin_lock(0, &w);
	__bit_spin_unlock(0, &w);
	CHECK_EQ(w, 0);
	lockref_init(&ref);
	lockref_get(&ref);
	CHECK_EQ(ref.count, 2);
	CHECK(lockref_put_or_lock(&ref));
	CHECK(!lockref_put_or_lock(&ref) && spin_is_locked(&ref.lock));
	spin_unlock(&ref.lock);
	CHECK(!lockref_put_not_zero(&ref) && lockref_get_not_zero(&ref));
	CHECK(lockref_put_not_zero(&ref) && lockref_put_return(&ref) <= 1);
	CHECK(lockref_get_or_lock(&ref) && lockref_put_not_zero(&ref));
	spin_lock(&ref.lock);
	ref.count = 0;
	spin_unlock(&ref.lock);
	CHECK(!lockref_get_not_zero(&ref));
	CHECK(!lockref_get_or_lock(&ref));
	spin_unlock(&ref.lock);
	CHECK(lockref_get_not_dead(&ref));
	spin_lock(&ref.lock);
	lockref_mark_dead(&ref);
	CHECK(__lockref_is_dead(&ref));
	spin_unlock(&ref.lock);
	CHECK(!lockref_get_not_dead(&ref) && !lockref_get_not_zero(&ref));
}

static void alone_waiting(void)
{
	DECLARE_SWAIT_QUEUE_HEAD_ONSTACK(never);
	unsigned long w = 1;

	CHECK_EQ(swait_event_timeout_exclusive(never, false, 2), 0);
	CHECK_EQ(swait_event_timeout_exclusive(never, true, 2), 2);
	CHECK_EQ(swait_event_interruptible_exclusive(never, true), 0);
	CHECK(!swait_active(&never) && !swq_has_sleeper(&never));
	swake_up_one(&never);
	swake_up_all(&never);
	CHECK_EQ(wait_on_bit_timeout(&w, 0, TASK_UNINTERRUPTIBLE, 2), -EAGAIN);
	CHECK_EQ(wait_on_bit(&w, 1, TASK_UNINTERRUPTIBLE), 0);
	CHECK_EQ(wait_on_bit_lock(&w, 1, TASK_KILLABLE), 0);
	CHECK_EQ(w, 3);
	CHECK_EQ(wait_var_event_timeout(&w, w == 0, 2), 0);
	CHECK(wait_var_event_timeout(&w, w == 3, 2) > 0);
	CHECK_EQ(wait_var_event_killable(&w, w == 3), 0);
}

static void share(int i)
{
	bit_spin_lock(LOCK, &word);
	under_bit++;
	bit_spin_unlock(LOCK, &word);
	CHECK_EQ(wait_on_bit_lock(&word, BUSY, TASK_UNINTERRUPTIBLE), 0);
	under_busy++;
	if (i % 4 == 0)
		usleep_range(1, 4);
	clear_and_wake_up_bit(BUSY, &word);
	lockref_get(&ref);
	if (!lockref_put_or_lock(&ref)) {
		lasts++;
		spin_unlock(&ref.lock);
	}
}

static int task(void *unused)
{
	int i, seen;

	for (i = 0; i < ROUNDS; i++) {
		share(i);
		if (i % 4 == 0) {
			seen = atomic_read(&ticked);
			swait_event_exclusive(ticks, atomic_read(&ticked) != seen);
		}
	}
	wait_on_bit(&word, SEEN, TASK_UNINTERRUPTIBLE);
	if (atomic_dec_and_test(&users))
		wake_up_var(&users);
	if (atomic_dec_and_test(&running))
		wake_up(&ended);
	return 0;
}

static irqreturn_t on_irq(int irq, void *dev)
{
	int i;

	atomic_inc(&ticked);
	for (i = 0; i < TASKS; i++) /* all, but swake_up_all() is for tasks */
		swake_up_one(&ticks);
	return IRQ_HANDLED;
}

static int __init waits_init(void)
{
	int i, irq = platform_get_irq_byname(NULL, "eth0");

	alone();
	alone_waiting();
	lockref_init(&ref);
	lockref_get(&ref);
	set_bit(SEEN, &word);
	atomic_set(&running, TASKS);
	atomic_set(&users, TASKS);
	CHECK_EQ(request_irq(irq, on_irq, 0, "eth0", &word), 0);
	for (i = 0; i < TASKS; i++)
		kthread_run(task, NULL, "task%d", i);
	msleep(4);
	clear_and_wake_up_bit(SEEN, &word);
	wait_var_event(&users, atomic_read(&users) == 0);
	wait_event(ended, atomic_read(&running) == 0);
	free_irq(irq, &word);
	CHECK_EQ(under_bit, TASKS * ROUNDS);
	CHECK_EQ(under_busy, TASKS * ROUNDS);
	CHECK_EQ(ref.count, 2);
	CHECK_EQ(lasts, 0);
	CHECK_EQ(word, 0);
	ALL_CHECKED();
	return 0;
}
module_init(waits_init);
