// SPDX-License-Identifier: MIT
/*
 * Benchmark: AB-BA, once. Two threads take two locks in opposite orders and
 * are done; a search resets and runs this over and over. Both wait at a gate
 * until module_init opens it: that is the state to which the machine is reset.
 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(a);
static DEFINE_SPINLOCK(b);
static int gate;
static int first_done;
static int second_done;

static void wait_at_gate(void)
{
	while (!READ_ONCE(gate))
		cpu_relax();
}

static int a_then_b(void *unused)
{
	wait_at_gate();
	spin_lock(&a);
	spin_lock(&b);
	spin_unlock(&b);
	spin_unlock(&a);
	WRITE_ONCE(first_done, 1);
	return 0;
}

static int b_then_a(void *unused)
{
	wait_at_gate();
	spin_lock(&b);
	spin_lock(&a);
	spin_unlock(&a);
	spin_unlock(&b);
	WRITE_ONCE(second_done, 1);
	return 0;
}

static int __init once_init(void)
{
	struct task_struct *ab = kthread_create_on_cpu(a_then_b, NULL, 0, "ab/%u");
	struct task_struct *ba = kthread_create_on_cpu(b_then_a, NULL, 1, "ba/%u");

	if (IS_ERR(ab) || IS_ERR(ba))
		return -ENOMEM;
	wake_up_process(ab);
	wake_up_process(ba);
	msleep(1); /* by then both stand at the gate */
	WRITE_ONCE(gate, 1);
	return 0;
}

module_init(once_init);
MODULE_LICENSE("Dual MIT/GPL");
