// SPDX-License-Identifier: MIT
/*
 * A chain of blockers: CPU 3 waits for c, whose holder on CPU 2 waits for b,
 * whose holder on CPU 1 waits for a, which CPU 0 holds for long.
 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/spinlock.h>

static struct {
	spinlock_t a, b, c;
} s;

static int first(void *unused)
{
	spin_lock(&s.a);
	udelay(60);
	spin_unlock(&s.a);
	return 0;
}

static int second(void *unused)
{
	udelay(10);
	spin_lock(&s.b);
	spin_lock(&s.a);
	spin_unlock(&s.a);
	spin_unlock(&s.b);
	return 0;
}

static int third(void *unused)
{
	udelay(20);
	spin_lock(&s.c);
	spin_lock(&s.b);
	spin_unlock(&s.b);
	spin_unlock(&s.c);
	return 0;
}

static int fourth(void *unused)
{
	udelay(30);
	spin_lock(&s.c);
	spin_unlock(&s.c);
	return 0;
}

static int __init chain_init(void)
{
	static int (*const work[])(void *) = { first, second, third, fourth };

	spin_lock_init(&s.a);
	spin_lock_init(&s.b);
	spin_lock_init(&s.c);
	for (unsigned int cpu = 0; cpu < 4; cpu++) {
		struct task_struct *t = kthread_create_on_cpu(work[cpu], NULL, cpu, "link/%u");

		if (IS_ERR(t))
			return PTR_ERR(t);
		wake_up_process(t);
	}
	return 0;
}

static void __exit chain_exit(void)
{
}

module_init(chain_init);
module_exit(chain_exit);
MODULE_LICENSE("Dual MIT/GPL");
