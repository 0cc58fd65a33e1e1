/* SPDX-License-Identifier: MIT */
/* Who waits, and who must not be forgotten; who is alone inside. */
#include <linux/bit_spinlock.h>
#include <linux/lockref.h>
#include <linux/swait.h>
#include <linux/uaccess.h>
#include <linux/wait_bit.h>

#include "tests/lib/guest/meet.h"

static unsigned long word;
static int counter, ready, freed, used_late;
static DECLARE_SWAIT_QUEUE_HEAD(queue);
static struct lockref ref;

static void count(void)
{
	bit_spin_lock(0, &word);
	WRITE_ONCE(counter, READ_ONCE(counter) + 1);
	bit_spin_unlock(0, &word);
}

static void count_locked_by_wait(void)
{
	WARN_ON(wait_on_bit_lock(&word, 0, TASK_UNINTERRUPTIBLE));
	WRITE_ONCE(counter, READ_ONCE(counter) + 1);
	clear_and_wake_up_bit(0, &word);
}

static void counted_two(void)
{
	WARN(counter != 2, "%d instead of 2", counter);
}

static void swait(void)
{
	swait_event_exclusive(queue, READ_ONCE(ready));
}

static void swake(void)
{
	WRITE_ONCE(ready, 1);
	swake_up_one(&queue);
}

static void set_word(void)
{
	word = 1;
}

static void wait_bit(void)
{
	wait_on_bit(&word, 0, TASK_UNINTERRUPTIBLE);
}

static void wake_bit(void)
{
	clear_and_wake_up_bit(0, &word);
}

static void wait_var(void)
{
	wait_var_event(&ready, READ_ONCE(ready));
}

static void wake_var(void)
{
	WRITE_ONCE(ready, 1);
	smp_mb();
	wake_up_var(&ready);
}

/* Wakes first: whoever looked in between sleeps for ever. */
static void wake_var_early(void)
{
	wake_up_var(&ready);
	WRITE_ONCE(ready, 1);
}

static void one_reference(void)
{
	lockref_init(&ref);
}

static void drop(void)
{
	if (lockref_put_or_lock(&ref))
		return;
	lockref_mark_dead(&ref);
	WRITE_ONCE(freed, 1);
	spin_unlock(&ref.lock);
}

static void take(void)
{
	if (!lockref_get_not_dead(&ref))
		return;
	if (READ_ONCE(freed))
		used_late = 1;
	drop();
}

static void not_used_late(void)
{
	WARN(used_late || !freed, "used %d, freed %d", used_late, freed);
}

static void bit_sleeps(void)
{
	bit_spin_lock(0, &word);
	schedule_timeout_uninterruptible(1);
	bit_spin_unlock(0, &word);
}

static void bit_twice(void)
{
	bit_spin_lock(1, &word);
	bit_spin_unlock(1, &word);
	bit_spin_unlock(1, &word);
}

static DEFINE_SPINLOCK(lock);

static void copy_locked(void)
{
	int from = 1, to;

	spin_lock(&lock);
	WARN_ON(copy_to_user(&to, &from, sizeof(to)));
	spin_unlock(&lock);
}

static void nothing(void)
{
}

const struct meeting wait_meetings[] = {
	{ "bit_spinlock", { count, count }, NULL, counted_two },
	{ "wait_on_bit_lock", { count_locked_by_wait, count_locked_by_wait }, NULL, counted_two },
	{ "swait", { swait, swake }, NULL, NULL },
	{ "wait_on_bit", { wait_bit, wake_bit }, set_word, NULL },
	{ "wait_var", { wait_var, wake_var }, NULL, NULL },
	{ "wait_var_woken_early", { wait_var, wake_var_early }, NULL, NULL },
	{ "lockref", { take, drop }, one_reference, not_used_late },
	{ "bit_spinlock_asleep", { bit_sleeps, nothing }, NULL, NULL },
	{ "copy_under_spinlock", { copy_locked, nothing }, NULL, NULL },
	{ "bit_spinlock_free", { bit_twice, nothing }, NULL, NULL },
	{ NULL, { NULL, NULL }, NULL, NULL },
};
