// SPDX-License-Identifier: MIT
/*
 * Functions called on other CPUs.
 *
 * Each CPU has a lock-free stack of calls; pushing onto an empty one sends the
 * interrupt. A call's LOCK flag is set while it is queued or running; clearing it
 * (release) tells the caller that its function has returned.
 */
#include <linux/cmpxchg.h>
#include <linux/kernel.h>
#include <linux/percpu-defs.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include "irq/regs.h"
#include "kernel/core/irq.h"

namespace {

/* Pushed by anybody, taken whole by its own CPU. */
DEFINE_PER_CPU(struct __call_single_node *, call_queue);
/* One per target, for calls of this CPU that it does not wait for. */
DEFINE_PER_CPU(call_single_data_t, csd_data)[NR_CPUS];

void csd_lock_wait(call_single_data_t *csd)
{
	while (smp_load_acquire(&csd->node.flags) & CSD_FLAG_LOCK)
		cpu_relax();
}

void csd_lock(call_single_data_t *csd)
{
	csd_lock_wait(csd);
	WRITE_ONCE(csd->node.flags, csd->node.flags | CSD_FLAG_LOCK);
	smp_wmb(); /* before whatever is written into it */
}

void csd_unlock(call_single_data_t *csd)
{
	smp_store_release(&csd->node.flags, csd->node.flags & ~unsigned{ CSD_FLAG_LOCK });
}

void run_here(smp_call_func_t func, void *info)
{
	unsigned long flags;

	local_irq_save(flags);
	func(info);
	local_irq_restore(flags);
}

void queue_call(unsigned int cpu, call_single_data_t *csd)
{
	__call_single_node **head = per_cpu_ptr(&call_queue, cpu);
	__call_single_node *first = READ_ONCE(*head);

	do {
		csd->node.next = first;
	} while (!try_cmpxchg(head, &first, &csd->node));
	if (!first)
		send_ipi(cpu, VECTOR_CALL_SINGLE);
}

void warn_if_deadlock_possible(void)
{
	/* The target may be waiting for us, deaf to interrupts as we are. */
	WARN_ON_ONCE(num_online_cpus() > 1 && (irqs_disabled() || in_hardirq()) &&
		     system_state == SYSTEM_RUNNING);
}

/* Preemption is off. */
void call_many(unsigned long cpus, smp_call_func_t func, void *info, bool wait)
{
	call_single_data_t *csds = *this_cpu_ptr(&csd_data);

	warn_if_deadlock_possible();
	for (unsigned long rest = cpus; rest; rest &= rest - 1) {
		const auto cpu = static_cast<unsigned int>(__builtin_ctzl(rest));
		csd_lock(&csds[cpu]);
		csds[cpu].func = func;
		csds[cpu].info = info;
		queue_call(cpu, &csds[cpu]);
	}
	for (unsigned long rest = wait ? cpus : 0; rest; rest &= rest - 1)
		csd_lock_wait(&csds[__builtin_ctzl(rest)]);
}

unsigned long others(const struct cpumask *mask)
{
	return READ_ONCE(mask->bits[0]) & READ_ONCE(__cpu_online_mask.bits[0]) &
	       ~(1UL << hw_cpu_id());
}

void nothing(void *) {}

} /* namespace */

void send_ipi(unsigned int cpu, unsigned int vector)
{
	unsigned long flags;

	/* The two halves of the command belong together. */
	local_irq_save(flags);
	hw_lapic_write(LAPIC_ICR2, cpu << 24);
	hw_lapic_write(LAPIC_ICR, vector | LAPIC_ICR_FIXED | LAPIC_ICR_ASSERT | LAPIC_ICR_DEST);
	local_irq_restore(flags);
}

void call_function_interrupt(void)
{
	__call_single_node *node = xchg(raw_cpu_ptr(&call_queue), (__call_single_node *)nullptr);
	__call_single_node *ordered = nullptr;

	while (node) { /* the stack has them last first */
		__call_single_node *next = node->next;
		node->next = ordered;
		ordered = node;
		node = next;
	}
	while (ordered) {
		call_single_data_t *csd = container_of(ordered, call_single_data_t, node);
		ordered = ordered->next;
		csd->func(csd->info);
		csd_unlock(csd); /* it may be gone from here on */
	}
}

extern "C" {

void smp_send_reschedule(int cpu)
{
	send_ipi(static_cast<unsigned int>(cpu), VECTOR_RESCHEDULE);
}

int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait)
{
	int err = 0;

	preempt_disable();
	if (cpu == raw_smp_processor_id())
		run_here(func, info);
	else if (cpu < 0 || static_cast<unsigned int>(cpu) >= nr_cpu_ids || !cpu_online(cpu))
		err = -ENXIO;
	else
		call_many(1UL << cpu, func, info, wait);
	preempt_enable();
	return err;
}

int smp_call_function_single_async(int cpu, call_single_data_t *csd)
{
	int err = 0;

	preempt_disable();
	if (READ_ONCE(csd->node.flags) & CSD_FLAG_LOCK) {
		err = -EBUSY;
	} else if (cpu == raw_smp_processor_id()) {
		run_here(csd->func, csd->info);
	} else {
		csd_lock(csd);
		queue_call(static_cast<unsigned int>(cpu), csd);
	}
	preempt_enable();
	return err;
}

void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info,
			    bool wait)
{
	preempt_disable();
	call_many(others(mask), func, info, wait);
	preempt_enable();
}

void smp_call_function(smp_call_func_t func, void *info, int wait)
{
	smp_call_function_many(cpu_online_mask, func, info, wait);
}

int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func, void *info, int wait)
{
	preempt_disable();
	const unsigned int self = hw_cpu_id();
	const unsigned int cpu = cpumask_test_cpu(self, mask) ?
					 self : cpumask_first_and(mask, cpu_online_mask);
	const int err = smp_call_function_single(static_cast<int>(cpu), func, info, wait);
	preempt_enable();
	return err;
}

void on_each_cpu_mask(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait)
{
	preempt_disable();
	/* Queue theirs, run ours, then wait: all at once. */
	const unsigned long remote = others(mask);
	call_many(remote, func, info, false);
	if (cpumask_test_cpu(hw_cpu_id(), mask))
		run_here(func, info);
	call_single_data_t *csds = *this_cpu_ptr(&csd_data);
	for (unsigned long rest = wait ? remote : 0; rest; rest &= rest - 1)
		csd_lock_wait(&csds[__builtin_ctzl(rest)]);
	preempt_enable();
}

void on_each_cpu(smp_call_func_t func, void *info, int wait)
{
	on_each_cpu_mask(cpu_online_mask, func, info, wait);
}

void on_each_cpu_cond(smp_cond_func_t cond, smp_call_func_t func, void *info, bool wait)
{
	struct cpumask mask = CPU_MASK_NONE;
	unsigned int cpu;

	preempt_disable();
	for_each_online_cpu(cpu) {
		if (cond(static_cast<int>(cpu), info))
			__cpumask_set_cpu(cpu, &mask);
	}
	on_each_cpu_mask(&mask, func, info, wait);
	preempt_enable();
}

void kick_all_cpus_sync(void)
{
	smp_mb();
	smp_call_function(nothing, nullptr, 1);
}

void wake_up_all_idle_cpus(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		if (static_cast<int>(cpu) != raw_smp_processor_id() && idle_cpu((int)cpu))
			smp_send_reschedule(static_cast<int>(cpu));
	}
}

} /* extern "C" */
