// SPDX-License-Identifier: MIT
/*
 * When does the scheduler get a chance?
 *
 * A thread has a long piece of work to do. An interrupt wakes another thread with
 * a better priority on the same CPU. It should run at once, or after one more unit
 * of the work at most. Does it?
 *
 * Watch: how long the interrupt's thread is runnable without running.
 * Verdict: with preempt=voluntary it runs when the work is done. module_exit tells.
 */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#define UNITS 200

static struct {
	int units;	    /* done so far */
	int asked, waiting; /* when the interrupt came; until the thread has run */
	int latest;	    /* units that the thread had to wait, at worst */
	long sum;
	struct completion done;
	int irq;
} s;

static irqreturn_t on_button(int irq, void *dev)
{
	if (!s.waiting)
		s.asked = s.units;
	s.waiting = 1;
	return IRQ_WAKE_THREAD;
}

static irqreturn_t urgent(int irq, void *dev)
{
	s.latest = max(s.latest, s.units - s.asked);
	s.waiting = 0;
	return IRQ_HANDLED;
}

static void one_unit(void)
{
	for (int i = 0; i < 4; i++)
		s.sum += i;
}

static int work(void *unused)
{
	for (; s.units < UNITS; s.units++)
		one_unit();
	complete(&s.done);
	return 0;
}

static int __init preempt_models_init(void)
{
	int err;

	init_completion(&s.done);
	s.irq = platform_get_irq_byname(NULL, "button");
	if (s.irq < 0)
		return s.irq;
	err = request_threaded_irq(s.irq, on_button, urgent, 0, "button", &s);
	if (err)
		return err;
	return PTR_ERR_OR_ZERO(kthread_run_on_cpu(work, NULL, 0, "work/%u"));
}

static void __exit preempt_models_exit(void)
{
	wait_for_completion(&s.done);
	free_irq(s.irq, &s);
	pr_info("waited for %d units at worst\n", s.latest);
	BUG_ON(s.latest > 1);
}

module_init(preempt_models_init);
module_exit(preempt_models_exit);
MODULE_LICENSE("Dual MIT/GPL");
