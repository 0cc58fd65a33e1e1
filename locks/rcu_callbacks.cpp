// SPDX-License-Identifier: MIT
// RCU's callbacks: per-CPU lists in three segments.
//
//	next	 queued; no grace period asked for yet
//	waiting	 for the end of the period waiting_for
//	done	 their period is over: to be called, in RCU_SOFTIRQ
//
// A batch moves from next to waiting only when waiting is empty, so that order
// is kept and one number is enough.
#include <linux/completion.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "locks/rcu.h"

namespace {

constexpr int kBatch = 10;	   // callbacks in a row, normally
constexpr long kFlood = 10000;	   // from so many on: all
constexpr unsigned long kOffsetsBelow = 4096; // kfree_rcu(): func is an offset

void invoke_now(struct irq_work *) { raise_softirq(RCU_SOFTIRQ); }

// "Are you in a reader?" If it is, a switch will tell.
void hurry_up(struct irq_work *);

} // namespace

DEFINE_PER_CPU(struct rcu_data, rcu_data) = {
	.watching = ATOMIC_INIT(1), .irq_depth = 0, .watching_snapshot = 0,
	.cb_lock = __RAW_SPIN_LOCK_INITIALIZER(rcu_data.cb_lock),
	.done = {}, .waiting = {}, .next = {}, .waiting_for = 0, .queued = 0,
	.invoke = IRQ_WORK_INIT(invoke_now), .hurry = IRQ_WORK_INIT(hurry_up), .barrier = {},
};

namespace {

void hurry_up(struct irq_work *)
{
	// The tick's question, asked early.
	if (!(preempt_count() & (PREEMPT_MASK | SOFTIRQ_MASK)) &&
	    current->rcu_read_lock_nesting == 0)
		rcu_report_this_cpu();
}

void append(rcu_segment *segment, rcu_segment *more)
{
	if (!more->first)
		return;
	if (segment->first)
		segment->last->next = more->first;
	else
		segment->first = more->first;
	segment->last = more->last;
	*more = {};
}

// Under cb_lock.
void advance(struct rcu_data *rdp)
{
	if (rdp->waiting.first && rcu_seq_done(rdp->waiting_for))
		append(&rdp->done, &rdp->waiting);
	if (!rdp->waiting.first && rdp->next.first) {
		append(&rdp->waiting, &rdp->next);
		rdp->waiting_for = rcu_seq_snap();
		rcu_request(rdp->waiting_for);
	}
}

void queue(struct rcu_data *rdp, struct rcu_head *head, rcu_callback_t func)
{
	rcu_segment one = { head, head };

	head->next = nullptr;
	head->func = func;
	append(&rdp->next, &one);
	WRITE_ONCE(rdp->queued, rdp->queued + 1);
	advance(rdp);
}

void call(struct rcu_head *head)
{
	rcu_callback_t func = head->func;
	unsigned long offset = reinterpret_cast<unsigned long>(func);

	hw_announce(EV_RCU_INVOKE, head, offset, nullptr);
	if (offset < kOffsetsBelow)
		kfree(reinterpret_cast<char *>(head) - offset);
	else
		func(head);
	hw_announce(EV_RCU_INVOKED, head, offset, nullptr);
}

// At most kBatch of those that are done; the rest stays.
struct rcu_head *take_batch(struct rcu_data *rdp, int *count)
{
	struct rcu_head *first = rdp->done.first, *last = first;

	*count = first ? 1 : 0;
	if (!first)
		return nullptr;
	while (last->next && (*count < kBatch || rdp->queued >= kFlood)) {
		last = last->next;
		++*count;
	}
	rdp->done.first = last->next;
	last->next = nullptr;
	return first;
}

void rcu_core(struct softirq_action *)
{
	struct rcu_data *rdp = raw_cpu_ptr(&rcu_data);
	unsigned long flags;
	bool more;
	int count;

	raw_spin_lock_irqsave(&rdp->cb_lock, flags);
	advance(rdp);
	struct rcu_head *head = take_batch(rdp, &count);
	raw_spin_unlock_irqrestore(&rdp->cb_lock, flags);

	while (head) {
		struct rcu_head *next = head->next;

		call(head);
		head = next;
	}

	raw_spin_lock_irqsave(&rdp->cb_lock, flags);
	WRITE_ONCE(rdp->queued, rdp->queued - count);
	advance(rdp);
	more = rdp->done.first != nullptr;
	raw_spin_unlock_irqrestore(&rdp->cb_lock, flags);
	if (more)
		raise_softirq(RCU_SOFTIRQ);
}

int __init rcu_core_init(void)
{
	open_softirq(RCU_SOFTIRQ, rcu_core);
	return 0;
}
early_initcall(rcu_core_init);

// rcu_barrier(): a callback behind all others on every CPU that has some.
DEFINE_MUTEX(barrier_mutex);
atomic_t barrier_count;
struct completion barrier_done = COMPLETION_INITIALIZER(barrier_done);

void barrier_callback(struct rcu_head *)
{
	if (atomic_dec_and_test(&barrier_count))
		complete(&barrier_done);
}

} // namespace

namespace {

void leak(struct rcu_head *) {}

} // namespace

bool rcu_leaked(struct rcu_head *head, rcu_callback_t func)
{
	if (likely(hw_ask(HW_ASK_OBJECT_ACTIVE, head) != 1))
		return false;
	pr_err("call_rcu(): Double-freed CB %px->%px()!!!\n", head,
	       reinterpret_cast<void *>(func));
	WRITE_ONCE(head->func, leak);
	return true;
}

void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	bool twice = rcu_leaked(head, func);
	unsigned long flags;
	struct rcu_data *rdp;

	local_irq_save(flags);
	rdp = raw_cpu_ptr(&rcu_data);
	hw_announce(EV_RCU_QUEUE, head, reinterpret_cast<unsigned long>(func),
		    __builtin_return_address(0));
	if (likely(!twice)) {
		raw_spin_lock(&rdp->cb_lock);
		queue(rdp, head, func);
		raw_spin_unlock(&rdp->cb_lock);
	}
	local_irq_restore(flags);
}

void kvfree_call_rcu(struct rcu_head *head, unsigned long offset)
{
	call_rcu(head, reinterpret_cast<rcu_callback_t>(offset));
}

void kvfree_rcu_wait(void *ptr)
{
	synchronize_rcu();
	kfree(ptr);
}

void rcu_barrier(void)
{
	unsigned int cpu;

	mutex_lock(&barrier_mutex);
	reinit_completion(&barrier_done);
	atomic_set(&barrier_count, 1); // ours: nobody completes before all are queued
	for_each_online_cpu(cpu) {
		struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);

		raw_spin_lock_irq(&rdp->cb_lock);
		if (rdp->queued) {
			atomic_inc(&barrier_count);
			hw_announce(EV_RCU_QUEUE, &rdp->barrier,
				    reinterpret_cast<unsigned long>(barrier_callback),
				    __builtin_return_address(0));
			queue(rdp, &rdp->barrier, barrier_callback);
		}
		raw_spin_unlock_irq(&rdp->cb_lock);
	}
	barrier_callback(nullptr);
	wait_for_completion(&barrier_done);
	mutex_unlock(&barrier_mutex);
}

void rcu_kick_callbacks(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);

		if (READ_ONCE(rdp->queued))
			irq_work_queue_on(&rdp->invoke, static_cast<int>(cpu));
	}
}
