// SPDX-License-Identifier: MIT
/*
 * Device interrupts: from a line to its handlers.
 *
 * One CPU handles a line at a time. An interrupt that comes meanwhile, or while the
 * line is disabled, is kept as `pending`; the handling CPU, or enable_irq(), goes
 * round once more. A level-triggered line is masked while it is handled, and its
 * device is told that it was served.
 */
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include "irq/regs.h"
#include "kernel/core/boot.h"
#include "kernel/core/irq.h"

irq_desc irq_descs[NR_IRQS];

namespace {

void call_handlers(irq_desc *desc, unsigned int irq)
{
	for (irqaction *action = desc->action; action; action = action->next) {
		hw_announce(EV_HARDIRQ_ENTER, action, irq, nullptr);
		const int result = action->handler(static_cast<int>(irq), action->dev_id);
		hw_announce(EV_HARDIRQ_EXIT, action, irq, nullptr);
		if (WARN_ONCE(!irqs_disabled(), "irq %u handler %px enabled interrupts\n", irq,
			      reinterpret_cast<void *>(action->handler)))
			local_irq_disable();
		if (result == IRQ_WAKE_THREAD)
			wake_irq_thread(desc, action);
		if (result == IRQ_HANDLED && desc->level)
			hw_source_ack(irq);
	}
}

/* The lock is held, and dropped around the handlers. */
void handle_rounds(irq_desc *desc, unsigned int irq)
{
	do {
		desc->pending = false;
		desc->in_progress = true;
		raw_spin_unlock(&desc->lock);
		call_handlers(desc, irq);
		raw_spin_lock(&desc->lock);
		WRITE_ONCE(desc->in_progress, false);
	} while (desc->pending && !desc->depth);
}

} /* namespace */

void handle_irq(unsigned int irq)
{
	irq_desc *desc = &irq_descs[irq];

	raw_spin_lock(&desc->lock);
	if (desc->level)
		mask_line(irq);
	ack_local_apic();
	if (desc->in_progress || desc->depth || !desc->action) {
		/* Not now. An edge is remembered; a level comes again by itself. */
		desc->pending = true;
		mask_line(irq);
	} else {
		handle_rounds(desc, irq);
		if (!desc->depth && !desc->oneshot_threads)
			unmask_line(irq);
	}
	raw_spin_unlock(&desc->lock);
}

void init_IRQ(void)
{
	/* Its number of entries, less one, is in bits 16-23. */
	BUG_ON((hw_ioapic_read(IOAPIC_VERSION) >> 16 & 0xff) + 1 != NR_IRQS);
	for (unsigned int irq = 0; irq < NR_IRQS; irq++) {
		raw_spin_lock_init(&irq_descs[irq].lock);
		irq_descs[irq].depth = 1;
		irq_descs[irq].masked = true;
		irq_descs[irq].cpu = irq % nr_cpu_ids;
	}
}

extern "C" {

void disable_irq_nosync(unsigned int irq)
{
	unsigned long flags;
	irq_desc *desc = &irq_descs[irq];

	raw_spin_lock_irqsave(&desc->lock, flags);
	if (!desc->depth++)
		mask_line(irq);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

void disable_irq(unsigned int irq)
{
	might_sleep();
	disable_irq_nosync(irq);
	synchronize_irq(irq);
}

void enable_irq(unsigned int irq)
{
	unsigned long flags;
	irq_desc *desc = &irq_descs[irq];

	raw_spin_lock_irqsave(&desc->lock, flags);
	if (!WARN(!desc->depth, "Unbalanced enable for IRQ %u\n", irq) && !--desc->depth) {
		if (!desc->oneshot_threads)
			unmask_line(irq);
		/* What came meanwhile comes again, as an interrupt. */
		if (desc->pending && !desc->in_progress) {
			desc->pending = false;
			send_ipi(desc->cpu, VECTOR_IRQ_BASE + irq);
		}
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

bool synchronize_hardirq(unsigned int irq)
{
	irq_desc *desc = &irq_descs[irq];
	unsigned long flags;
	bool running;

	do {
		while (READ_ONCE(desc->in_progress))
			cpu_relax();
		/* For certain, and so that what the handler did is seen. */
		raw_spin_lock_irqsave(&desc->lock, flags);
		running = desc->in_progress;
		raw_spin_unlock_irqrestore(&desc->lock, flags);
	} while (running);
	return !atomic_read(&desc->threads_active);
}

void synchronize_irq(unsigned int irq)
{
	might_sleep();
	while (!synchronize_hardirq(irq))
		schedule_timeout_uninterruptible(1);
}

int irq_set_affinity(unsigned int irq, const struct cpumask *mask)
{
	unsigned long flags;
	irq_desc *desc = &irq_descs[irq];
	const unsigned int cpu = irq < NR_IRQS ? cpumask_first_and(mask, cpu_online_mask) :
						 nr_cpu_ids;

	if (cpu >= nr_cpu_ids)
		return -EINVAL;
	raw_spin_lock_irqsave(&desc->lock, flags);
	route_line(irq, cpu);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return 0;
}

} /* extern "C" */
