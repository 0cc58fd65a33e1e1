// SPDX-License-Identifier: MIT
// Reference counts in parts, and the switch between parts and one place.
//
// The one place holds bias + references of its own while the parts count: no
// put can find 0 there before the parts are summed and the bias is gone.
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/percpu-refcount.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

namespace {

constexpr long kBias = 1l << 62;

DEFINE_SPINLOCK(switch_lock); /* every switch of every reference; irq-safe */
DECLARE_WAIT_QUEUE_HEAD(switch_done);

void no_confirm(percpu_ref *) {}

unsigned long *counts_of(const percpu_ref *ref)
{
	return reinterpret_cast<unsigned long *>(ref->percpu_count_ptr &
						 ~__PERCPU_REF_ATOMIC_DEAD);
}

void set_state(percpu_ref *ref, unsigned long clear, unsigned long set)
{
	// Publishes the count and the parts as they were made ready for the state.
	smp_store_release(&ref->percpu_count_ptr, (ref->percpu_count_ptr & ~clear) | set);
}

void free_counts(percpu_ref *ref)
{
	if (!counts_of(ref))
		return;
	free_percpu(counts_of(ref));
	ref->percpu_count_ptr = __PERCPU_REF_ATOMIC_DEAD;
}

// A grace period after the state said "atomic": nobody counts in the parts.
void sum_up(rcu_head *head)
{
	percpu_ref_data *data = container_of(head, percpu_ref_data, rcu);
	percpu_ref *ref = data->ref;
	percpu_ref_func_t *confirm = data->confirm_switch;
	unsigned long sum = 0, flags;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(*per_cpu_ptr(counts_of(ref), cpu));
	const long left = atomic_long_add_return(static_cast<long>(sum) - kBias, &data->count);
	WARN_ONCE(left <= 0, "percpu ref <= 0 (%ld) after switching to atomic", left);

	confirm(ref);
	spin_lock_irqsave(&switch_lock, flags);
	data->confirm_switch = nullptr;
	spin_unlock_irqrestore(&switch_lock, flags);
	wake_up_all(&switch_done);
	if (!data->allow_reinit)
		free_counts(ref);
	percpu_ref_put(ref); // of switch_to_atomic()
}

// The following with switch_lock held and no switch under way.

void switch_to_atomic(percpu_ref *ref, percpu_ref_func_t *confirm)
{
	if (ref->percpu_count_ptr & __PERCPU_REF_ATOMIC) {
		if (confirm)
			confirm(ref);
		return;
	}
	set_state(ref, 0, __PERCPU_REF_ATOMIC);
	ref->data->confirm_switch = confirm ? confirm : no_confirm;
	percpu_ref_get(ref); // until it is summed
	call_rcu(&ref->data->rcu, sum_up);
}

void switch_to_percpu(percpu_ref *ref)
{
	unsigned int cpu;

	if (!(ref->percpu_count_ptr & __PERCPU_REF_ATOMIC))
		return;
	if (WARN_ON_ONCE(!ref->data->allow_reinit))
		return;
	atomic_long_add(kBias, &ref->data->count);
	for_each_possible_cpu(cpu)
		WRITE_ONCE(*per_cpu_ptr(counts_of(ref), cpu), 0);
	set_state(ref, __PERCPU_REF_ATOMIC, 0);
}

void switch_mode(percpu_ref *ref, percpu_ref_func_t *confirm)
{
	percpu_ref_data *data = ref->data;

	wait_event_lock_irq(switch_done, !data->confirm_switch, switch_lock);
	if (data->force_atomic || percpu_ref_is_dying(ref))
		switch_to_atomic(ref, confirm);
	else
		switch_to_percpu(ref);
}

} // namespace

int percpu_ref_init(percpu_ref *ref, percpu_ref_func_t *release, unsigned int flags, gfp_t gfp)
{
	auto *counts = alloc_percpu(unsigned long);
	auto *data = static_cast<percpu_ref_data *>(kzalloc(sizeof(percpu_ref_data), gfp));

	ref->percpu_count_ptr = 0;
	ref->data = nullptr;
	if (!counts || !data) {
		free_percpu(counts);
		kfree(data);
		return -ENOMEM;
	}
	data->force_atomic = flags & PERCPU_REF_INIT_ATOMIC;
	data->allow_reinit = flags != 0;
	data->release = release;
	data->ref = ref;
	ref->data = data;
	ref->percpu_count_ptr = reinterpret_cast<unsigned long>(counts);
	if (flags & (PERCPU_REF_INIT_ATOMIC | PERCPU_REF_INIT_DEAD))
		ref->percpu_count_ptr |= __PERCPU_REF_ATOMIC;
	else
		atomic_long_add(kBias, &data->count);
	if (flags & PERCPU_REF_INIT_DEAD)
		ref->percpu_count_ptr |= __PERCPU_REF_DEAD;
	else
		atomic_long_inc(&data->count);
	return 0;
}

void percpu_ref_exit(percpu_ref *ref)
{
	percpu_ref_data *data = ref->data;
	unsigned long flags;

	free_counts(ref);
	if (!data)
		return;
	WARN_ON_ONCE(READ_ONCE(data->confirm_switch));
	spin_lock_irqsave(&switch_lock, flags);
	ref->data = nullptr;
	spin_unlock_irqrestore(&switch_lock, flags);
	kfree(data);
}

void percpu_ref_switch_to_atomic(percpu_ref *ref, percpu_ref_func_t *confirm)
{
	unsigned long flags;

	spin_lock_irqsave(&switch_lock, flags);
	ref->data->force_atomic = true;
	switch_mode(ref, confirm);
	spin_unlock_irqrestore(&switch_lock, flags);
}

void percpu_ref_switch_to_atomic_sync(percpu_ref *ref)
{
	percpu_ref_switch_to_atomic(ref, nullptr);
	wait_event(switch_done, !READ_ONCE(ref->data->confirm_switch));
}

void percpu_ref_switch_to_percpu(percpu_ref *ref)
{
	unsigned long flags;

	spin_lock_irqsave(&switch_lock, flags);
	ref->data->force_atomic = false;
	switch_mode(ref, nullptr);
	spin_unlock_irqrestore(&switch_lock, flags);
}

void percpu_ref_kill_and_confirm(percpu_ref *ref, percpu_ref_func_t *confirm)
{
	unsigned long flags;

	spin_lock_irqsave(&switch_lock, flags);
	if (!WARN_ONCE(percpu_ref_is_dying(ref), "%s called more than once!", __func__)) {
		set_state(ref, 0, __PERCPU_REF_DEAD);
		switch_mode(ref, confirm);
		percpu_ref_put(ref);
	}
	spin_unlock_irqrestore(&switch_lock, flags);
}

void percpu_ref_resurrect(percpu_ref *ref)
{
	unsigned long flags;

	spin_lock_irqsave(&switch_lock, flags);
	WARN_ON_ONCE(!percpu_ref_is_dying(ref));
	set_state(ref, __PERCPU_REF_DEAD, 0);
	percpu_ref_get(ref);
	switch_mode(ref, nullptr);
	spin_unlock_irqrestore(&switch_lock, flags);
}

void percpu_ref_reinit(percpu_ref *ref)
{
	WARN_ON_ONCE(!percpu_ref_is_zero(ref));
	percpu_ref_resurrect(ref);
}

bool percpu_ref_is_zero(percpu_ref *ref)
{
	unsigned long *counts, flags;
	bool zero;

	if (__ref_is_percpu(ref, &counts))
		return false;
	// Against percpu_ref_exit(), after which it is 0 for good.
	spin_lock_irqsave(&switch_lock, flags);
	zero = !ref->data || atomic_long_read(&ref->data->count) == 0;
	spin_unlock_irqrestore(&switch_lock, flags);
	return zero;
}
