// SPDX-License-Identifier: MIT
/*
 * A lock shared with a softirq.
 *
 * A network card's interrupt handler only schedules a tasklet; the tasklet puts
 * the packet into a queue. A thread takes packets out. Both change the queue, so
 * both take the same lock. The handler itself takes none. Is that enough?
 *
 * Watch: the interrupt still comes while the thread holds the lock, but its
 * tasklet runs after the unlock.
 * Verdict: clean.
 */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>

#define TURNS 300

static struct {
	spinlock_t lock;
	int arrived, queued, taken; /* guarded by lock */
	struct completion done;	    /* the thread has had its turns */
	int irq;
} s = {
	.lock = __SPIN_LOCK_UNLOCKED(s.lock),
};

static void receive(struct tasklet_struct *unused)
{
	spin_lock(&s.lock);
	s.arrived++;
	s.queued++;
	spin_unlock(&s.lock);
}
static DECLARE_TASKLET(rx, receive);

static irqreturn_t on_packet(int irq, void *dev)
{
	tasklet_schedule(&rx);
	return IRQ_HANDLED;
}

static int take_packets(void *unused)
{
	for (int i = 0; i < TURNS; i++) {
		spin_lock_bh(&s.lock); /* the tasklet waits */
		s.taken += s.queued;
		s.queued = 0;
		spin_unlock_bh(&s.lock);
	}
	complete(&s.done);
	return 0;
}

static int __init softirq_lock_init(void)
{
	int err;

	init_completion(&s.done);
	s.irq = platform_get_irq_byname(NULL, "eth0");
	if (s.irq < 0)
		return s.irq;
	err = request_irq(s.irq, on_packet, 0, "eth0", &s);
	if (err)
		return err;
	return PTR_ERR_OR_ZERO(kthread_run_on_cpu(take_packets, NULL, 0, "take/%u"));
}

static void __exit softirq_lock_exit(void)
{
	wait_for_completion(&s.done);
	free_irq(s.irq, &s);
	tasklet_kill(&rx);
	pr_info("%d arrived, %d taken, %d queued\n", s.arrived, s.taken, s.queued);
	BUG_ON(s.arrived != s.taken + s.queued);
}

module_init(softirq_lock_init);
module_exit(softirq_lock_exit);
MODULE_LICENSE("Dual MIT/GPL");
