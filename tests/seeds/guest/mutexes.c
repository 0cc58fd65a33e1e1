/* SPDX-License-Identifier: MIT */
/* "Mutexes": the forms, and a signal that ends a wait. */
#include "given.h"

#include <linux/delay.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>

// Static initialization
static DEFINE_MUTEX(my_mutex);

static int inside, times, refused;

static void critical_section(void)
{
	CHECK_EQ(inside++, 0);
	usleep_range(1, 2);
	times++;
	CHECK_EQ(--inside, 0);
}

static void dynamic(void)
{
// Dynamic initialization
struct mutex my_mutex;
mutex_init(&my_mutex);
	CHECK(!mutex_is_locked(&my_mutex));
}

static void basic_usage(void)
{
// Basic usage
mutex_lock(&my_mutex);           // Sleep if locked
// ... critical section (can sleep here!) ...
	critical_section();
mutex_unlock(&my_mutex);
}

static int interruptible(void)
{
// Interruptible (can be interrupted by signals)
if (mutex_lock_interruptible(&my_mutex)) {
    return -ERESTARTSYS;  // Signal received
}
// ... critical section ...
	critical_section();
mutex_unlock(&my_mutex);
	return 0;
}

static int killable(void)
{
// Killable (only SIGKILL can interrupt)
if (mutex_lock_killable(&my_mutex)) {
    return -ERESTARTSYS;
}
	critical_section();
	mutex_unlock(&my_mutex);
	return 0;
}

static void trylock(void)
{
// Trylock (non-blocking)
if (mutex_trylock(&my_mutex)) {
    // ... got the lock ...
    critical_section();
    mutex_unlock(&my_mutex);
} else {
    // Lock not available
    WRITE_ONCE(refused, 1);
}
}

static void not_interrupted(void)
{
	CHECK_EQ(interruptible(), 0);
	CHECK_EQ(killable(), 0);
}

/* Waits for a mutex that is not to be had until the signal comes. */
static int waiter(void *wait)
{
	allow_signal(SIGKILL);
	CHECK_EQ(((int (*)(void))wait)(), -ERESTARTSYS);
	complete(&given_done);
	return 0;
}

static void interrupted(int (*wait)(void))
{
	struct task_struct *task;

	reinit_completion(&given_done);
	mutex_lock(&my_mutex);
	task = kthread_create(waiter, (void *)wait, "waiter");
	wake_up_process(task);
	usleep_range(50, 60);
	send_sig(SIGKILL, task, 1);
	wait_for_completion(&given_done);
	mutex_unlock(&my_mutex);
}

static int __init seed_init(void)
{
	int round;

	dynamic();
	for (round = 0; round < 4; round++) {
		side_by_side(basic_usage, not_interrupted, basic_usage);
		side_by_side(basic_usage, trylock, trylock);
	}
	CHECK(times >= 20 && times <= 28);
	interrupted(interruptible);
	interrupted(killable);
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);
