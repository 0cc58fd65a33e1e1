// SPDX-License-Identifier: MIT
/*
 * The queues of runnable tasks.
 *
 * Real-time tasks stand before all others, better priorities first, first come
 * first served within one. All others take turns, each for a slice that depends on
 * its nice value. The running task stands in no queue.
 */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include "kernel/core/boot.h"
#include "kernel/core/sched.h"

struct cpumask idle_cpus, busy_cpus;

DEFINE_PER_CPU(struct rq, runqueues);

namespace {

constexpr int kRrTicks = 100 * HZ / 1000; /* 100 ms */

void add_running(rq *rq)
{
	const unsigned int n = rq->nr_running + 1;

	WRITE_ONCE(rq->nr_running, n);
	if (n == 1)
		cpumask_clear_cpu(rq->cpu, &idle_cpus);
	else if (n == 2)
		cpumask_set_cpu(rq->cpu, &busy_cpus);
}

void sub_running(rq *rq)
{
	const unsigned int n = rq->nr_running - 1;

	WRITE_ONCE(rq->nr_running, n);
	if (n == 0)
		cpumask_set_cpu(rq->cpu, &idle_cpus);
	else if (n == 1)
		cpumask_clear_cpu(rq->cpu, &busy_cpus);
}

/* The entry before which p stands: its turn among equals is first or last. */
list_head *rt_place(rq *rq, const task_struct *p, bool head)
{
	list_head *pos;

	list_for_each(pos, &rq->rt) {
		const task_struct *q = list_entry(pos, struct task_struct, run_list);
		if (q->prio > p->prio || (head && q->prio == p->prio))
			break;
	}
	return pos;
}

} /* namespace */

int slice_of(const task_struct *p)
{
	if (p->policy == SCHED_FIFO)
		return 1; /* never counted down */
	if (p->policy == SCHED_RR)
		return kRrTicks;
	const int nice = PRIO_TO_NICE(p->static_prio);
	return nice < -10 ? 4 : nice < 0 ? 2 : 1;
}

void enqueue_task(rq *rq, task_struct *p, bool head)
{
	if (rt_prio(p->prio))
		list_add_tail(&p->run_list, rt_place(rq, p, head));
	else if (head)
		list_add(&p->run_list, &rq->fair);
	else
		list_add_tail(&p->run_list, &rq->fair);
}

void dequeue_task(rq *, task_struct *p)
{
	list_del_init(&p->run_list);
}

void activate_task(rq *rq, task_struct *p)
{
	p->time_slice = slice_of(p);
	enqueue_task(rq, p, false);
	WRITE_ONCE(p->on_rq, TASK_ON_RQ_QUEUED);
	add_running(rq);
}

/* One write: a waker that saw 0 in between would queue a task in transit again. */
void deactivate_task(rq *rq, task_struct *p, int on_rq)
{
	WRITE_ONCE(p->on_rq, on_rq);
	sub_running(rq);
}

/* Back into its queue: first if it was interrupted in its turn, else last. */
void put_prev_task(rq *rq, task_struct *prev, bool preempted)
{
	const bool head = preempted && prev->time_slice > 0;

	if (!head)
		prev->time_slice = slice_of(prev);
	enqueue_task(rq, prev, head);
}

task_struct *pick_next_task(rq *rq)
{
	task_struct *p = list_first_entry_or_null(&rq->rt, struct task_struct, run_list);

	if (!p)
		p = list_first_entry_or_null(&rq->fair, struct task_struct, run_list);
	if (!p)
		return rq->idle;
	dequeue_task(rq, p);
	return p;
}

void resched_curr(rq *rq)
{
	task_struct *curr = rq->curr;

	if (test_ti_thread_flag(&curr->thread_info, TIF_NEED_RESCHED))
		return;
	set_ti_thread_flag(&curr->thread_info, TIF_NEED_RESCHED);
	if (rq->cpu == hw_cpu_id())
		set_preempt_need_resched();
	else
		smp_send_reschedule(static_cast<int>(rq->cpu));
}

/* p has become runnable: shall it run at once? */
void check_preempt_curr(rq *rq, task_struct *p)
{
	const task_struct *curr = rq->curr;

	if (curr == rq->idle || (rt_prio(p->prio) && p->prio < curr->prio) ||
	    (!rt_prio(curr->prio) && p->prio < curr->prio))
		resched_curr(rq);
}

rq *__task_rq_lock(task_struct *p)
{
	for (;;) {
		rq *rq = task_rq(p);
		raw_spin_lock(&rq->lock);
		if (likely(rq == task_rq(p) && READ_ONCE(p->on_rq) != TASK_ON_RQ_MIGRATING))
			return rq;
		raw_spin_unlock(&rq->lock);
		while (READ_ONCE(p->on_rq) == TASK_ON_RQ_MIGRATING)
			cpu_relax();
	}
}

rq *task_rq_lock(task_struct *p, unsigned long *flags)
{
	raw_spin_lock_irqsave(&p->pi_lock, *flags);
	return __task_rq_lock(p);
}

void task_rq_unlock(rq *rq, task_struct *p, unsigned long *flags)
{
	raw_spin_unlock(&rq->lock);
	raw_spin_unlock_irqrestore(&p->pi_lock, *flags);
}

void sched_init(void)
{
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++) {
		rq *rq = cpu_rq(cpu);
		raw_spin_lock_init(&rq->lock);
		INIT_LIST_HEAD(&rq->rt);
		INIT_LIST_HEAD(&rq->fair);
		rq->cpu = cpu;
		init_idle(cpu ? &idle_tasks[cpu] : &init_task, cpu);
	}
	cpumask_set_cpu(0, &__cpu_online_mask);
	cpumask_set_cpu(0, &idle_cpus);
}

extern "C" {

int task_curr(const task_struct *p)
{
	return READ_ONCE(task_rq(p)->curr) == p;
}

int idle_cpu(int cpu)
{
	const rq *rq = cpu_rq(static_cast<unsigned int>(cpu));

	return READ_ONCE(rq->curr) == rq->idle && !READ_ONCE(rq->nr_running);
}

task_struct *idle_task(int cpu)
{
	return cpu_rq(static_cast<unsigned int>(cpu))->idle;
}

} /* extern "C" */
