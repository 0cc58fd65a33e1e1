// SPDX-License-Identifier: MIT
/* Wait queues. The lock is taken as the raw lock inside it: core knows no other. */
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/wait.h>

namespace {

/* Wakes all non-exclusive waiters and up to nr exclusive ones (0: all). */
void wake_locked(wait_queue_head *wq_head, unsigned int mode, int nr, void *key)
{
	wait_queue_entry *curr, *next;

	list_for_each_entry_safe(curr, next, &wq_head->head, entry) {
		const unsigned int flags = curr->flags;
		const int result = curr->func(curr, mode, 0, key);
		if (result < 0)
			break;
		if (result && (flags & WQ_FLAG_EXCLUSIVE) && !--nr)
			break;
	}
}

void add(wait_queue_head *wq_head, wait_queue_entry *entry, bool exclusive)
{
	if (exclusive)
		list_add_tail(&entry->entry, &wq_head->head);
	else
		list_add(&entry->entry, &wq_head->head);
}

} /* namespace */

extern "C" {

int __wake_up(wait_queue_head *wq_head, unsigned int mode, int nr, void *key)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&wq_head->lock.rlock, flags);
	wake_locked(wq_head, mode, nr, key);
	raw_spin_unlock_irqrestore(&wq_head->lock.rlock, flags);
	return 0;
}

void __wake_up_locked(wait_queue_head *wq_head, unsigned int mode, int nr)
{
	wake_locked(wq_head, mode, nr, nullptr);
}

int default_wake_function(wait_queue_entry *entry, unsigned int mode, int flags, void *)
{
	return try_to_wake_up(static_cast<task_struct *>(entry->private_), mode, flags);
}

int autoremove_wake_function(wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	const int result = default_wake_function(entry, mode, flags, key);

	if (result)
		list_del_init_careful(&entry->entry);
	return result;
}

int woken_wake_function(wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	smp_mb(); /* pairs with wait_woken(): condition, then flag */
	entry->flags |= WQ_FLAG_WOKEN;
	return default_wake_function(entry, mode, flags, key);
}

void add_wait_queue(wait_queue_head *wq_head, wait_queue_entry *entry)
{
	unsigned long flags;

	entry->flags &= ~unsigned{ WQ_FLAG_EXCLUSIVE };
	raw_spin_lock_irqsave(&wq_head->lock.rlock, flags);
	add(wq_head, entry, false);
	raw_spin_unlock_irqrestore(&wq_head->lock.rlock, flags);
}

void add_wait_queue_exclusive(wait_queue_head *wq_head, wait_queue_entry *entry)
{
	unsigned long flags;

	entry->flags |= WQ_FLAG_EXCLUSIVE;
	raw_spin_lock_irqsave(&wq_head->lock.rlock, flags);
	add(wq_head, entry, true);
	raw_spin_unlock_irqrestore(&wq_head->lock.rlock, flags);
}

void remove_wait_queue(wait_queue_head *wq_head, wait_queue_entry *entry)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&wq_head->lock.rlock, flags);
	list_del(&entry->entry);
	raw_spin_unlock_irqrestore(&wq_head->lock.rlock, flags);
}

void prepare_to_wait(wait_queue_head *wq_head, wait_queue_entry *entry, int state)
{
	unsigned long flags;

	entry->flags &= ~unsigned{ WQ_FLAG_EXCLUSIVE };
	raw_spin_lock_irqsave(&wq_head->lock.rlock, flags);
	if (list_empty(&entry->entry))
		add(wq_head, entry, false);
	set_current_state(static_cast<unsigned int>(state));
	raw_spin_unlock_irqrestore(&wq_head->lock.rlock, flags);
}

bool prepare_to_wait_exclusive(wait_queue_head *wq_head, wait_queue_entry *entry, int state)
{
	unsigned long flags;
	bool was_empty = false;

	entry->flags |= WQ_FLAG_EXCLUSIVE;
	raw_spin_lock_irqsave(&wq_head->lock.rlock, flags);
	if (list_empty(&entry->entry)) {
		was_empty = list_empty(&wq_head->head);
		add(wq_head, entry, true);
	}
	set_current_state(static_cast<unsigned int>(state));
	raw_spin_unlock_irqrestore(&wq_head->lock.rlock, flags);
	return was_empty;
}

void init_wait_entry(wait_queue_entry *entry, int flags)
{
	entry->flags = static_cast<unsigned int>(flags);
	entry->private_ = current;
	entry->func = autoremove_wake_function;
	INIT_LIST_HEAD(&entry->entry);
}

/* An exclusive waiter that leaves with a signal must not take a wake-up along. */
long prepare_to_wait_event(wait_queue_head *wq_head, wait_queue_entry *entry, int state)
{
	unsigned long flags;
	long result = 0;

	raw_spin_lock_irqsave(&wq_head->lock.rlock, flags);
	if (signal_pending_state(static_cast<unsigned int>(state), current)) {
		list_del_init(&entry->entry);
		result = -ERESTARTSYS;
	} else {
		if (list_empty(&entry->entry))
			add(wq_head, entry, entry->flags & WQ_FLAG_EXCLUSIVE);
		set_current_state(static_cast<unsigned int>(state));
	}
	raw_spin_unlock_irqrestore(&wq_head->lock.rlock, flags);
	return result;
}

int do_wait_intr(wait_queue_head *wq_head, wait_queue_entry *entry)
{
	if (list_empty(&entry->entry))
		list_add_tail(&entry->entry, &wq_head->head);
	set_current_state(TASK_INTERRUPTIBLE);
	if (signal_pending(current))
		return -ERESTARTSYS;
	raw_spin_unlock(&wq_head->lock.rlock);
	schedule();
	raw_spin_lock(&wq_head->lock.rlock);
	return 0;
}

void finish_wait(wait_queue_head *wq_head, wait_queue_entry *entry)
{
	unsigned long flags;

	__set_current_state(TASK_RUNNING);
	/* Whoever took us off may still be looking: careful, or under the lock. */
	if (!list_empty_careful(&entry->entry)) {
		raw_spin_lock_irqsave(&wq_head->lock.rlock, flags);
		list_del_init(&entry->entry);
		raw_spin_unlock_irqrestore(&wq_head->lock.rlock, flags);
	}
}

long wait_woken(wait_queue_entry *entry, unsigned int mode, long timeout)
{
	set_current_state(mode);
	if (!(entry->flags & WQ_FLAG_WOKEN) &&
	    !((current->flags & PF_KTHREAD) && (kthread_should_stop() || kthread_should_park())))
		timeout = schedule_timeout(timeout);
	__set_current_state(TASK_RUNNING);
	smp_store_mb(entry->flags, entry->flags & ~unsigned{ WQ_FLAG_WOKEN });
	return timeout;
}

} /* extern "C" */
