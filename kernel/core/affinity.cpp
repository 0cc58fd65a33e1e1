// SPDX-License-Identifier: MIT
/*
 * Where a task may run.
 *
 * A task on a CPU that it may no longer use is made to schedule there; the switch
 * away from it then moves it on (push_task), when its stack is free.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include "kernel/core/sched.h"

unsigned long allowed_cpus(const task_struct *p)
{
	if (p->migration_disabled)
		return 1UL << task_cpu(p);
	return READ_ONCE(p->cpus_mask.bits[0]);
}

bool may_run_on(const task_struct *p, unsigned int cpu)
{
	return (allowed_cpus(p) >> cpu) & 1;
}

void set_task_cpu(task_struct *p, unsigned int cpu)
{
	const unsigned int from = task_cpu(p);

	if (from == cpu)
		return;
	WRITE_ONCE(p->cpu, static_cast<int>(cpu));
	hw_announce(EV_TASK_MIGRATE, p, from | cpu << 8, __builtin_return_address(0));
}

void push_task(task_struct *p)
{
	set_task_cpu(p, select_task_rq(p));
	rq *rq = task_rq(p);

	raw_spin_lock(&rq->lock);
	activate_task(rq, p);
	check_preempt_curr(rq, p);
	raw_spin_unlock(&rq->lock);
}

/* With p's locks held: off its queue if it stands in one that it may not. */
static bool take_off(rq *rq, task_struct *p)
{
	if (p->on_rq != TASK_ON_RQ_QUEUED || rq->curr == p || may_run_on(p, rq->cpu))
		return false;
	dequeue_task(rq, p);
	deactivate_task(rq, p, TASK_ON_RQ_MIGRATING);
	return true;
}

extern "C" {

int set_cpus_allowed_ptr(task_struct *p, const struct cpumask *mask)
{
	unsigned long flags;
	const unsigned long cpus = mask->bits[0] & cpu_online_mask->bits[0];

	if (!cpus || ((p->flags & PF_NO_SETAFFINITY) && p != current))
		return -EINVAL;
	rq *rq = task_rq_lock(p, &flags);
	WRITE_ONCE(p->cpus_mask.bits[0], mask->bits[0]);
	p->nr_cpus_allowed = static_cast<int>(cpumask_weight(&p->cpus_mask));
	const bool moved = take_off(rq, p);
	const bool running = rq->curr == p && !may_run_on(p, rq->cpu);
	if (running)
		resched_curr(rq);
	raw_spin_unlock(&rq->lock);
	if (moved)
		push_task(p);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);

	if (running && p == current) {
		schedule();
	} else {
		/* It leaves at its next scheduling point. */
		while (task_curr(p) && !may_run_on(p, task_cpu(p)))
			schedule_timeout_uninterruptible(1);
	}
	return 0;
}

void migrate_disable(void)
{
	preempt_disable_notrace();
	current->migration_disabled++;
	preempt_enable_notrace();
}

void migrate_enable(void)
{
	preempt_disable_notrace();
	if (!WARN_ON_ONCE(!current->migration_disabled))
		current->migration_disabled--;
	const bool leave = !may_run_on(current, hw_cpu_id());
	preempt_enable_notrace();
	if (leave)
		schedule();
}

} /* extern "C" */
