// SPDX-License-Identifier: MIT
// Counting semaphores, as Linux's kernel/locking/semaphore.c (M. Wilcox 2008).
//
// Everything is guarded by sem->lock. up() gives a unit straight to the first
// waiter: count does not change, so nobody can snatch it in between.
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sched/wake_q.h>
#include <linux/semaphore.h>

namespace {

struct semaphore_waiter {
	struct list_head list;
	struct task_struct *task;
	bool up; // it was given a unit
};

// With sem->lock held and interrupts off; drops and retakes it.
int wait(struct semaphore *sem, unsigned int state, long timeout)
{
	struct semaphore_waiter waiter;

	list_add_tail(&waiter.list, &sem->wait_list);
	waiter.task = current;
	waiter.up = false;
	for (;;) {
		if (signal_pending_state(state, current)) {
			list_del(&waiter.list);
			return -EINTR;
		}
		if (timeout <= 0) {
			list_del(&waiter.list);
			return -ETIME;
		}
		__set_current_state(state);
		raw_spin_unlock_irq(&sem->lock);
		timeout = schedule_timeout(timeout);
		raw_spin_lock_irq(&sem->lock);
		if (waiter.up)
			return 0;
	}
}

int down_common(struct semaphore *sem, unsigned int state, long timeout)
{
	unsigned long flags;
	int err = 0;

	might_sleep();
	raw_spin_lock_irqsave(&sem->lock, flags);
	if (likely(sem->count > 0))
		sem->count--;
	else
		err = wait(sem, state, timeout);
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	return err;
}

} // namespace

void __sema_init(struct semaphore *sem, int val, struct lock_class_key *key)
{
	__raw_spin_lock_init(&sem->lock, "semaphore->lock", key, LD_WAIT_SPIN);
	sem->count = static_cast<unsigned int>(val);
	INIT_LIST_HEAD(&sem->wait_list);
}

void down(struct semaphore *sem)
{
	(void)down_common(sem, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}

int down_interruptible(struct semaphore *sem)
{
	return down_common(sem, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}

int down_killable(struct semaphore *sem)
{
	return down_common(sem, TASK_KILLABLE, MAX_SCHEDULE_TIMEOUT);
}

int down_timeout(struct semaphore *sem, long jiffies)
{
	return down_common(sem, TASK_UNINTERRUPTIBLE, jiffies);
}

int down_trylock(struct semaphore *sem)
{
	unsigned long flags;
	bool taken;

	raw_spin_lock_irqsave(&sem->lock, flags);
	taken = sem->count > 0;
	if (taken)
		sem->count--;
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	return !taken;
}

void up(struct semaphore *sem)
{
	unsigned long flags;
	DEFINE_WAKE_Q(wake_q);

	raw_spin_lock_irqsave(&sem->lock, flags);
	if (list_empty(&sem->wait_list)) {
		sem->count++;
	} else {
		struct semaphore_waiter *first =
			list_first_entry(&sem->wait_list, struct semaphore_waiter, list);

		list_del(&first->list);
		first->up = true;
		wake_q_add(&wake_q, first->task);
	}
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	wake_up_q(&wake_q);
}
