// SPDX-License-Identifier: MIT
/*
 * A counter that two CPUs add to.
 *
 * Two threads, each on a CPU of its own, add 1 to a counter a hundred times.
 * Is the sum two hundred?
 *
 * Watch: s.counter++ is a read and a write. What may the other CPU do between?
 * Verdict: module_exit finds that increments were lost.
 */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>

#define THREADS 2
#define TURNS 100

static struct {
	int counter;
	struct completion done; /* completed once by each thread */
} s;

static int add(void *unused)
{
	for (int i = 0; i < TURNS; i++)
		s.counter++; /* read 41; the other CPU writes 42; write 42 */
	complete(&s.done);
	return 0;
}

static int __init lost_update_init(void)
{
	init_completion(&s.done);
	for (unsigned int cpu = 0; cpu < THREADS; cpu++) {
		struct task_struct *task = kthread_create_on_cpu(add, NULL, cpu, "add/%u");

		if (IS_ERR(task))
			return PTR_ERR(task);
		wake_up_process(task);
	}
	return 0;
}

static void __exit lost_update_exit(void)
{
	int sum;

	for (int i = 0; i < THREADS; i++)
		wait_for_completion(&s.done);
	sum = s.counter;
	pr_info("the sum is %d of %d\n", sum, THREADS * TURNS);
	BUG_ON(sum != THREADS * TURNS);
}

module_init(lost_update_init);
module_exit(lost_update_exit);
MODULE_LICENSE("Dual MIT/GPL");
