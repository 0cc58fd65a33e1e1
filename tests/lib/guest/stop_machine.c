/* SPDX-License-Identifier: MIT */
/*
 * While the machine is stopped nothing moves: two words that every CPU, and an
 * interrupt, keep equal but for a moment are equal, and what is patched then needs
 * no lock.
 */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/platform_device.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>
#include <linux/wait.h>

#include "tests/kernel/guest/check.h"

#define TASKS 3
#define STOPS 6

static DEFINE_PER_CPU(int, first);
static DEFINE_PER_CPU(int, second);
static DECLARE_WAIT_QUEUE_HEAD(ended);
static atomic_t running, inside, most, ran_on;
static int patched; /* written while all stand, read without anything */
static bool stop;

/* Both, not to be seen apart by who stops this CPU. */
static void move(void)
{
	unsigned long flags;

	local_irq_save(flags);
	this_cpu_inc(first);
	this_cpu_inc(second);
	local_irq_restore(flags);
	CHECK(patched >= 0);
}

static irqreturn_t on_irq(int irq, void *dev)
{
	move();
	return IRQ_HANDLED;
}

static int mover(void *unused)
{
	while (!READ_ONCE(stop)) {
		move();
		usleep_range(1, 3);
	}
	if (atomic_dec_and_test(&running))
		wake_up(&ended);
	return 0;
}

static int patch(void *arg)
{
	unsigned int cpu;

	CHECK(irqs_disabled() && arg == &patched);
	CHECK_EQ(smp_processor_id(), 0);
	for_each_online_cpu(cpu)
		CHECK_EQ(per_cpu(first, cpu), per_cpu(second, cpu));
	patched++;
	return patched == STOPS ? -EAGAIN : 0;
}

static int together(void *unused)
{
	int now = atomic_inc_return(&inside);
	int i;

	for (i = 0; i < 50 && atomic_read(&inside) < (int)num_online_cpus(); i++)
		cpu_relax();
	if (now > atomic_read(&most))
		atomic_set(&most, now);
	return 0;
}

static int where(void *expected)
{
	CHECK_EQ(smp_processor_id(), (long)expected);
	atomic_inc(&ran_on);
	return (int)(long)expected + 1;
}

static int stopper(void *unused)
{
	long cpu;

	for_each_online_cpu(cpu)
		CHECK_EQ(stop_one_cpu(cpu, where, (void *)cpu), cpu + 1);
	if (atomic_dec_and_test(&running))
		wake_up(&ended);
	return 0;
}

static int __init stop_machine_module_init(void)
{
	int i, irq = platform_get_irq_byname(NULL, "eth0");
	long last = num_online_cpus() - 1;

	CHECK_EQ(request_irq(irq, on_irq, 0, "eth0", &first), 0);
	atomic_set(&running, TASKS + 1);
	for (i = 0; i < TASKS; i++)
		kthread_run(mover, NULL, "mover%d", i);
	kthread_run(stopper, NULL, "stopper");
	for (i = 1; i <= STOPS; i++)
		CHECK_EQ(stop_machine(patch, &patched, NULL), i == STOPS ? -EAGAIN : 0);
	CHECK_EQ(patched, STOPS);
	CHECK_EQ(stop_machine(together, NULL, cpu_online_mask), 0);
	CHECK_EQ(atomic_read(&inside), num_online_cpus());
	CHECK_EQ(stop_two_cpus(last, 0, where, (void *)last), last + 1);
	CHECK_EQ(stop_one_cpu(999, where, NULL), -ENOENT);
	WRITE_ONCE(stop, true);
	wait_event(ended, atomic_read(&running) == 0);
	CHECK_EQ(atomic_read(&ran_on), num_online_cpus() + 1);
	free_irq(irq, &first);
	ALL_CHECKED();
	return 0;
}
module_init(stop_machine_module_init);
