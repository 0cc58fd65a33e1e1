// SPDX-License-Identifier: MIT
/*
 * A counter of this CPU's own.
 *
 * Every CPU has its own copy of the statistics, so no other CPU ever writes them
 * and no lock is needed. A thread counts what it sends; the interrupt's thread, on
 * the same CPU, counts what it receives. Do the numbers add up?
 *
 * Watch: the task that runs between the read and the write of one ++.
 * Verdict: module_exit finds that packets were not counted.
 */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/platform_device.h>

#define PACKETS 400

struct stats {
	int packets, bytes;
};
static DEFINE_PER_CPU(struct stats, stats);

static struct {
	int sent, received; /* each by its own thread */
	struct completion done;
	int irq;
} s;

static void count(int bytes)
{
	struct stats *st = raw_cpu_ptr(&stats);

	st->packets++; /* nobody but this CPU; but which task? */
	st->bytes += bytes;
}

static irqreturn_t on_packet(int irq, void *dev)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t receive(int irq, void *dev)
{
	count(64);
	s.received++;
	return IRQ_HANDLED;
}

static int send(void *unused)
{
	for (; s.sent < PACKETS; s.sent++)
		count(1500);
	complete(&s.done);
	return 0;
}

static int __init percpu_preempt_init(void)
{
	int err;

	init_completion(&s.done);
	s.irq = platform_get_irq_byname(NULL, "eth0");
	if (s.irq < 0)
		return s.irq;
	err = request_threaded_irq(s.irq, on_packet, receive, 0, "eth0", &s);
	if (err)
		return err;
	return PTR_ERR_OR_ZERO(kthread_run_on_cpu(send, NULL, 0, "send/%u"));
}

static void __exit percpu_preempt_exit(void)
{
	struct stats *st = per_cpu_ptr(&stats, 0);

	wait_for_completion(&s.done);
	free_irq(s.irq, &s);
	pr_info("%d packets and %d bytes, of %d\n", st->packets, st->bytes, s.sent + s.received);
	BUG_ON(st->packets != s.sent + s.received);
	BUG_ON(st->bytes != 1500 * s.sent + 64 * s.received);
}

module_init(percpu_preempt_init);
module_exit(percpu_preempt_exit);
MODULE_LICENSE("Dual MIT/GPL");
