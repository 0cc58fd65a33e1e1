// SPDX-License-Identifier: MIT
/*
 * A storm of interrupts.
 *
 * A network card brings packets, a hundred at a time. Whoever handles them does it
 * on top of a thread that has work of its own. The thread can bear a delay of 64
 * packets between two of its turns, no more. The handler leaves them to a softirq.
 *
 * Watch: after ten rounds of the softirq, ksoftirqd is woken and has to queue up.
 * Verdict: clean.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#define TURNS 40
#define BURST 100
#define BUDGET 4
#define BEARABLE 64

static struct {
	atomic_t backlog;	    /* packets that have come */
	atomic_t stolen;	    /* handled on top of the thread since its last turn */
	int worst;		    /* the thread's own */
	struct task_struct *worker; /* before there are packets */
	struct completion done;
	int irq;
} s;

static void handle_packet(void)
{
	atomic_dec(&s.backlog);
	if (current == s.worker)
		atomic_inc(&s.stolen);
}

static irqreturn_t on_packets(int irq, void *dev)
{
	atomic_add(BURST, &s.backlog);
	raise_softirq_irqoff(NET_RX_SOFTIRQ);
	return IRQ_HANDLED;
}

static void receive(struct softirq_action *unused)
{
	for (int i = 0; i < BUDGET && atomic_read(&s.backlog) > 0; i++)
		handle_packet();
	if (atomic_read(&s.backlog) > 0)
		raise_softirq(NET_RX_SOFTIRQ); /* another round, or ksoftirqd */
}

static int work(void *unused)
{
	for (int i = 0; i < TURNS; i++) {
		int stolen = atomic_xchg(&s.stolen, 0);

		s.worst = max(s.worst, stolen);
		udelay(1); /* its own work */
	}
	complete(&s.done);
	return 0;
}

static int __init irq_storm_init(void)
{
	int err;

	init_completion(&s.done);
	s.irq = platform_get_irq_byname(NULL, "eth0");
	if (s.irq < 0)
		return s.irq;
	s.worker = kthread_create_on_cpu(work, NULL, 0, "work/%u");
	if (IS_ERR(s.worker))
		return PTR_ERR(s.worker);
	open_softirq(NET_RX_SOFTIRQ, receive);
	err = request_irq(s.irq, on_packets, 0, "eth0", &s);
	if (err)
		return err;
	wake_up_process(s.worker);
	return 0;
}

static void __exit irq_storm_exit(void)
{
	wait_for_completion(&s.done);
	free_irq(s.irq, &s);
	while (atomic_read(&s.backlog) > 0)
		usleep_range(10, 20);
	pr_info("kept waiting for %d packets at most\n", s.worst);
	BUG_ON(s.worst > BEARABLE);
}

module_init(irq_storm_init);
module_exit(irq_storm_exit);
MODULE_LICENSE("Dual MIT/GPL");
