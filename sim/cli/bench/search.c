// SPDX-License-Identifier: MIT
/*
 * Benchmark: what a search runs over and over. Two threads take two locks, in
 * opposite orders; or, with length=N, one thread adds 1 N times.
 */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/spinlock.h>

static int length;
module_param(length, int, 0);

static DEFINE_SPINLOCK(a);
static DEFINE_SPINLOCK(b);
static int moved;

static int a_then_b(void *unused)
{
	spin_lock(&a);
	spin_lock(&b);
	moved++;
	spin_unlock(&b);
	spin_unlock(&a);
	return 0;
}

static int b_then_a(void *unused)
{
	spin_lock(&b);
	spin_lock(&a);
	moved++;
	spin_unlock(&a);
	spin_unlock(&b);
	return 0;
}

static int add(void *unused)
{
	for (int i = 0; i < length; i++)
		moved++;
	return 0;
}

static int __init search_init(void)
{
	if (length) {
		kthread_run_on_cpu(add, NULL, 0, "add/%u");
	} else {
		kthread_run_on_cpu(a_then_b, NULL, 0, "ab/%u");
		kthread_run_on_cpu(b_then_a, NULL, 1, "ba/%u");
	}
	return 0;
}

module_init(search_init);
MODULE_LICENSE("Dual MIT/GPL");
