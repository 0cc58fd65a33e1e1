// SPDX-License-Identifier: MIT
/*
 * Waking up.
 *
 * The sleeper: state = S; mb; condition? The waker: condition = true; mb; state?
 * One of them sees the other. try_to_wake_up(p) on a CPU against p falling asleep
 * on another:
 *  1. p->pi_lock makes wakers of p take turns.
 *  2. If p is still queued (it has not got to schedule(), or not yet to its
 *     runqueue's lock), setting its state to running is all there is to do.
 *  3. Else p has left its queue, but perhaps not its stack: wait for on_cpu == 0.
 *  4. Nobody else can touch p now. Choose a CPU, queue it there.
 */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/wake_q.h>
#include "kernel/core/sched.h"

namespace {

/* First CPU of the set from `from` on, round the end; the set is not empty. */
unsigned int next_in(unsigned long set, unsigned int from)
{
	const unsigned long above = set & (~0UL << from);

	return static_cast<unsigned int>(__builtin_ctzl(above ? above : set));
}

unsigned int least_loaded(unsigned long set, unsigned int prev)
{
	unsigned int best = next_in(set, prev);
	unsigned int best_load = READ_ONCE(cpu_rq(best)->nr_running);

	for (set &= ~(1UL << best); set && best_load > 1; set &= set - 1) {
		const auto cpu = static_cast<unsigned int>(__builtin_ctzl(set));
		const unsigned int load = READ_ONCE(cpu_rq(cpu)->nr_running);
		if (load < best_load) {
			best = cpu;
			best_load = load;
		}
	}
	return best;
}

/* Step 2: p is on a runqueue. */
bool ttwu_runnable(task_struct *p)
{
	rq *rq = __task_rq_lock(p);
	const bool queued = p->on_rq == TASK_ON_RQ_QUEUED;

	if (queued) {
		if (rq->curr != p)
			check_preempt_curr(rq, p);
		WRITE_ONCE(p->__state, TASK_RUNNING);
		hw_announce(EV_TASK_WAKE, p, rq->cpu, __builtin_return_address(0));
	}
	raw_spin_unlock(&rq->lock);
	return queued;
}

/* Step 4. */
void ttwu_queue(task_struct *p)
{
	set_task_cpu(p, select_task_rq(p));
	rq *rq = task_rq(p);

	raw_spin_lock(&rq->lock);
	activate_task(rq, p);
	WRITE_ONCE(p->__state, TASK_RUNNING);
	hw_announce(EV_TASK_WAKE, p, rq->cpu, __builtin_return_address(0));
	check_preempt_curr(rq, p);
	raw_spin_unlock(&rq->lock);
}

} /* namespace */

/* An idle CPU, its last one first; else the least loaded. Interrupts off. */
unsigned int select_task_rq(const task_struct *p)
{
	const unsigned int prev = task_cpu(p);
	unsigned long allowed = allowed_cpus(p) & READ_ONCE(__cpu_online_mask.bits[0]);

	if (!allowed) /* nothing left of its mask: anywhere */
		allowed = __cpu_online_mask.bits[0];
	if (!(allowed & (allowed - 1)))
		return next_in(allowed, 0);
	const unsigned long idle = allowed & READ_ONCE(idle_cpus.bits[0]);
	return idle ? next_in(idle, prev) : least_loaded(allowed, prev);
}

extern "C" {

int try_to_wake_up(task_struct *p, unsigned int state, int)
{
	unsigned long flags;

	if (p == current) {
		/* It runs, perhaps about to sleep, and cannot get there meanwhile. */
		if (!(READ_ONCE(p->__state) & state))
			return 0;
		hw_announce(EV_TASK_WAKE, p, hw_cpu_id(), __builtin_return_address(0));
		WRITE_ONCE(p->__state, TASK_RUNNING);
		return 1;
	}
	raw_spin_lock_irqsave(&p->pi_lock, flags);
	smp_mb__after_spinlock(); /* pairs with set_current_state() */
	if (!(READ_ONCE(p->__state) & state)) {
		raw_spin_unlock_irqrestore(&p->pi_lock, flags);
		return 0;
	}
	smp_rmb(); /* state before on_rq: __schedule() writes them the other way */
	if (!READ_ONCE(p->on_rq) || !ttwu_runnable(p)) {
		smp_acquire__after_ctrl_dep();
		WRITE_ONCE(p->__state, TASK_WAKING);
		while (smp_load_acquire(&p->on_cpu))
			cpu_relax();
		ttwu_queue(p);
	}
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	return 1;
}

int wake_up_process(task_struct *p)
{
	return try_to_wake_up(p, TASK_NORMAL, 0);
}

int wake_up_state(task_struct *p, unsigned int state)
{
	return try_to_wake_up(p, state, 0);
}

void wake_q_add(wake_q_head *head, task_struct *task)
{
	wake_q_node *node = &task->wake_q;

	/* The wake-up must come after what the caller wrote, whoever does it. */
	smp_mb__before_atomic();
	if (cmpxchg_relaxed(&node->next, (wake_q_node *)NULL, WAKE_Q_TAIL))
		return;
	get_task_struct(task);
	*head->lastp = node;
	head->lastp = &node->next;
}

void wake_q_add_safe(wake_q_head *head, task_struct *task)
{
	wake_q_add(head, task);
	put_task_struct(task);
}

void wake_up_q(wake_q_head *head)
{
	wake_q_node *node = head->first;

	while (node != WAKE_Q_TAIL) {
		task_struct *task = container_of(node, struct task_struct, wake_q);
		node = node->next;
		/* It may be put on another list from here on. */
		WRITE_ONCE(task->wake_q.next, (wake_q_node *)NULL);
		wake_up_process(task);
		put_task_struct(task);
	}
}

unsigned long wait_task_inactive(task_struct *p, unsigned int match_state)
{
	for (;;) {
		while (task_curr(p) || READ_ONCE(p->on_cpu)) {
			if (match_state && !(READ_ONCE(p->__state) & match_state))
				return 0;
			cpu_relax();
		}
		if (match_state && !(READ_ONCE(p->__state) & match_state))
			return 0;
		if (!READ_ONCE(p->on_rq))
			return p->nvcsw | 1;
		schedule_timeout_uninterruptible(1);
	}
}

} /* extern "C" */
