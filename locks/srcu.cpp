// SPDX-License-Identifier: MIT
// Sleepable RCU, by two pairs of counters a CPU (P. McKenney, "Sleepable RCU",
// LWN 2006; M. Desnoyers et al., IEEE TPDS 23(2), 2012).
//
// A reader counts itself in under the current index, and out under the same. A
// grace period flips the index, so that new readers use the other one, and
// waits until as many have left by the old one as came. Counting "out" before
// "in", with a barrier between, makes the sums safe: a reader that is missed in
// "out" cannot be seen in "in" only by having left meanwhile.
//
// A reader may read the index just before a flip and count itself in just
// after it. Hence two flips: the second wait catches it.
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/completion.h>
#include <linux/kernel.h>
#include <linux/srcu.h>

#include "locks/rcu.h"

namespace {

bool readers_left(struct srcu_struct *ssp, int idx)
{
	unsigned long in = 0, out = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		out += READ_ONCE(per_cpu_ptr(ssp->sda, cpu)->unlocks[idx]);
	smp_mb(); // [B] pairs with [A]
	for_each_possible_cpu(cpu)
		in += READ_ONCE(per_cpu_ptr(ssp->sda, cpu)->locks[idx]);
	return in == out;
}

// Readers that leave wake us if somebody waits: see __srcu_read_unlock().
void flip_and_wait(struct srcu_struct *ssp)
{
	int old = ssp->idx;

	smp_mb(); // what the updater did, then the flip
	WRITE_ONCE(ssp->idx, !old);
	smp_mb(); // the flip, then the sums
	wait_event(ssp->wq, readers_left(ssp, old));
}

} // namespace

int __init_srcu_struct(struct srcu_struct *ssp, const char *name, struct lock_class_key *key)
{
	ssp->sda = alloc_percpu(struct srcu_data);
	if (!ssp->sda)
		return -ENOMEM;
	ssp->idx = 0;
	ssp->completed = 0;
	mutex_init(&ssp->mutex);
	init_waitqueue_head(&ssp->wq);
	raw_spin_lock_init(&ssp->lock);
	ssp->first = ssp->last = nullptr;
	INIT_WORK(&ssp->work, __srcu_invoke);
	lockdep_init_map(&ssp->dep_map, name, key, 0);
	return 0;
}

void cleanup_srcu_struct(struct srcu_struct *ssp)
{
	if (WARN_ON(!readers_left(ssp, 0) || !readers_left(ssp, 1)))
		return; // leaked, as somebody is still inside
	flush_work(&ssp->work);
	if (WARN_ON(ssp->first))
		return;
	free_percpu(ssp->sda);
	ssp->sda = nullptr;
}

int __srcu_read_lock(struct srcu_struct *ssp)
{
	int idx = READ_ONCE(ssp->idx) & 1;

	this_cpu_inc(ssp->sda->locks[idx]);
	smp_mb(); // counted in, then the section
	return idx;
}

void __srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	smp_mb(); // [A] the section and "in", then "out"
	this_cpu_inc(ssp->sda->unlocks[idx]);
	if (wq_has_sleeper(&ssp->wq))
		wake_up(&ssp->wq);
}

void synchronize_srcu(struct srcu_struct *ssp)
{
	might_sleep();
	hw_announce(EV_RCU_SYNC_BEGIN, ssp, 0, __builtin_return_address(0));
	mutex_lock(&ssp->mutex);
	flip_and_wait(ssp);
	flip_and_wait(ssp);
	ssp->completed++;
	mutex_unlock(&ssp->mutex);
	smp_mb(); // what the readers did, then what the caller does
	hw_announce(EV_RCU_SYNC_END, ssp, 0, __builtin_return_address(0));
}

// Callbacks: whoever queues one wakes the worker, which takes all that there
// are, waits for one grace period, and calls them in order.

namespace {

struct rcu_head *take_all(struct srcu_struct *ssp)
{
	struct rcu_head *first;

	raw_spin_lock_irq(&ssp->lock);
	first = ssp->first;
	ssp->first = ssp->last = nullptr;
	raw_spin_unlock_irq(&ssp->lock);
	return first;
}

struct barrier {
	struct rcu_head head;
	struct completion done;
};

void barrier_callback(struct rcu_head *head)
{
	complete(&container_of(head, struct barrier, head)->done);
}

} // namespace

void __srcu_invoke(struct work_struct *work)
{
	struct srcu_struct *ssp = container_of(work, struct srcu_struct, work);
	struct rcu_head *head = take_all(ssp);

	if (head)
		synchronize_srcu(ssp);
	while (head) {
		struct rcu_head *next = head->next;
		rcu_callback_t func = head->func;
		u64 arg = reinterpret_cast<unsigned long>(func);

		hw_announce(EV_RCU_INVOKE, head, arg, nullptr);
		local_bh_disable();
		func(head);
		local_bh_enable();
		hw_announce(EV_RCU_INVOKED, head, arg, nullptr);
		head = next;
	}
}

void call_srcu(struct srcu_struct *ssp, struct rcu_head *head, rcu_callback_t func)
{
	bool twice = rcu_leaked(head, func);
	unsigned long flags;

	hw_announce(EV_RCU_QUEUE, head, reinterpret_cast<unsigned long>(func),
		    __builtin_return_address(0));
	if (twice)
		return;
	head->next = nullptr;
	head->func = func;
	raw_spin_lock_irqsave(&ssp->lock, flags);
	if (ssp->first)
		ssp->last->next = head;
	else
		ssp->first = head;
	ssp->last = head;
	raw_spin_unlock_irqrestore(&ssp->lock, flags);
	queue_work(system_unbound_wq, &ssp->work);
}

void srcu_barrier(struct srcu_struct *ssp)
{
	struct barrier barrier;

	init_completion(&barrier.done);
	call_srcu(ssp, &barrier.head, barrier_callback);
	wait_for_completion(&barrier.done);
}
