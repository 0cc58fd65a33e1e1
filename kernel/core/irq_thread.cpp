// SPDX-License-Identifier: MIT
/*
 * Threaded handlers: the hardirq part says IRQ_WAKE_THREAD, the rest runs in a
 * SCHED_FIFO thread of the action's own. With IRQF_ONESHOT a level-triggered line
 * stays masked until the thread is done; an edge would be lost, so its line stays
 * open and the thread goes round once more.
 */
#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include "irq/regs.h"
#include "kernel/core/irq.h"

namespace {

enum { IRQTF_RUNTHREAD };

bool wait_for_interrupt(irqaction *action)
{
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (test_and_clear_bit(IRQTF_RUNTHREAD, &action->thread_flags)) {
			__set_current_state(TASK_RUNNING);
			return true;
		}
		if (kthread_should_stop()) {
			__set_current_state(TASK_RUNNING);
			return false;
		}
		schedule();
	}
}

/* Whether the line waits, masked, for the action's thread. */
bool masks_until_done(const irq_desc *desc, const irqaction *action)
{
	return desc->level && (action->flags & IRQF_ONESHOT);
}

void finish_oneshot(irq_desc *desc, irqaction *action)
{
	raw_spin_lock_irq(&desc->lock);
	if (!--desc->oneshot_threads && !desc->depth && !desc->in_progress)
		unmask_line(action->irq);
	raw_spin_unlock_irq(&desc->lock);
}

int irq_thread(void *data)
{
	auto *action = static_cast<irqaction *>(data);
	irq_desc *desc = &irq_descs[action->irq];

	while (wait_for_interrupt(action)) {
		const int result = action->thread_fn(static_cast<int>(action->irq), action->dev_id);
		if (result == IRQ_HANDLED && desc->level)
			hw_source_ack(action->irq);
		if (masks_until_done(desc, action))
			finish_oneshot(desc, action);
		atomic_dec(&desc->threads_active);
	}
	return 0;
}

} /* namespace */

int create_irq_thread(irqaction *action)
{
	task_struct *t = kthread_create(irq_thread, action, "irq/%u-%s", action->irq, action->name);

	if (IS_ERR(t))
		return static_cast<int>(PTR_ERR(t));
	sched_set_fifo(t);
	action->thread = get_task_struct(t);
	wake_up_process(t);
	return 0;
}

void wake_irq_thread(irq_desc *desc, irqaction *action)
{
	if (WARN_ONCE(!action->thread, "irq %u: IRQ_WAKE_THREAD without a thread\n", action->irq))
		return;
	if (test_and_set_bit(IRQTF_RUNTHREAD, &action->thread_flags))
		return;
	if (masks_until_done(desc, action)) {
		raw_spin_lock(&desc->lock);
		desc->oneshot_threads++;
		mask_line(action->irq);
		raw_spin_unlock(&desc->lock);
	}
	atomic_inc(&desc->threads_active);
	wake_up_process(action->thread);
}

irqreturn_t irq_default_primary_handler(int, void *)
{
	return IRQ_WAKE_THREAD;
}
