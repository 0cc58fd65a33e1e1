// SPDX-License-Identifier: MIT
/*
 * Device interrupts: from a line to its handlers (kernel/irq/chip.c's two flows).
 *
 * One CPU handles a line at a time. The controller forgets an edge that comes to a
 * masked line, so such a line stays open while it is handled, and while it is
 * disabled, too: the first edge that cannot be handled now is noted as `pending`, and
 * only then is the line masked, as the note stands for all that follow. The handling
 * CPU opens it again and goes round once more; after a disable enable_irq() does.
 *
 * A level is not forgotten. Its line is masked while it is handled, and its device is
 * told that it was served.
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
void handle_event(irq_desc *desc, unsigned int irq)
{
	desc->pending = false;
	desc->in_progress = true;
	raw_spin_unlock(&desc->lock);
	call_handlers(desc, irq);
	raw_spin_lock(&desc->lock);
	WRITE_ONCE(desc->in_progress, false);
}

bool may_run(const irq_desc *desc)
{
	return !desc->in_progress && !desc->depth && desc->action;
}

void handle_level(irq_desc *desc, unsigned int irq)
{
	mask_line(irq);
	ack_local_apic();
	if (!may_run(desc))
		return; /* it comes again by itself when the line is opened */
	handle_event(desc, irq);
	if (!desc->depth && !desc->oneshot_threads)
		unmask_line(irq);
}

void handle_edge(irq_desc *desc, unsigned int irq)
{
	ack_local_apic();
	if (!may_run(desc)) {
		desc->pending = true;
		mask_line(irq);
		return;
	}
	do {
		/* Open before the handlers run: they may miss the next one. */
		if (desc->pending)
			unmask_line(irq);
		handle_event(desc, irq);
	} while (desc->pending && !desc->depth);
}

} /* namespace */

void handle_irq(unsigned int irq)
{
	irq_desc *desc = &irq_descs[irq];

	raw_spin_lock(&desc->lock);
	if (desc->level)
		handle_level(desc, irq);
	else
		handle_edge(desc, irq);
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
	/* An edge must still come, to be noted. An NMI's way looks at no depth. */
	if (!desc->depth++ && (desc->level || desc->nmi))
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
		/* The edge that came meanwhile comes again, as an interrupt. */
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
