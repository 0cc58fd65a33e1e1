// SPDX-License-Identifier: MIT
/* Who handles a line: request and free. */
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include "kernel/core/irq.h"

namespace {

bool may_share(const irqaction *old, const irqaction *action)
{
	const unsigned int same = IRQF_TRIGGER_MASK | IRQF_ONESHOT;

	return (old->flags & action->flags & IRQF_SHARED) &&
	       (old->flags & same) == (action->flags & same);
}

int setup_irq(unsigned int irq, irqaction *action)
{
	unsigned long flags;
	irq_desc *desc = &irq_descs[irq];
	irqaction **end = &desc->action;
	int err = 0;

	raw_spin_lock_irqsave(&desc->lock, flags);
	if (*end && !may_share(*end, action)) {
		err = -EBUSY;
	} else {
		const bool first = !*end;
		while (*end)
			end = &(*end)->next;
		WRITE_ONCE(*end, action);
		if (first) {
			desc->level = (action->flags & (IRQF_TRIGGER_HIGH | IRQF_TRIGGER_LOW)) != 0;
			desc->pending = false;
			desc->depth = (action->flags & IRQF_NO_AUTOEN) != 0;
			route_line(irq, desc->cpu);
			if (!desc->depth)
				unmask_line(irq);
		}
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return err;
}

irqaction *new_action(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
		      unsigned int flags, const char *name, void *dev_id)
{
	auto *action = static_cast<irqaction *>(kzalloc(sizeof(irqaction), GFP_KERNEL));

	if (!action)
		return nullptr;
	action->handler = handler ? handler : irq_default_primary_handler;
	action->thread_fn = thread_fn;
	action->irq = irq;
	action->flags = flags;
	action->name = name;
	action->dev_id = dev_id;
	return action;
}

/* Off the line's list; nullptr: there is none like that. */
irqaction *take_action(irq_desc *desc, unsigned int irq, void *dev_id)
{
	unsigned long flags;
	irqaction **at = &desc->action;

	raw_spin_lock_irqsave(&desc->lock, flags);
	while (*at && (*at)->dev_id != dev_id)
		at = &(*at)->next;
	irqaction *action = *at;
	if (action) {
		WRITE_ONCE(*at, action->next);
		if (!desc->action) {
			desc->depth = 1;
			mask_line(irq);
		}
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return action;
}

} /* namespace */

extern "C" {

int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
			 unsigned long flags, const char *name, void *dev_id)
{
	if (irq >= NR_IRQS || (!handler && !thread_fn) || ((flags & IRQF_SHARED) && !dev_id))
		return -EINVAL;
	irqaction *action = new_action(irq, handler, thread_fn, static_cast<unsigned int>(flags),
				       name, dev_id);
	if (!action)
		return -ENOMEM;
	int err = thread_fn ? create_irq_thread(action) : 0;
	if (!err)
		err = setup_irq(irq, action);
	if (err) {
		if (!IS_ERR_OR_NULL(action->thread))
			kthread_stop_put(action->thread);
		kfree(action);
		return err;
	}
	hw_announce(EV_IRQ_REQUEST, name, irq, __builtin_return_address(0));
	return 0;
}

const void *free_irq(unsigned int irq, void *dev_id)
{
	if (WARN(in_interrupt(), "Trying to free IRQ %u from IRQ context!\n", irq))
		return nullptr;
	irqaction *action = irq < NR_IRQS ? take_action(&irq_descs[irq], irq, dev_id) : nullptr;
	if (WARN(!action, "Trying to free already-free IRQ %u\n", irq))
		return nullptr;
	synchronize_irq(irq);
	if (action->thread)
		kthread_stop_put(action->thread);
	const char *name = action->name;
	kfree(action);
	return name;
}

} /* extern "C" */
