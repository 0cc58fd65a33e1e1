/* SPDX-License-Identifier: MIT */
/* Everybody sleeps: is it the device or the timer that ends it? */
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/wait.h>

static DECLARE_WAIT_QUEUE_HEAD(queue);
static int came, timed_out = -1, irq;

static irqreturn_t on_irq(int line, void *dev)
{
	WRITE_ONCE(came, 1);
	wake_up(&queue);
	return IRQ_HANDLED;
}

static int wait_for_it(void *unused)
{
	timed_out = !wait_event_timeout(queue, READ_ONCE(came), 2);
	return 0;
}

static int __init idle_init(void)
{
	irq = platform_get_irq_byname(NULL, "dev");
	if (request_irq(irq, on_irq, 0, "dev", &came))
		return -EBUSY;
	return PTR_ERR_OR_ZERO(kthread_run_on_cpu(wait_for_it, NULL, 0, "wait/%u"));
}

static void __exit idle_exit(void)
{
	free_irq(irq, &came);
	pr_info("came %d, timed out %d\n", came, timed_out);
}

module_init(idle_init);
module_exit(idle_exit);
