// SPDX-License-Identifier: MIT
/*
 * Giving up the CPU.
 *
 * The switch, in two halves that different tasks execute:
 *  1. __schedule() as prev: takes the runqueue's lock, picks next, marks it on_cpu,
 *     switches stacks. The lock stays held; it is next's from here on.
 *  2. finish_task_switch() as next: releases prev's on_cpu, and only then may prev
 *     run elsewhere; drops the lock; if prev is dead, frees its stack and lets
 *     go of the task.
 * A new task comes out of the switch in schedule_tail() instead.
 */
#include <linux/kernel.h>
#include <linux/sched.h>
#include "kernel/core/boot.h"
#include "kernel/core/sched.h"
#include "kernel/core/upcalls.h"

enum preempt_model preempt_model = PREEMPT_FULL;

namespace {

enum ScheduleMode { SM_NONE, SM_PREEMPT };

/* Reported, then put right as Linux does: the machine goes on. */
void schedule_debug(const void *ip)
{
	if (unlikely(in_atomic_preempt_off())) {
		hw_announce(EV_CONTEXT_ASSERT, current, 3, ip);
		preempt_count_set(PREEMPT_DISABLE_OFFSET);
	}
}

/* The lock changes hands without being released. */
void hand_over_lock(rq *rq)
{
	spin_release(&rq->lock.dep_map, _THIS_IP_);
}

void take_over_lock(rq *rq)
{
	spin_acquire(&rq->lock.dep_map, 0, 0, _THIS_IP_);
	lock_acquired(&rq->lock.dep_map, _THIS_IP_);
}

void finish_task_switch(void)
{
	rq *rq = this_rq();
	task_struct *prev = rq->switched_from;
	const unsigned int prev_state = READ_ONCE(prev->__state);
	const bool push = rq->push;

	take_over_lock(rq);
	rq->push = false;
	/* From here on prev may be running on another CPU. */
	smp_store_release(&prev->on_cpu, 0);
	raw_spin_unlock(&rq->lock);
	if (unlikely(push))
		push_task(prev);
	local_irq_enable();
	if (unlikely(prev_state == TASK_DEAD)) {
		hw_context_free(prev->context); /* nobody else ever looks at its stack */
		put_task_struct(prev);
	}
}

void context_switch(rq *rq, task_struct *prev, task_struct *next, unsigned int prev_state)
{
	WRITE_ONCE(next->on_cpu, 1);
	rq->switched_from = prev;
	WRITE_ONCE(rq->curr, next);
	rq->nr_switches++;
	hand_over_lock(rq);
	hw_announce(EV_TASK_SWITCH, next, prev_state, __builtin_return_address(0));
	hw_switch(next->context, next);
	finish_task_switch();
}

/* prev leaves: asleep, or back in a queue, or to be pushed to another CPU. */
unsigned int put_prev(rq *rq, task_struct *prev, ScheduleMode mode, const void *ip)
{
	unsigned int state = mode == SM_PREEMPT ? TASK_RUNNING : READ_ONCE(prev->__state);

	if (prev == rq->idle)
		return TASK_RUNNING;
	if (state && signal_pending_state(state, prev)) {
		WRITE_ONCE(prev->__state, TASK_RUNNING);
		state = TASK_RUNNING;
	}
	if (state) {
		deactivate_task(rq, prev, 0);
		if (state != TASK_DEAD)
			hw_announce(EV_TASK_BLOCK, prev, state, ip);
		prev->nvcsw++;
	} else if (unlikely(!may_run_on(prev, rq->cpu))) {
		deactivate_task(rq, prev, TASK_ON_RQ_MIGRATING);
		rq->push = true;
	} else {
		put_prev_task(rq, prev, mode == SM_PREEMPT);
	}
	return state;
}

void __schedule(ScheduleMode mode, const void *ip)
{
	schedule_debug(ip);
	local_irq_disable();
	rcu_note_context_switch(mode == SM_PREEMPT);

	rq *rq = this_rq();
	task_struct *prev = current;

	raw_spin_lock(&rq->lock);
	smp_mb__after_spinlock(); /* the sleeper's condition and its state: see sched.h */
	const unsigned int prev_state = put_prev(rq, prev, mode, ip);
	if (!rq->nr_running && !rq->push)
		newidle_balance(rq);
	task_struct *next = pick_next_task(rq);
	clear_ti_thread_flag(&prev->thread_info, TIF_NEED_RESCHED);
	clear_preempt_need_resched();

	if (likely(prev != next)) {
		if (!prev_state && prev != rq->idle) {
			prev->nivcsw++;
			hw_announce(EV_TASK_PREEMPT, prev, 0, ip);
		}
		context_switch(rq, prev, next, prev_state);
	} else {
		raw_spin_unlock_irq(&rq->lock);
	}
}

void preempt_schedule_common(const void *ip)
{
	do {
		preempt_disable_notrace();
		__schedule(SM_PREEMPT, ip);
		preempt_enable_no_resched_notrace();
		/* Something may have come while it could not preempt. */
	} while (need_resched());
}

} /* namespace */

int preempt_setup(const char *value)
{
	if (value[0] == 'n')
		preempt_model = PREEMPT_NONE;
	else if (value[0] == 'v')
		preempt_model = PREEMPT_VOLUNTARY;
	else
		preempt_model = PREEMPT_FULL;
	return 0;
}

void schedule_tail(void)
{
	finish_task_switch();
	preempt_enable_no_resched_notrace();
	if (should_resched(0))
		preempt_schedule();
}

void schedule_idle(void)
{
	do {
		__schedule(SM_NONE, __builtin_return_address(0));
	} while (need_resched());
}

/* From the end of an interrupt; interrupts are off before and after. */
void preempt_schedule_irq(void)
{
	do {
		preempt_disable_notrace();
		local_irq_enable();
		__schedule(SM_PREEMPT, __builtin_return_address(0));
		local_irq_disable();
		preempt_enable_no_resched_notrace();
	} while (need_resched());
}

void do_task_dead(void)
{
	preempt_disable_notrace(); /* or a preemption would pass for the last switch */
	set_special_state(TASK_DEAD);
	__schedule(SM_NONE, __builtin_return_address(0));
	BUG();
}

void scheduler_ipi(void)
{
	if (tif_need_resched())
		set_preempt_need_resched();
}

extern "C" {

void schedule(void)
{
	const void *ip = __builtin_return_address(0);
	task_struct *self = current;

	if (unlikely(self->flags & PF_WQ_WORKER) && READ_ONCE(self->__state))
		wq_worker_sleeping(self);
	do {
		preempt_disable_notrace();
		__schedule(SM_NONE, ip);
		preempt_enable_no_resched_notrace();
	} while (need_resched());
	if (unlikely(self->flags & PF_WQ_WORKER))
		wq_worker_running(self);
}

void io_schedule(void)
{
	schedule();
}

void schedule_preempt_disabled(void)
{
	preempt_enable_no_resched();
	schedule();
	preempt_disable();
}

void yield(void)
{
	set_current_state(TASK_RUNNING);
	schedule();
}

void preempt_schedule(void)
{
	if (preempt_model == PREEMPT_FULL && preemptible())
		preempt_schedule_common(__builtin_return_address(0));
}

int __cond_resched(void)
{
	if (preempt_model == PREEMPT_FULL || !should_resched(0) || irqs_disabled())
		return 0;
	preempt_schedule_common(__builtin_return_address(0));
	return 1;
}

bool preempt_model_none(void)
{
	return preempt_model == PREEMPT_NONE;
}

bool preempt_model_voluntary(void)
{
	return preempt_model == PREEMPT_VOLUNTARY;
}

bool preempt_model_full(void)
{
	return preempt_model == PREEMPT_FULL;
}

} /* extern "C" */
