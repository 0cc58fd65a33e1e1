/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQ_WORK_H
#define _LINUX_IRQ_WORK_H
/*
 * A function to be called in hardirq context soon, queued from anywhere, NMI
 * included: an interrupt to oneself does it.
 */
#include <linux/compiler.h>
#include <linux/smp_types.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define IRQ_WORK_PENDING 0x01
#define IRQ_WORK_BUSY 0x02
#define IRQ_WORK_CLAIMED (IRQ_WORK_PENDING | IRQ_WORK_BUSY)

struct irq_work {
	struct __call_single_node node; /* flags: atomic */
	void (*func)(struct irq_work *);
};

#define IRQ_WORK_INIT(_func) { .node = { NULL, 0 }, .func = (_func) }
#define DEFINE_IRQ_WORK(name, _f) struct irq_work name = IRQ_WORK_INIT(_f)

static inline void init_irq_work(struct irq_work *work, void (*func)(struct irq_work *))
{
	work->node.next = NULL;
	work->node.flags = 0;
	work->func = func;
}

bool irq_work_queue(struct irq_work *work); /* false: is queued already */
bool irq_work_queue_on(struct irq_work *work, int cpu);
void irq_work_sync(struct irq_work *work); /* waits until it has run */

static inline bool irq_work_is_pending(struct irq_work *work)
{
	return (READ_ONCE(work->node.flags) & IRQ_WORK_PENDING) != 0;
}

static inline bool irq_work_is_busy(struct irq_work *work)
{
	return (READ_ONCE(work->node.flags) & IRQ_WORK_BUSY) != 0;
}

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_IRQ_WORK_H */
