// SPDX-License-Identifier: MIT
/*
 * A lock shared with an interrupt handler.
 *
 * A thread submits requests to a disk. The disk's interrupt handler, on the same
 * CPU, notes that they are done. Both change the same counters, so both take the
 * same lock. Does the thread ever get through?
 *
 * Watch: an interrupt that comes while the thread holds the lock has to wait until
 * the thread has given it back.
 * Verdict: clean.
 */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>

#define REQUESTS 200

static struct {
	spinlock_t lock;
	int in_flight, finished; /* guarded by lock */
	struct completion done;	 /* the thread has submitted them all */
	int irq;
} s = {
	.lock = __SPIN_LOCK_UNLOCKED(s.lock),
};

static irqreturn_t on_disk(int irq, void *dev)
{
	spin_lock(&s.lock);
	s.finished += s.in_flight;
	s.in_flight = 0;
	spin_unlock(&s.lock);
	return IRQ_HANDLED;
}

static int submit(void *unused)
{
	unsigned long flags;

	for (int i = 0; i < REQUESTS; i++) {
		spin_lock_irqsave(&s.lock, flags); /* nor does the handler come */
		s.in_flight++;
		spin_unlock_irqrestore(&s.lock, flags);
	}
	complete(&s.done);
	return 0;
}

static int __init handler_lock_init(void)
{
	struct task_struct *task;
	int err;

	init_completion(&s.done);
	s.irq = platform_get_irq_byname(NULL, "disk0");
	if (s.irq < 0)
		return s.irq;
	err = request_irq(s.irq, on_disk, 0, "disk0", &s);
	if (err)
		return err;
	task = kthread_run_on_cpu(submit, NULL, 0, "submit/%u");
	return PTR_ERR_OR_ZERO(task);
}

static void __exit handler_lock_exit(void)
{
	wait_for_completion(&s.done);
	free_irq(s.irq, &s);
	pr_info("%d finished, %d in flight\n", s.finished, s.in_flight);
	BUG_ON(s.finished + s.in_flight != REQUESTS);
}

module_init(handler_lock_init);
module_exit(handler_lock_exit);
MODULE_LICENSE("Dual MIT/GPL");
