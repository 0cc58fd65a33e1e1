// SPDX-License-Identifier: MIT
/*
 * Two tasks that take and drop locks as they are told: "a+b+b-a-" takes a, takes
 * b, drops b, drops a. Capital letters take with spin_trylock() and, where it
 * fails, skip to the letter's drop.
 */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/spinlock.h>

#define LOCKS 4

static char *first = "", *second = "";
module_param(first, charp, 0);
module_param(second, charp, 0);

static struct {
	spinlock_t a, b, c, d;
	struct completion done;
} s;

static spinlock_t *lock_of(char letter)
{
	spinlock_t *const all[LOCKS] = { &s.a, &s.b, &s.c, &s.d };

	return all[(letter | 0x20) - 'a'];
}

static int perform(void *script)
{
	bool failed[LOCKS] = {};

	for (const char *p = script; *p; p += 2) {
		bool try = p[0] < 'a', take = p[1] == '+';
		int n = (p[0] | 0x20) - 'a';

		if (take && try)
			failed[n] = !spin_trylock(lock_of(p[0]));
		else if (take)
			spin_lock(lock_of(p[0])), failed[n] = false;
		else if (!failed[n])
			spin_unlock(lock_of(p[0]));
	}
	complete(&s.done);
	return 0;
}

static int __init random_init(void)
{
	char *const scripts[] = { first, second };

	spin_lock_init(&s.a);
	spin_lock_init(&s.b);
	spin_lock_init(&s.c);
	spin_lock_init(&s.d);
	init_completion(&s.done);
	for (unsigned int cpu = 0; cpu < 2; cpu++) {
		struct task_struct *task =
			kthread_create_on_cpu(perform, scripts[cpu], cpu, "task/%u");

		if (IS_ERR(task))
			return PTR_ERR(task);
		wake_up_process(task);
	}
	return 0;
}

static void __exit random_exit(void)
{
	for (int i = 0; i < 2; i++)
		wait_for_completion(&s.done);
}

module_init(random_init);
module_exit(random_exit);
MODULE_LICENSE("GPL");
