/* SPDX-License-Identifier: MIT */
/*
 * Six devices interrupt eight CPUs that all have work of their own. What each
 * device brings is counted in another way, and must be there at the end.
 */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#define DEVICES 6

static struct {
	spinlock_t lock;	 /* tasks and hardirqs */
	long by_handler, by_task; /* guarded by lock */
	spinlock_t bh_lock;	 /* tasks and softirqs */
	long by_tasklet, tasklet_turns; /* guarded by bh_lock */
	atomic_long_t raised[DEVICES], threaded, worked;
	struct task_struct *worker[NR_CPUS];
	long turns[NR_CPUS]; /* each its worker's */
	int irq[DEVICES];
} s = {
	.lock = __SPIN_LOCK_UNLOCKED(s.lock),
	.bh_lock = __SPIN_LOCK_UNLOCKED(s.bh_lock),
};
static DEFINE_PER_CPU(long, nmis);
static const char *const name[DEVICES] = { "eth0", "eth1", "disk0", "disk1", "uart0", "nmi0" };

static void on_tasklet(struct tasklet_struct *unused)
{
	spin_lock(&s.bh_lock);
	s.by_tasklet++;
	spin_unlock(&s.bh_lock);
}
static DECLARE_TASKLET(tasklet, on_tasklet);

static void on_work(struct work_struct *unused)
{
	atomic_long_inc(&s.worked);
}
static DECLARE_WORK(work, on_work);

static int device_of(void *dev)
{
	return (int)((int *)dev - s.irq);
}

static irqreturn_t on_irq(int irq, void *dev)
{
	const int device = device_of(dev);

	atomic_long_inc(&s.raised[device]);
	switch (device) {
	case 0:
		tasklet_schedule(&tasklet);
		return IRQ_HANDLED;
	case 1:
		schedule_work(&work);
		return IRQ_HANDLED;
	case 2:
		return IRQ_WAKE_THREAD;
	default:
		spin_lock(&s.lock);
		s.by_handler++;
		spin_unlock(&s.lock);
		return IRQ_HANDLED;
	}
}

static irqreturn_t in_thread(int irq, void *dev)
{
	atomic_long_inc(&s.threaded);
	return IRQ_HANDLED;
}

static irqreturn_t on_nmi(int irq, void *dev)
{
	this_cpu_inc(nmis);
	atomic_long_inc(&s.raised[device_of(dev)]);
	return IRQ_HANDLED;
}

static int work_hard(void *number)
{
	const long cpu = (long)number;
	unsigned long flags;

	while (!kthread_should_stop()) {
		spin_lock_irqsave(&s.lock, flags);
		s.by_task++;
		spin_unlock_irqrestore(&s.lock, flags);
		spin_lock_bh(&s.bh_lock);
		s.tasklet_turns++;
		spin_unlock_bh(&s.bh_lock);
		if (++s.turns[cpu] % 64 == 0)
			usleep_range(5, 10);
	}
	return 0;
}

static int request(int device)
{
	int *irq = &s.irq[device];

	*irq = platform_get_irq_byname(NULL, name[device]);
	if (*irq < 0)
		return *irq;
	if (device == 5)
		return request_nmi(*irq, on_nmi, IRQF_PERCPU, name[device], irq);
	return request_threaded_irq(*irq, on_irq, device == 2 ? in_thread : NULL, 0, name[device],
				    irq);
}

static int __init storm_init(void)
{
	int err = 0;

	for (int device = 0; device < DEVICES && !err; device++)
		err = request(device);
	if (err)
		return err;
	for (unsigned int cpu = 0; cpu < num_online_cpus(); cpu++)
		s.worker[cpu] = kthread_run_on_cpu(work_hard, (void *)(long)cpu, cpu, "hard/%u");
	return 0;
}

static void __exit storm_exit(void)
{
	long turns = 0, nmi_sum = 0;

	for (int device = 0; device < 5; device++)
		free_irq(s.irq[device], &s.irq[device]);
	free_nmi(s.irq[5], &s.irq[5]);
	for (unsigned int cpu = 0; cpu < num_online_cpus(); cpu++) {
		kthread_stop(s.worker[cpu]);
		turns += s.turns[cpu];
		nmi_sum += per_cpu(nmis, cpu);
	}
	tasklet_kill(&tasklet);
	flush_work(&work);
	for (int device = 0; device < DEVICES; device++)
		pr_info("%s: %ld\n", name[device], atomic_long_read(&s.raised[device]));
	BUG_ON(s.by_task != turns || s.tasklet_turns != turns);
	BUG_ON(s.by_handler != atomic_long_read(&s.raised[3]) + atomic_long_read(&s.raised[4]));
	BUG_ON(!s.by_tasklet || s.by_tasklet > atomic_long_read(&s.raised[0]));
	BUG_ON(!atomic_long_read(&s.worked) || !atomic_long_read(&s.threaded));
	BUG_ON(nmi_sum != atomic_long_read(&s.raised[5]));
	for (int device = 0; device < DEVICES; device++)
		BUG_ON(atomic_long_read(&s.raised[device]) < 20);
	pr_info("all there\n");
}

module_init(storm_init);
module_exit(storm_exit);
MODULE_LICENSE("Dual MIT/GPL");
