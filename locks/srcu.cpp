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
#include <linux/kernel.h>
#include <linux/srcu.h>

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
	lockdep_init_map(&ssp->dep_map, name, key, 0);
	return 0;
}

void cleanup_srcu_struct(struct srcu_struct *ssp)
{
	if (WARN_ON(!readers_left(ssp, 0) || !readers_left(ssp, 1)))
		return; // leaked, as somebody is still inside
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
