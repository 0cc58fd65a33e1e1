// SPDX-License-Identifier: MIT
// Counters in parts, one a CPU.
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/percpu_counter.h>

int percpu_counter_batch = 32;

namespace {

s64 magnitude(s64 n)
{
	return n < 0 ? -n : n;
}

// With the lock held: this CPU's part becomes nothing, but for what an interrupt
// adds between the two steps.
void give(percpu_counter *fbc, s64 part, s64 amount)
{
	WRITE_ONCE(fbc->count, fbc->count + part + amount);
	this_cpu_sub(*fbc->counters, static_cast<s32>(part));
}

} // namespace

int __percpu_counter_init(percpu_counter *fbc, s64 amount, const char *name, lock_class_key *key)
{
	const int twice = 2 * static_cast<int>(num_online_cpus());

	if (twice > 32)
		WRITE_ONCE(percpu_counter_batch, twice);
	__raw_spin_lock_init(&fbc->lock, name, key, LD_WAIT_SPIN);
	fbc->count = amount;
	fbc->counters = alloc_percpu(s32);
	return fbc->counters ? 0 : -ENOMEM;
}

void percpu_counter_destroy(percpu_counter *fbc)
{
	if (!fbc->counters)
		return;
	free_percpu(fbc->counters);
	fbc->counters = nullptr;
}

void percpu_counter_set(percpu_counter *fbc, s64 amount)
{
	unsigned long flags;
	unsigned int cpu;

	raw_spin_lock_irqsave(&fbc->lock, flags);
	for_each_possible_cpu(cpu)
		WRITE_ONCE(*per_cpu_ptr(fbc->counters, cpu), 0);
	WRITE_ONCE(fbc->count, amount);
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
}

void percpu_counter_add_batch(percpu_counter *fbc, s64 amount, s32 batch)
{
	unsigned long flags;

	preempt_disable();
	if (magnitude(this_cpu_read(*fbc->counters) + amount) >= batch) {
		raw_spin_lock_irqsave(&fbc->lock, flags);
		give(fbc, this_cpu_read(*fbc->counters), amount);
		raw_spin_unlock_irqrestore(&fbc->lock, flags);
	} else {
		this_cpu_add(*fbc->counters, static_cast<s32>(amount));
	}
	preempt_enable();
}

void percpu_counter_sync(percpu_counter *fbc)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&fbc->lock, flags);
	give(fbc, this_cpu_read(*fbc->counters), 0);
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
}

s64 __percpu_counter_sum(percpu_counter *fbc)
{
	unsigned long flags;
	unsigned int cpu;
	s64 sum;

	raw_spin_lock_irqsave(&fbc->lock, flags);
	sum = fbc->count;
	for_each_possible_cpu(cpu)
		sum += READ_ONCE(*per_cpu_ptr(fbc->counters, cpu));
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
	return sum;
}

int __percpu_counter_compare(percpu_counter *fbc, s64 rhs, s32 batch)
{
	s64 count = percpu_counter_read(fbc);

	if (magnitude(count - rhs) <= static_cast<s64>(batch) * num_online_cpus())
		count = percpu_counter_sum(fbc);
	return count < rhs ? -1 : count > rhs;
}
