/* SPDX-License-Identifier: MIT */
/* "Warning: Don't nest irq variants wrong!", where a handler takes lock1 too. */
#include "given.h"

#include <linux/irq_work.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(lock1);
static DEFINE_SPINLOCK(lock2);

static void handler(struct irq_work *work)
{
	spin_lock(&lock1);
	spin_unlock(&lock1);
}

static struct irq_work interrupt = IRQ_WORK_INIT(handler);

static void wrong(void)
{
// Warning: Don't nest irq variants wrong!
spin_lock_irq(&lock1);
spin_lock_irq(&lock2);    // WRONG! First unlock will re-enable IRQs
spin_unlock_irq(&lock2);  // IRQs now enabled, but lock1 still held!
spin_unlock_irq(&lock1);
}

static int __init seed_init(void)
{
	irq_work_queue(&interrupt);
	irq_work_sync(&interrupt);
	wrong();
	return 0;
}
module_init(seed_init);
