// SPDX-License-Identifier: MIT
/*
 * Benchmark: every CPU takes one lock, for ever; or, with shared=0, a lock of
 * its own. Neighbouring CPUs run different functions, as they would in life.
 */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#define CPUS 64

static int shared = 1;
module_param(shared, int, 0);

static struct {
	spinlock_t lock[CPUS];
	unsigned long count[CPUS];
} s;

#define WORKER(n)                                               \
	static int worker##n(void *index)                       \
	{                                                       \
		unsigned long own = (unsigned long)index;       \
		unsigned long k = shared ? 0 : own;             \
                                                                \
		for (;;) {                                      \
			spin_lock(&s.lock[k]);                  \
			s.count[k]++;                           \
			spin_unlock(&s.lock[k]);                \
		}                                               \
		return 0;                                       \
	}

WORKER(0)
WORKER(1)
WORKER(2)
WORKER(3)

static int (*const workers[])(void *) = { worker0, worker1, worker2, worker3 };

static int __init contend_init(void)
{
	for (int i = 0; i < CPUS; i++)
		spin_lock_init(&s.lock[i]);
	for (unsigned int cpu = 0; cpu < num_online_cpus(); cpu++) {
		struct task_struct *task;

		task = kthread_create_on_cpu(workers[cpu % ARRAY_SIZE(workers)],
					     (void *)(unsigned long)cpu, cpu, "worker/%u");
		if (IS_ERR(task))
			return PTR_ERR(task);
		wake_up_process(task);
	}
	return 0;
}

module_init(contend_init);
MODULE_LICENSE("Dual MIT/GPL");
