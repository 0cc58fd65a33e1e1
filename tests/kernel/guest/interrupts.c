/* SPDX-License-Identifier: MIT */
/* Interrupts: handlers, threads, tasklets, disabling, calls to other CPUs, NMIs. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/nmi.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>
#include "check.h"

static DEFINE_SPINLOCK(lock);
static int handled, threaded, tasklets, turns;
static int eth, disk, nmi;
static struct task_struct *tasks[4];

static void on_tasklet(struct tasklet_struct *t)
{
	CHECK(in_serving_softirq() && !in_hardirq() && !irqs_disabled());
	spin_lock_irq(&lock);
	tasklets++;
	spin_unlock_irq(&lock);
}
static DECLARE_TASKLET(tasklet, on_tasklet);

static irqreturn_t on_eth(int irq, void *dev)
{
	CHECK(in_hardirq() && irqs_disabled() && irq == eth && dev == &lock);
	spin_lock(&lock);
	handled++;
	spin_unlock(&lock);
	tasklet_schedule(&tasklet);
	return IRQ_HANDLED;
}

static irqreturn_t on_disk(int irq, void *dev)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t disk_thread(int irq, void *dev)
{
	CHECK(in_task() && rt_task(current));
	threaded++; /* one thread, and nobody else */
	usleep_range(5, 10);
	return IRQ_HANDLED;
}

/* One of them never sleeps: interrupts come on top of it. */
static int toggle(void *number)
{
	unsigned long flags;
	int turn;

	while (!kthread_should_stop()) {
		spin_lock_irqsave(&lock, flags);
		turn = ++turns;
		spin_unlock_irqrestore(&lock, flags);
		if (turn % 16 == 0) {
			disable_irq(eth);
			enable_irq(eth);
		}
		if (number) {
			usleep_range(10, 20);
		} else {
			udelay(10);
			cond_resched();
		}
	}
	return 0;
}

static void count_call(void *calls)
{
	CHECK(irqs_disabled());
	atomic_inc((atomic_t *)calls);
}

static void calls_reach_every_cpu(void)
{
	static atomic_t calls;

	on_each_cpu(count_call, &calls, 1);
	CHECK_EQ(atomic_read(&calls), num_online_cpus());
	smp_call_function(count_call, &calls, 1);
	CHECK_EQ(atomic_read(&calls), 2 * num_online_cpus() - 1);
	CHECK_EQ(smp_call_function_single(nr_cpu_ids - 1, count_call, &calls, 1), 0);
	CHECK_EQ(atomic_read(&calls), 2 * num_online_cpus());
	CHECK_EQ(smp_call_function_single(nr_cpu_ids, count_call, &calls, 1), -ENXIO);
}

static int works;

static void on_work(struct irq_work *work)
{
	CHECK(in_hardirq());
	works++;
}
static DEFINE_IRQ_WORK(work, on_work);

static int on_nmi(unsigned int type, struct pt_regs *regs)
{
	CHECK(in_nmi());
	return NMI_HANDLED;
}

static atomic_t line_nmis;

static irqreturn_t on_line_nmi(int irq, void *dev)
{
	CHECK(in_nmi() && irq == nmi && dev == &line_nmis);
	atomic_inc(&line_nmis);
	return IRQ_HANDLED;
}

static void a_line_can_be_an_nmi(void)
{
	unsigned long flags;
	int i;

	nmi = platform_get_irq_byname(NULL, "nmi0");
	CHECK_EQ(request_nmi(nmi, on_line_nmi, 0, "nmi0", &line_nmis), -EINVAL);
	CHECK_EQ(request_nmi(nmi, on_line_nmi, IRQF_PERCPU, "nmi0", &line_nmis), 0);
	CHECK_EQ(request_irq(nmi, on_eth, 0, "nmi0", &lock), -EBUSY);
	irq_set_affinity(nmi, cpumask_of(0));
	local_irq_save(flags);
	for (i = 0; i < 1000 && !atomic_read(&line_nmis); i++)
		udelay(10);
	local_irq_restore(flags);
	CHECK(i < 1000);
	CHECK(free_nmi(nmi, &line_nmis));
	i = atomic_read(&line_nmis);
	usleep_range(200, 300);
	CHECK_EQ(atomic_read(&line_nmis), i);
	CHECK_EQ(request_irq(nmi, on_eth, IRQF_NO_AUTOEN, "nmi0", &lock), 0);
	CHECK(free_irq(nmi, &lock));
}

static int __init interrupts_init(void)
{
	long i;

	calls_reach_every_cpu();
	CHECK(irq_work_queue(&work));
	irq_work_sync(&work);
	CHECK_EQ(works, 1);

	CHECK_EQ(register_nmi_handler(NMI_LOCAL, on_nmi, 0, "test"), 0);
	a_line_can_be_an_nmi();
	eth = platform_get_irq_byname(NULL, "eth0");
	disk = platform_get_irq_byname(NULL, "disk0");
	CHECK_EQ(platform_get_irq_byname(NULL, "nothing"), -ENXIO);
	CHECK_EQ(request_irq(eth, on_eth, 0, "eth0", &lock), 0);
	CHECK_EQ(request_irq(eth, on_eth, 0, "again", &eth), -EBUSY);
	CHECK_EQ(request_threaded_irq(disk, on_disk, disk_thread, IRQF_ONESHOT, "disk0", &lock), 0);
	for (i = 0; i < 4; i++)
		tasks[i] = kthread_run(toggle, (void *)i, "toggle/%ld", i);
	return 0;
}

static void __exit interrupts_exit(void)
{
	int i, before;

	for (i = 0; i < 4; i++)
		kthread_stop(tasks[i]);
	free_irq(eth, &lock);
	free_irq(disk, &lock);
	before = handled;
	tasklet_kill(&tasklet);
	CHECK(handled > 20 && threaded > 20 && tasklets > 0 && tasklets <= handled);
	msleep(8);
	CHECK_EQ(handled, before);
	ALL_CHECKED();
}
module_init(interrupts_init);
module_exit(interrupts_exit);
