// SPDX-License-Identifier: MIT
/*
 * Load balancing: a CPU with nothing to do pulls a waiting task from one that has
 * more than it can run; a busy CPU's tick wakes an idle one to do that.
 */
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include "kernel/core/sched.h"

namespace {

task_struct *first_for(list_head *queue, unsigned int cpu)
{
	task_struct *p;

	list_for_each_entry(p, queue, run_list) {
		if (may_run_on(p, cpu))
			return p;
	}
	return nullptr;
}

/* A waiting task of src that may run on cpu: off its queue, in transit. */
task_struct *detach_one(rq *src, unsigned int cpu)
{
	raw_spin_lock(&src->lock);
	task_struct *p = nullptr;
	if (src->nr_running > 1) {
		p = first_for(&src->rt, cpu);
		if (!p)
			p = first_for(&src->fair, cpu);
	}
	if (p) {
		dequeue_task(src, p);
		deactivate_task(src, p, TASK_ON_RQ_MIGRATING);
		set_task_cpu(p, cpu);
	}
	raw_spin_unlock(&src->lock);
	return p;
}

/* No lock held, interrupts off. */
task_struct *pull_for(unsigned int cpu)
{
	unsigned long busy = READ_ONCE(busy_cpus.bits[0]) & ~(1UL << cpu);

	while (busy) {
		/* Neighbours first, so that idle CPUs do not all turn to the same one. */
		const unsigned long above = busy & (~1UL << cpu);
		const auto from = static_cast<unsigned int>(
			__builtin_ctzl(above ? above : busy));
		task_struct *p = detach_one(cpu_rq(from), cpu);
		if (p)
			return p;
		busy &= ~(1UL << from);
	}
	return nullptr;
}

} /* namespace */

void newidle_balance(rq *rq)
{
	if (!(READ_ONCE(busy_cpus.bits[0]) & ~(1UL << rq->cpu)))
		return;
	raw_spin_unlock(&rq->lock);
	task_struct *p = pull_for(rq->cpu);
	raw_spin_lock(&rq->lock);
	if (p)
		activate_task(rq, p);
}

void trigger_load_balance(rq *rq, bool idle)
{
	if (idle || READ_ONCE(rq->nr_running) < 2)
		return;
	const unsigned int idle_one = cpumask_first_and(&idle_cpus, cpu_online_mask);
	if (idle_one >= nr_cpu_ids)
		return;
	struct rq *there = cpu_rq(idle_one);

	raw_spin_lock(&there->lock);
	if (there->curr == there->idle)
		resched_curr(there);
	raw_spin_unlock(&there->lock);
}
