// SPDX-License-Identifier: MIT
/* Work for an interrupt to oneself: queued without any lock, from NMIs too. */
#include <linux/cmpxchg.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/percpu-defs.h>
#include <linux/sched.h>
#include "irq/regs.h"
#include "kernel/core/irq.h"

namespace {

/* Pushed by anybody, taken whole by its own CPU. */
DEFINE_PER_CPU(struct __call_single_node *, irq_work_list);

bool claim(irq_work *work)
{
	const auto before = hw_rmw(HW_OR, &work->node.flags, sizeof(work->node.flags),
				   IRQ_WORK_CLAIMED, HW_FULL);

	return !(before & IRQ_WORK_PENDING);
}

void push(irq_work *work, unsigned int cpu)
{
	__call_single_node **head = per_cpu_ptr(&irq_work_list, cpu);
	__call_single_node *first = READ_ONCE(*head);

	do {
		work->node.next = first;
	} while (!try_cmpxchg(head, &first, &work->node));
}

} /* namespace */

void irq_work_run(void)
{
	__call_single_node *node = xchg(raw_cpu_ptr(&irq_work_list),
					(__call_single_node *)nullptr);

	while (node) {
		irq_work *work = container_of(node, struct irq_work, node);
		node = node->next;
		/* It may be queued again from here on, by its own function too. */
		hw_rmw(HW_ANDNOT, &work->node.flags, sizeof(work->node.flags), IRQ_WORK_PENDING,
		       HW_FULL);
		work->func(work);
		unsigned int busy = IRQ_WORK_BUSY;
		try_cmpxchg(&work->node.flags, &busy, 0u); /* unless it was */
	}
}

extern "C" {

bool irq_work_queue_on(irq_work *work, int cpu)
{
	unsigned long flags;

	if (!claim(work))
		return false;
	local_irq_save(flags);
	push(work, static_cast<unsigned int>(cpu));
	send_ipi(static_cast<unsigned int>(cpu), VECTOR_IRQ_WORK);
	local_irq_restore(flags);
	return true;
}

bool irq_work_queue(irq_work *work)
{
	unsigned long flags;

	if (!claim(work))
		return false;
	local_irq_save(flags);
	push(work, hw_cpu_id());
	/* A shorthand, so that an NMI cannot tear somebody's command apart. */
	hw_lapic_write(LAPIC_ICR, VECTOR_IRQ_WORK | LAPIC_ICR_ASSERT | LAPIC_ICR_SELF);
	local_irq_restore(flags);
	return true;
}

void irq_work_sync(irq_work *work)
{
	might_sleep();
	while (irq_work_is_busy(work))
		cpu_relax();
}

} /* extern "C" */
