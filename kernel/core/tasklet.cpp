// SPDX-License-Identifier: MIT
/*
 * Tasklets.
 *
 *	SCHED,RUN
 *	0,0 -> 1,0	tasklet_schedule(): on a CPU's list
 *	1,0 -> 0,1	taken from it: may be scheduled again while it runs
 *	1,1		scheduled, but runs on another CPU: waits for the next round
 *	0,1 -> 0,0	done
 */
#include <linux/bitops.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/percpu-defs.h>
#include <linux/sched.h>
#include "kernel/core/softirq.h"

namespace {

/* Its own CPU only, interrupts off: in order of scheduling. */
struct tasklet_queue {
	tasklet_struct *first, *last;
};
DEFINE_PER_CPU(struct tasklet_queue, tasklet_vec);
DEFINE_PER_CPU(struct tasklet_queue, tasklet_hi_vec);

void append(tasklet_queue *queue, tasklet_struct *t)
{
	t->next = nullptr;
	if (queue->last)
		queue->last->next = t;
	else
		queue->first = t;
	queue->last = t;
}

void schedule_on(tasklet_queue *percpu_queue, unsigned int nr, tasklet_struct *t)
{
	unsigned long flags;

	if (test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		return;
	local_irq_save(flags);
	append(raw_cpu_ptr(percpu_queue), t);
	raise_softirq_irqoff(nr);
	local_irq_restore(flags);
}

/* False: it may not run now. */
bool try_run(tasklet_struct *t)
{
	if (test_and_set_bit(TASKLET_STATE_RUN, &t->state))
		return false;
	const bool enabled = !atomic_read(&t->count);
	if (enabled) {
		WARN_ONCE(!test_and_clear_bit(TASKLET_STATE_SCHED, &t->state),
			  "tasklet SCHED state not set: func %px",
			  reinterpret_cast<void *>(t->func));
		const auto fn = reinterpret_cast<u64>(t->func);
		hw_announce(EV_TASKLET_ENTER, t, fn, nullptr);
		if (t->use_callback)
			t->callback(t);
		else
			t->func(t->data);
		hw_announce(EV_TASKLET_EXIT, t, fn, nullptr);
	}
	smp_mb__before_atomic();
	clear_bit(TASKLET_STATE_RUN, &t->state);
	return enabled;
}

void action(tasklet_queue *percpu_queue, unsigned int nr)
{
	local_irq_disable();
	tasklet_queue *queue = raw_cpu_ptr(percpu_queue);
	tasklet_struct *t = queue->first;
	queue->first = queue->last = nullptr;
	local_irq_enable();

	while (t) {
		tasklet_struct *next = t->next;
		if (!try_run(t)) {
			local_irq_disable();
			append(raw_cpu_ptr(percpu_queue), t);
			__raise_softirq_irqoff(nr);
			local_irq_enable();
		}
		t = next;
	}
}

void tasklet_action(softirq_action *)
{
	action(&tasklet_vec, TASKLET_SOFTIRQ);
}

void tasklet_hi_action(softirq_action *)
{
	action(&tasklet_hi_vec, HI_SOFTIRQ);
}

} /* namespace */

void tasklet_init_softirqs(void)
{
	open_softirq(TASKLET_SOFTIRQ, tasklet_action);
	open_softirq(HI_SOFTIRQ, tasklet_hi_action);
}

extern "C" {

void tasklet_schedule(tasklet_struct *t)
{
	schedule_on(&tasklet_vec, TASKLET_SOFTIRQ, t);
}

void tasklet_hi_schedule(tasklet_struct *t)
{
	schedule_on(&tasklet_hi_vec, HI_SOFTIRQ, t);
}

void tasklet_setup(tasklet_struct *t, void (*callback)(tasklet_struct *))
{
	t->next = nullptr;
	t->state = 0;
	atomic_set(&t->count, 0);
	t->callback = callback;
	t->use_callback = true;
	t->data = 0;
}

void tasklet_init(tasklet_struct *t, void (*func)(unsigned long), unsigned long data)
{
	t->next = nullptr;
	t->state = 0;
	atomic_set(&t->count, 0);
	t->func = func;
	t->use_callback = false;
	t->data = data;
}

void tasklet_unlock_wait(tasklet_struct *t)
{
	while (test_bit(TASKLET_STATE_RUN, &t->state))
		cpu_relax();
}

void tasklet_disable_nosync(tasklet_struct *t)
{
	atomic_inc(&t->count);
	smp_mb__after_atomic();
}

void tasklet_disable(tasklet_struct *t)
{
	tasklet_disable_nosync(t);
	tasklet_unlock_wait(t);
	smp_mb();
}

void tasklet_enable(tasklet_struct *t)
{
	smp_mb__before_atomic();
	atomic_dec(&t->count);
}

void tasklet_kill(tasklet_struct *t)
{
	if (in_interrupt())
		pr_notice("Attempt to kill tasklet from interrupt\n");
	while (test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		schedule_timeout_uninterruptible(1);
	tasklet_unlock_wait(t);
	clear_bit(TASKLET_STATE_SCHED, &t->state);
}

} /* extern "C" */
