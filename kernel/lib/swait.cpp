// SPDX-License-Identifier: MIT
// Simple wait queues.
#include <linux/sched/signal.h>
#include <linux/swait.h>

namespace {

// With q->lock held.
void enqueue(swait_queue_head *q, swait_queue *wait)
{
	wait->task = current;
	if (list_empty(&wait->task_list))
		list_add_tail(&wait->task_list, &q->task_list);
}

} // namespace

void swake_up_locked(swait_queue_head *q, int)
{
	if (list_empty(&q->task_list))
		return;
	swait_queue *first = list_first_entry(&q->task_list, swait_queue, task_list);

	// Woken before it is taken out: until then its owner, who takes the lock to
	// leave, keeps its memory.
	wake_up_process(first->task);
	list_del_init(&first->task_list);
}

void swake_up_one(swait_queue_head *q)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&q->lock, flags);
	swake_up_locked(q, 0);
	raw_spin_unlock_irqrestore(&q->lock, flags);
}

void swake_up_all(swait_queue_head *q)
{
	LIST_HEAD(those_now); // who comes later is not woken

	raw_spin_lock_irq(&q->lock);
	list_splice_init(&q->task_list, &those_now);
	while (!list_empty(&those_now)) {
		swait_queue *first = list_first_entry(&those_now, swait_queue, task_list);

		wake_up_state(first->task, TASK_NORMAL);
		list_del_init(&first->task_list);
		if (list_empty(&those_now))
			break;
		raw_spin_unlock_irq(&q->lock);
		raw_spin_lock_irq(&q->lock);
	}
	raw_spin_unlock_irq(&q->lock);
}

void prepare_to_swait_exclusive(swait_queue_head *q, swait_queue *wait, int state)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&q->lock, flags);
	enqueue(q, wait);
	set_current_state(static_cast<unsigned>(state));
	raw_spin_unlock_irqrestore(&q->lock, flags);
}

long prepare_to_swait_event(swait_queue_head *q, swait_queue *wait, int state)
{
	unsigned long flags;
	long ret = 0;

	raw_spin_lock_irqsave(&q->lock, flags);
	if (signal_pending_state(static_cast<unsigned>(state), current)) {
		// A wake-up meant for one must not be lost with us.
		list_del_init(&wait->task_list);
		ret = -ERESTARTSYS;
	} else {
		enqueue(q, wait);
		set_current_state(static_cast<unsigned>(state));
	}
	raw_spin_unlock_irqrestore(&q->lock, flags);
	return ret;
}

void finish_swait(swait_queue_head *q, swait_queue *wait)
{
	unsigned long flags;

	__set_current_state(TASK_RUNNING);
	raw_spin_lock_irqsave(&q->lock, flags);
	list_del_init(&wait->task_list);
	raw_spin_unlock_irqrestore(&q->lock, flags);
}
