// SPDX-License-Identifier: MIT
/*
 * A lock in an NMI.
 *
 * A profiler samples what a thread is doing: its interrupt is an NMI, so that it
 * sees code with interrupts off as well. The thread keeps its numbers under a lock,
 * with interrupts off. The sampler reads them under the same lock. Safe?
 *
 * Watch: an interrupt that comes while interrupts are off.
 * Verdict: deadlock; nothing keeps an NMI out.
 */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>

#define TURNS 200

static struct {
	raw_spinlock_t lock;
	int done_a, done_b;	/* guarded by lock; equal whenever it is free */
	int samples, missed;	/* written by the NMI only */
	struct completion done;
	int irq;
} s = {
	.lock = __RAW_SPIN_LOCK_UNLOCKED(s.lock),
};

static irqreturn_t on_sample(int irq, void *dev)
{
	raw_spin_lock(&s.lock);
	s.samples++;
	BUG_ON(s.done_a != s.done_b);
	raw_spin_unlock(&s.lock);
	return IRQ_HANDLED;
}

static int work(void *unused)
{
	unsigned long flags;

	for (int i = 0; i < TURNS; i++) {
		raw_spin_lock_irqsave(&s.lock, flags);
		s.done_a++;
		s.done_b++;
		raw_spin_unlock_irqrestore(&s.lock, flags);
	}
	complete(&s.done);
	return 0;
}

static int __init nmi_lock_init(void)
{
	int err;

	init_completion(&s.done);
	s.irq = platform_get_irq_byname(NULL, "profiler");
	if (s.irq < 0)
		return s.irq;
	err = request_nmi(s.irq, on_sample, IRQF_PERCPU, "profiler", &s);
	if (err)
		return err;
	return PTR_ERR_OR_ZERO(kthread_run_on_cpu(work, NULL, 0, "work/%u"));
}

static void __exit nmi_lock_exit(void)
{
	wait_for_completion(&s.done);
	free_nmi(s.irq, &s);
	pr_info("%d turns, %d samples, %d missed\n", s.done_a, s.samples, s.missed);
	BUG_ON(s.done_a != TURNS || s.done_b != TURNS);
}

module_init(nmi_lock_init);
module_exit(nmi_lock_exit);
MODULE_LICENSE("Dual MIT/GPL");
