/* SPDX-License-Identifier: MIT */
/* "WRONG: Holding mutex in hardirq". */
#include "given.h"

#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>

static DEFINE_MUTEX(my_mutex);

// WRONG: Holding mutex in hardirq
irqreturn_t my_irq_handler(int irq, void *dev_id) {
    mutex_lock(&my_mutex);  // BUG: Cannot sleep in IRQ context!
    // ...
	mutex_unlock(&my_mutex);
	return IRQ_HANDLED;
}

static int line;

static int __init seed_init(void)
{
	line = platform_get_irq_byname(NULL, "eth0");
	return request_irq((unsigned int)line, my_irq_handler, 0, "eth0", &line);
}
module_init(seed_init);

static void __exit seed_exit(void)
{
	free_irq((unsigned int)line, &line);
}
module_exit(seed_exit);
