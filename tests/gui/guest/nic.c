// SPDX-License-Identifier: MIT
/*
 * A busy machine for pictures and scripts: a network card whose tasklet shares
 * a queue with senders, a table read under RCU and replaced now and then, and a
 * mutex that two threads want.
 */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct route {
	int hops;
	struct rcu_head rcu;
};

static struct {
	spinlock_t queue_lock;
	int queued, received, sent; /* guarded by queue_lock */
	struct mutex config;
	int changes; /* guarded by config */
	struct route __rcu *route;
	int hops; /* as last seen */
} s;

static struct task_struct *threads[4];

static void net_receive(struct tasklet_struct *unused)
{
	spin_lock(&s.queue_lock);
	s.received += s.queued;
	s.queued = 0;
	ndelay(600);
	spin_unlock(&s.queue_lock);
}
static DECLARE_TASKLET(receive, net_receive);

static irqreturn_t net_interrupt(int irq, void *dev)
{
	s.queued++;
	tasklet_schedule(&receive);
	return IRQ_HANDLED;
}

static void look_up_route(void)
{
	rcu_read_lock();
	s.hops = rcu_dereference(s.route)->hops;
	ndelay(400);
	rcu_read_unlock();
}

static int sender(void *unused)
{
	while (!kthread_should_stop()) {
		look_up_route();
		spin_lock_bh(&s.queue_lock);
		s.sent++;
		ndelay(800);
		spin_unlock_bh(&s.queue_lock);
		usleep_range(3, 6);
	}
	return 0;
}

static int router(void *unused)
{
	while (!kthread_should_stop()) {
		struct route *new = kzalloc(sizeof(*new), GFP_KERNEL);
		struct route *old;

		if (!new)
			break;
		mutex_lock(&s.config);
		old = rcu_dereference_protected(s.route, lockdep_is_held(&s.config));
		new->hops = old->hops + 1;
		rcu_assign_pointer(s.route, new);
		s.changes++;
		ndelay(900);
		mutex_unlock(&s.config);
		kfree_rcu(old, rcu);
		usleep_range(8, 16);
	}
	return 0;
}

static int __init nic_init(void)
{
	int irq = platform_get_irq_byname(NULL, "eth0");

	spin_lock_init(&s.queue_lock);
	mutex_init(&s.config);
	RCU_INIT_POINTER(s.route, kzalloc(sizeof(struct route), GFP_KERNEL));
	if (irq >= 0 && request_irq(irq, net_interrupt, 0, "eth0", &s))
		return -EBUSY;
	for (unsigned int cpu = 0; cpu < 4; cpu++) {
		threads[cpu] = kthread_create_on_cpu(cpu & 1 ? router : sender, NULL,
						     cpu % num_online_cpus(), "net/%u");
		if (IS_ERR(threads[cpu]))
			return PTR_ERR(threads[cpu]);
		wake_up_process(threads[cpu]);
	}
	return 0;
}

static void __exit nic_exit(void)
{
	for (int i = 0; i < 4; i++)
		kthread_stop(threads[i]);
	free_irq(platform_get_irq_byname(NULL, "eth0"), &s);
	tasklet_kill(&receive);
	rcu_barrier();
	kfree(rcu_dereference_protected(s.route, 1));
	pr_info("sent %d, received %d\n", s.sent, s.received);
}

module_init(nic_init);
module_exit(nic_exit);
MODULE_LICENSE("Dual MIT/GPL");
