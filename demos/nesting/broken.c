// SPDX-License-Identifier: MIT
/*
 * Who may interrupt whom.
 *
 * On one CPU a task, a tasklet, an interrupt handler and an NMI handler each put a
 * message together in the same scratch buffer, and look at it once more before they
 * send it. There is only one CPU. Is there a message that is not what it was?
 *
 * Watch: how deep the contexts stack up, and in which order.
 * Verdict: module_exit finds messages that somebody else wrote over.
 */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#define TURNS 40
#define WORDS 3
#define LEVELS 4 /* task, softirq, hardirq, NMI */

static struct {
	int scratch[LEVELS][WORDS];
	int torn[LEVELS]; /* messages, by who sent them */
	struct completion done;
	int eth, profiler;
} s;

static void send_message(void)
{
	int me = interrupt_context_level();
	int *word = s.scratch[0];
	bool torn = false;

	for (int i = 0; i < WORDS; i++)
		word[i] = me;
	for (int i = 0; i < WORDS; i++)
		torn |= word[i] != me;
	s.torn[me] += torn;
}

static void on_tasklet(struct tasklet_struct *unused)
{
	send_message();
}
static DECLARE_TASKLET(tasklet, on_tasklet);

static irqreturn_t on_packet(int irq, void *dev)
{
	send_message();
	tasklet_schedule(&tasklet);
	return IRQ_HANDLED;
}

static irqreturn_t on_sample(int irq, void *dev)
{
	send_message();
	return IRQ_HANDLED;
}

static int work(void *unused)
{
	for (int i = 0; i < TURNS; i++)
		send_message();
	complete(&s.done);
	return 0;
}

static int __init nesting_init(void)
{
	int err;

	init_completion(&s.done);
	s.eth = platform_get_irq_byname(NULL, "eth0");
	s.profiler = platform_get_irq_byname(NULL, "profiler");
	err = request_irq(s.eth, on_packet, 0, "eth0", &s);
	if (!err)
		err = request_nmi(s.profiler, on_sample, IRQF_PERCPU, "profiler", &s);
	if (err)
		return err;
	return PTR_ERR_OR_ZERO(kthread_run_on_cpu(work, NULL, 0, "work/%u"));
}

static void __exit nesting_exit(void)
{
	wait_for_completion(&s.done);
	free_nmi(s.profiler, &s);
	free_irq(s.eth, &s);
	tasklet_kill(&tasklet);
	pr_info("torn: task %d, softirq %d, hardirq %d, NMI %d\n", s.torn[0], s.torn[1],
		s.torn[2], s.torn[3]);
	BUG_ON(s.torn[0] + s.torn[1] + s.torn[2] + s.torn[3] > 0);
}

module_init(nesting_init);
module_exit(nesting_exit);
MODULE_LICENSE("Dual MIT/GPL");
