/* SPDX-License-Identifier: MIT */
/* Counting on all CPUs, in tasks and in an interrupt on top of them: the sum is exact. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/percpu_counter.h>
#include <linux/platform_device.h>
#include <linux/wait.h>

#include "tests/kernel/guest/check.h"

#define TASKS 4
#define ADDS 50

static struct percpu_counter counter;
static DECLARE_WAIT_QUEUE_HEAD(ended);
static atomic_t running, irqs;

static void alone(void)
{
	struct percpu_counter c;

	CHECK_EQ(percpu_counter_init(&c, 5, GFP_KERNEL), 0);
	CHECK(percpu_counter_initialized(&c));
	percpu_counter_inc(&c);
	CHECK_EQ(percpu_counter_sum(&c), 6);
	CHECK_EQ(percpu_counter_read(&c), 5); /* this CPU keeps its own 1 */
	percpu_counter_add(&c, percpu_counter_batch);
	CHECK_EQ(percpu_counter_read(&c), 6 + percpu_counter_batch);
	percpu_counter_sub(&c, 6 + percpu_counter_batch);
	CHECK_EQ(percpu_counter_sum(&c), 0);
	percpu_counter_dec(&c);
	CHECK_EQ(percpu_counter_sum(&c), -1);
	CHECK_EQ(percpu_counter_sum_positive(&c), 0);
	percpu_counter_sync(&c);
	CHECK_EQ(percpu_counter_read(&c), -1);
	CHECK_EQ(percpu_counter_read_positive(&c), 0);
	CHECK_EQ(percpu_counter_compare(&c, -1), 0);
	CHECK_EQ(percpu_counter_compare(&c, 0), -1);
	CHECK_EQ(percpu_counter_compare(&c, -1000000), 1);
	percpu_counter_set(&c, 1000);
	CHECK_EQ(percpu_counter_sum(&c), 1000);
	percpu_counter_destroy(&c);
	CHECK(!percpu_counter_initialized(&c));
}

static irqreturn_t on_irq(int irq, void *dev)
{
	percpu_counter_add_batch(&counter, 3, 4);
	atomic_inc(&irqs);
	return IRQ_HANDLED;
}

static int adder(void *unused)
{
	int i;

	for (i = 0; i < ADDS; i++) {
		percpu_counter_add_batch(&counter, 3, 4);
		percpu_counter_dec(&counter);
		if (i % 16 == 0)
			usleep_range(1, 4);
		(void)percpu_counter_read_positive(&counter);
	}
	if (atomic_dec_and_test(&running))
		wake_up(&ended);
	return 0;
}

static int __init percpu_counter_module_init(void)
{
	int i, irq = platform_get_irq_byname(NULL, "eth0");

	alone();
	CHECK_EQ(percpu_counter_init(&counter, 0, GFP_KERNEL), 0);
	CHECK_EQ(request_irq(irq, on_irq, 0, "eth0", &counter), 0);
	atomic_set(&running, TASKS);
	for (i = 0; i < TASKS; i++)
		kthread_run(adder, NULL, "adder%d", i);
	wait_event(ended, atomic_read(&running) == 0);
	free_irq(irq, &counter);
	CHECK_EQ(percpu_counter_sum(&counter), TASKS * ADDS * 2 + 3 * atomic_read(&irqs));
	CHECK(atomic_read(&irqs) > 0);
	percpu_counter_destroy(&counter);
	ALL_CHECKED();
	return 0;
}
module_init(percpu_counter_module_init);
