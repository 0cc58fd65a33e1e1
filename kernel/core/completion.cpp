// SPDX-License-Identifier: MIT
/* Completions. Waiters stand in the order in which they came, on their own stacks. */
#include <linux/completion.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>

namespace {

struct waiter {
	list_head list;
	task_struct *task;
};

/* The lock is held. */
void wake_first(completion *x)
{
	waiter *w = list_first_entry_or_null(&x->waiters, struct waiter, list);

	if (!w)
		return;
	list_del_init(&w->list);
	wake_up_process(w->task);
}

/* The lock is held, and dropped while asleep. What is left of timeout, or error. */
long wait_locked(completion *x, long timeout, unsigned int state)
{
	waiter w = { LIST_HEAD_INIT(w.list), current };

	while (!x->done && timeout) {
		if (signal_pending_state(state, current)) {
			timeout = -ERESTARTSYS;
			break;
		}
		if (list_empty(&w.list))
			list_add_tail(&w.list, &x->waiters);
		__set_current_state(state);
		raw_spin_unlock_irq(&x->lock);
		timeout = schedule_timeout(timeout);
		raw_spin_lock_irq(&x->lock);
	}
	if (!list_empty(&w.list))
		list_del_init(&w.list);
	__set_current_state(TASK_RUNNING);
	if (!x->done)
		return timeout;
	if (x->done != UINT_MAX)
		x->done--;
	return timeout > 0 ? timeout : 1;
}

long wait_common(completion *x, long timeout, unsigned int state)
{
	might_sleep();
	raw_spin_lock_irq(&x->lock);
	timeout = wait_locked(x, timeout, state);
	raw_spin_unlock_irq(&x->lock);
	return timeout;
}

int wait_forever(completion *x, unsigned int state)
{
	const long left = wait_common(x, MAX_SCHEDULE_TIMEOUT, state);

	return left == -ERESTARTSYS ? -ERESTARTSYS : 0;
}

} /* namespace */

extern "C" {

void complete(completion *x)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&x->lock, flags);
	if (x->done != UINT_MAX)
		x->done++;
	wake_first(x);
	raw_spin_unlock_irqrestore(&x->lock, flags);
}

void complete_all(completion *x)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&x->lock, flags);
	x->done = UINT_MAX;
	while (!list_empty(&x->waiters))
		wake_first(x);
	raw_spin_unlock_irqrestore(&x->lock, flags);
}

void wait_for_completion(completion *x)
{
	wait_common(x, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE);
}

int wait_for_completion_interruptible(completion *x)
{
	return wait_forever(x, TASK_INTERRUPTIBLE);
}

int wait_for_completion_killable(completion *x)
{
	return wait_forever(x, TASK_KILLABLE);
}

unsigned long wait_for_completion_timeout(completion *x, unsigned long timeout)
{
	return static_cast<unsigned long>(
		wait_common(x, static_cast<long>(timeout), TASK_UNINTERRUPTIBLE));
}

long wait_for_completion_interruptible_timeout(completion *x, unsigned long timeout)
{
	return wait_common(x, static_cast<long>(timeout), TASK_INTERRUPTIBLE);
}

long wait_for_completion_killable_timeout(completion *x, unsigned long timeout)
{
	return wait_common(x, static_cast<long>(timeout), TASK_KILLABLE);
}

bool try_wait_for_completion(completion *x)
{
	unsigned long flags;

	if (!READ_ONCE(x->done))
		return false;
	raw_spin_lock_irqsave(&x->lock, flags);
	const bool done = x->done != 0;
	if (done && x->done != UINT_MAX)
		x->done--;
	raw_spin_unlock_irqrestore(&x->lock, flags);
	return done;
}

bool completion_done(completion *x)
{
	unsigned long flags;

	if (!READ_ONCE(x->done))
		return false;
	/* Until complete() has let go of it, it must not be freed. */
	raw_spin_lock_irqsave(&x->lock, flags);
	raw_spin_unlock_irqrestore(&x->lock, flags);
	return true;
}

} /* extern "C" */
