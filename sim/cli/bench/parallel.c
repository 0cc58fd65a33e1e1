// SPDX-License-Identifier: MIT
/*
 * Benchmark: every CPU takes a lock, works a little on what it guards, and gives
 * it back, for ever: one lock for all, or with shared=0 one each.
 */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#define CPUS 64

static int shared = 1;
module_param(shared, int, 0);
static int work = 4;
module_param(work, int, 0);

/* A pair of cache lines each: neighbours do not disturb. */
static struct place {
	spinlock_t lock;
	unsigned long data;
	unsigned long turns;
} __attribute__((aligned(128))) place[CPUS];

static int worker(void *index)
{
	struct place *own = &place[(unsigned long)index];
	struct place *at = shared ? place : own;

	for (;;) {
		spin_lock(&at->lock);
		for (int i = 0; i < work; i++)
			at->data++;
		spin_unlock(&at->lock);
		own->turns++;
	}
	return 0;
}

static int __init parallel_init(void)
{
	for (unsigned long cpu = 0; cpu < CPUS; cpu++)
		spin_lock_init(&place[cpu].lock);
	for (unsigned long cpu = 0; cpu < num_online_cpus(); cpu++) {
		struct task_struct *task =
			kthread_create_on_cpu(worker, (void *)cpu, (unsigned int)cpu, "worker/%u");

		if (IS_ERR(task))
			return PTR_ERR(task);
		wake_up_process(task);
	}
	return 0;
}

module_init(parallel_init);
MODULE_LICENSE("Dual MIT/GPL");
