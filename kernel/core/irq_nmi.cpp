// SPDX-License-Identifier: MIT
/*
 * Lines that are delivered as NMIs.
 *
 * An NMI comes on top of the code that holds the line's lock as well, so its way
 * to the handler takes none: a set of lines, and in each an action that stays
 * until no CPU can be inside an NMI that saw it.
 */
#include <linux/atomic.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include "kernel/core/irq.h"

namespace {

unsigned long nmi_lines; /* bit n: line n; atomic, and after its action is set */

/* Whether it is ours from here on. */
bool claim_line(irq_desc *desc, irqaction *action)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&desc->lock, flags);
	const bool mine = !desc->action;
	if (mine) {
		WRITE_ONCE(desc->action, action);
		desc->nmi = true;
		desc->level = false;
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return mine;
}

irqaction *release_line(irq_desc *desc, unsigned int irq, const void *dev_id)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&desc->lock, flags);
	irqaction *action = desc->nmi && desc->action->dev_id == dev_id ? desc->action : nullptr;
	if (action) {
		desc->depth = 1;
		mask_line(irq);
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return action;
}

} /* namespace */

int handle_nmi_lines(void)
{
	int handled = 0;

	for (unsigned long left = READ_ONCE(nmi_lines); left; left &= left - 1) {
		const int irq = __builtin_ctzl(left);
		const irqaction *action = READ_ONCE(irq_descs[irq].action);
		handled += action->handler(irq, action->dev_id) == IRQ_HANDLED;
	}
	return handled;
}

extern "C" {

int request_nmi(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,
		void *dev_id)
{
	if (irq >= NR_IRQS || !handler || !(flags & IRQF_PERCPU) || (flags & IRQF_SHARED))
		return -EINVAL;
	auto *action = static_cast<irqaction *>(kzalloc(sizeof(irqaction), GFP_KERNEL));
	if (!action)
		return -ENOMEM;
	action->handler = handler;
	action->irq = irq;
	action->flags = static_cast<unsigned int>(flags);
	action->name = name;
	action->dev_id = dev_id;
	if (!claim_line(&irq_descs[irq], action)) {
		kfree(action);
		return -EBUSY;
	}
	atomic_long_or(1L << irq, reinterpret_cast<atomic_long_t *>(&nmi_lines));
	hw_announce(EV_IRQ_REQUEST, name, irq, __builtin_return_address(0));
	if (!(flags & IRQF_NO_AUTOEN))
		enable_nmi(irq);
	return 0;
}

const void *free_nmi(unsigned int irq, void *dev_id)
{
	irq_desc *desc = irq < NR_IRQS ? &irq_descs[irq] : nullptr;
	irqaction *action = desc ? release_line(desc, irq, dev_id) : nullptr;

	if (WARN(!action, "Trying to free already-free NMI %u\n", irq))
		return nullptr;
	atomic_long_andnot(1L << irq, reinterpret_cast<atomic_long_t *>(&nmi_lines));
	kick_all_cpus_sync(); /* none is in an NMI that saw it any more */
	desc->nmi = false;
	WRITE_ONCE(desc->action, (irqaction *)nullptr);
	const char *name = action->name;
	kfree(action);
	return name;
}

void enable_nmi(unsigned int irq)
{
	enable_irq(irq);
}

void disable_nmi_nosync(unsigned int irq)
{
	disable_irq_nosync(irq);
}

} /* extern "C" */
