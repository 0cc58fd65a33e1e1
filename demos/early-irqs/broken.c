// SPDX-License-Identifier: MIT
/*
 * Interrupts that come back too early.
 *
 * A thread holds a queue's lock with interrupts off, because the handler takes it
 * too. Inside, it calls a function that has a lock of its own, and keeps interrupts
 * off around that. Both do it properly. What about the two together?
 *
 * Watch: the interrupt flag after the inner spin_unlock_irq().
 * Verdict: deadlock; the handler waits for the lock around it all.
 */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>

#define TURNS 100

static struct {
	spinlock_t queue_lock;
	int queued, finished; /* guarded by queue_lock */
	spinlock_t stats_lock;
	int events;	      /* guarded by stats_lock */
	struct completion done;
	int irq;
} s = {
	.queue_lock = __SPIN_LOCK_UNLOCKED(s.queue_lock),
	.stats_lock = __SPIN_LOCK_UNLOCKED(s.stats_lock),
};

static void count_event(void)
{
	spin_lock_irq(&s.stats_lock);
	s.events++;
	spin_unlock_irq(&s.stats_lock); /* off before? on now */
}

static irqreturn_t on_disk(int irq, void *dev)
{
	spin_lock(&s.queue_lock);
	s.finished += s.queued;
	s.queued = 0;
	spin_unlock(&s.queue_lock);
	return IRQ_HANDLED;
}

static int submit(void *unused)
{
	for (int i = 0; i < TURNS; i++) {
		spin_lock_irq(&s.queue_lock);
		count_event();
		s.queued++;
		spin_unlock_irq(&s.queue_lock);
	}
	complete(&s.done);
	return 0;
}

static int __init early_irqs_init(void)
{
	int err;

	init_completion(&s.done);
	s.irq = platform_get_irq_byname(NULL, "disk0");
	if (s.irq < 0)
		return s.irq;
	err = request_irq(s.irq, on_disk, 0, "disk0", &s);
	if (err)
		return err;
	return PTR_ERR_OR_ZERO(kthread_run_on_cpu(submit, NULL, 0, "submit/%u"));
}

static void __exit early_irqs_exit(void)
{
	wait_for_completion(&s.done);
	free_irq(s.irq, &s);
	pr_info("%d events, %d finished, %d queued\n", s.events, s.finished, s.queued);
	BUG_ON(s.finished + s.queued != s.events);
}

module_init(early_irqs_init);
module_exit(early_irqs_exit);
MODULE_LICENSE("Dual MIT/GPL");
