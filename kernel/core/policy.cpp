// SPDX-License-Identifier: MIT
/* Priorities: nice values, policies, and what a task inherits from waiters. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include "kernel/core/sched.h"

namespace {

int normal_prio(const task_struct *p)
{
	if (p->policy == SCHED_FIFO || p->policy == SCHED_RR)
		return MAX_RT_PRIO - 1 - static_cast<int>(p->rt_priority);
	return p->static_prio;
}

/* Its locks are held. The queue that it stands in follows its priority. */
void change_prio(rq *rq, task_struct *p)
{
	const task_struct *top = p->pi_top_task;
	const int old = p->prio;
	const bool queued = p->on_rq == TASK_ON_RQ_QUEUED && rq->curr != p;

	if (queued)
		dequeue_task(rq, p);
	p->normal_prio = normal_prio(p);
	const int inherited = top ? READ_ONCE(top->prio) : MAX_PRIO;
	p->prio = min(p->normal_prio, inherited);
	if (queued)
		enqueue_task(rq, p, false);
	if (p->prio == old)
		return;
	hw_announce(EV_TASK_PRIO, p, static_cast<u64>(p->prio), __builtin_return_address(0));
	if (queued)
		check_preempt_curr(rq, p);
	else if (rq->curr == p && p->prio > old)
		resched_curr(rq); /* somebody better may be waiting */
}

bool valid_policy(int policy, int priority)
{
	if (policy == SCHED_FIFO || policy == SCHED_RR)
		return priority >= 1 && priority < MAX_RT_PRIO;
	return (policy == SCHED_NORMAL || policy == SCHED_BATCH || policy == SCHED_IDLE) &&
	       priority == 0;
}

} /* namespace */

extern "C" {

int sched_setscheduler_nocheck(task_struct *p, int policy, const sched_param *param)
{
	unsigned long flags;

	if (!valid_policy(policy, param->sched_priority))
		return -EINVAL;
	rq *rq = task_rq_lock(p, &flags);
	p->policy = static_cast<unsigned int>(policy);
	p->rt_priority = static_cast<unsigned int>(param->sched_priority);
	p->time_slice = slice_of(p);
	change_prio(rq, p);
	task_rq_unlock(rq, p, &flags);
	return 0;
}

int sched_setscheduler(task_struct *p, int policy, const sched_param *param)
{
	return sched_setscheduler_nocheck(p, policy, param);
}

void sched_set_fifo(task_struct *p)
{
	const sched_param param = { .sched_priority = MAX_RT_PRIO / 2 };

	WARN_ON_ONCE(sched_setscheduler_nocheck(p, SCHED_FIFO, &param));
}

void sched_set_fifo_low(task_struct *p)
{
	const sched_param param = { .sched_priority = 1 };

	WARN_ON_ONCE(sched_setscheduler_nocheck(p, SCHED_FIFO, &param));
}

void sched_set_normal(task_struct *p, int nice)
{
	const sched_param param = { .sched_priority = 0 };

	WARN_ON_ONCE(sched_setscheduler_nocheck(p, SCHED_NORMAL, &param));
	set_user_nice(p, nice);
}

void set_user_nice(task_struct *p, long nice)
{
	unsigned long flags;

	if (nice < MIN_NICE || nice > MAX_NICE)
		return;
	rq *rq = task_rq_lock(p, &flags);
	p->static_prio = NICE_TO_PRIO(nice);
	change_prio(rq, p);
	task_rq_unlock(rq, p, &flags);
}

void rt_mutex_setprio(task_struct *p, task_struct *pi_task)
{
	/* pi_lock is held by the caller, interrupts off. */
	rq *rq = __task_rq_lock(p);

	p->pi_top_task = pi_task;
	change_prio(rq, p);
	raw_spin_unlock(&rq->lock);
}

} /* extern "C" */
