/* SPDX-License-Identifier: MIT */
/* Edges that come at the worst moment: each is followed by a run of the handler. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>
#include "irq/regs.h"
#include "check.h"

static int dev;
static DEFINE_RAW_SPINLOCK(registers); /* the device's */
static u32 done; /* commands whose end the handler has seen, a bit each */
static int rounds, other_rounds; /* of the handler; and on another CPU than the first */
static int (*in_round)(int round);
static unsigned int first_cpu;

/* The device ends this command, with an edge, after so many us. */
static void end_after(unsigned int tag, unsigned int usecs)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&registers, flags);
	hw_source_command(dev, tag, usecs * NSEC_PER_USEC);
	raw_spin_unlock_irqrestore(&registers, flags);
}

static irqreturn_t on_edge(int irq, void *unused)
{
	raw_spin_lock(&registers);
	done |= hw_source_done(irq);
	raw_spin_unlock(&registers);
	if (!rounds++)
		first_cpu = smp_processor_id();
	other_rounds += smp_processor_id() != first_cpu;
	return in_round ? in_round(rounds) : IRQ_HANDLED;
}

/* What the handler wrote until now is seen after this. */
static void wait_for_the_end(unsigned int usecs)
{
	usleep_range(usecs, usecs + 10);
	synchronize_irq(dev);
}

/* Before the line is opened or routed. */
static void begin(int (*what)(int round))
{
	done = rounds = other_rounds = 0;
	in_round = what;
}

/*
 * Round 1 routes the line to another CPU. Command 1 ends in round 1 and so interrupts
 * that CPU, which can only leave a note; command 2 ends in round 2.
 */
static int route_away(int round)
{
	if (round == 1) {
		irq_set_affinity(dev, cpumask_of(nr_cpu_ids - 1));
		end_after(1, 10);
		end_after(2, 30);
	}
	if (round <= 2)
		udelay(20);
	return IRQ_HANDLED;
}

static void one_comes_while_another_cpu_handles_the_line(void)
{
	CHECK_EQ(request_irq(dev, on_edge, 0, "dev", &dev), 0);
	begin(route_away);
	irq_set_affinity(dev, cpumask_of(0));
	end_after(0, 1);
	wait_for_the_end(200);
	CHECK_EQ(done, 7);
	CHECK_EQ(rounds, 3);
	CHECK_EQ(other_rounds, 0);

	/* And the line is open again: on the CPU that it was routed to. */
	end_after(3, 1);
	wait_for_the_end(50);
	CHECK_EQ(done, 15);
	CHECK_EQ(other_rounds, nr_cpu_ids > 1);
}

static void one_comes_while_the_line_is_disabled(void)
{
	disable_irq(dev);
	begin(NULL);
	end_after(0, 10);
	end_after(1, 20);
	udelay(40);
	CHECK_EQ(rounds, 0);
	enable_irq(dev);
	wait_for_the_end(20);
	CHECK_EQ(done, 3);
	CHECK_EQ(rounds, 1);
	end_after(2, 1);
	wait_for_the_end(50);
	CHECK_EQ(done, 7);
	free_irq(dev, &dev);
}

static int threads;

static int wake_the_thread(int round)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t slow_thread(int irq, void *unused)
{
	threads++;
	if (threads == 1)
		end_after(1, 10);
	usleep_range(30, 40);
	return IRQ_HANDLED;
}

/* IRQF_ONESHOT masks a level; an edge would be lost. */
static void one_comes_while_its_thread_runs(void)
{
	begin(wake_the_thread);
	CHECK_EQ(request_threaded_irq(dev, on_edge, slow_thread, IRQF_ONESHOT, "dev", &dev), 0);
	end_after(0, 1);
	wait_for_the_end(200);
	CHECK_EQ(done, 3);
	CHECK_EQ(threads, 2);
	free_irq(dev, &dev);
}

static int __init edges_init(void)
{
	dev = platform_get_irq_byname(NULL, "dev");
	one_comes_while_another_cpu_handles_the_line();
	one_comes_while_the_line_is_disabled();
	one_comes_while_its_thread_runs();
	ALL_CHECKED();
	return 0;
}
module_init(edges_init);
