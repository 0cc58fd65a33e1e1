// SPDX-License-Identifier: MIT
/*
 * Two locks, two orders.
 *
 * One thread takes a, then b. The other takes b, then a. Each does it fifty
 * times. Do they both finish?
 *
 * Watch: the moment when each CPU holds one lock and spins for the other's.
 * Verdict: deadlock; the report names both locks, their holders and the lines.
 */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/spinlock.h>

#define TURNS 50

static struct {
	spinlock_t a;
	spinlock_t b;
	int moved;		/* guarded by both */
	struct completion done; /* completed once by each thread */
} s = {
	.a = __SPIN_LOCK_UNLOCKED(s.a),
	.b = __SPIN_LOCK_UNLOCKED(s.b),
};

static int a_then_b(void *unused)
{
	for (int i = 0; i < TURNS; i++) {
		spin_lock(&s.a);
		spin_lock(&s.b);
		s.moved++;
		spin_unlock(&s.b);
		spin_unlock(&s.a);
	}
	complete(&s.done);
	return 0;
}

static int b_then_a(void *unused)
{
	for (int i = 0; i < TURNS; i++) {
		spin_lock(&s.b);
		spin_lock(&s.a);
		s.moved++;
		spin_unlock(&s.a);
		spin_unlock(&s.b);
	}
	complete(&s.done);
	return 0;
}

static int __init ab_ba_init(void)
{
	struct task_struct *ab, *ba;

	init_completion(&s.done);
	ab = kthread_create_on_cpu(a_then_b, NULL, 0, "ab/%u");
	ba = kthread_create_on_cpu(b_then_a, NULL, 1, "ba/%u");
	if (IS_ERR(ab) || IS_ERR(ba))
		return -ENOMEM;
	wake_up_process(ab);
	wake_up_process(ba);
	return 0;
}

static void __exit ab_ba_exit(void)
{
	wait_for_completion(&s.done);
	wait_for_completion(&s.done);
	pr_info("moved %d of %d\n", s.moved, 2 * TURNS);
	BUG_ON(s.moved != 2 * TURNS);
}

module_init(ab_ba_init);
module_exit(ab_ba_exit);
MODULE_LICENSE("Dual MIT/GPL");
