// SPDX-License-Identifier: MIT
/*
 * RCU's guarantee: a reader never sees freed memory.
 *
 * `readers` tasks look at an object whose two fields agree while it lives; an
 * updater replaces it `updates` times and frees the old one by turns after
 * synchronize_rcu(), by call_rcu(), and by kfree_rcu(). With wait=0 the grace
 * period is left out, and somebody must notice.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

static int readers = 2;
module_param(readers, int, 0);
static int updates = 6;
module_param(updates, int, 0);
static bool wait = true;
module_param(wait, bool, 0);

struct object {
	int a, b;
	struct rcu_head rcu;
};

static struct {
	struct object *object;
	bool stop;
	atomic_t seen_wrong, seen, freed, running;
} s;

static DECLARE_COMPLETION(all_done);

static int reader(void *unused)
{
	while (!READ_ONCE(s.stop)) {
		struct object *p;
		int look;

		rcu_read_lock();
		p = rcu_dereference(s.object);
		for (look = 0; look < 10; look++) {
			int a = READ_ONCE(p->a), b = READ_ONCE(p->b);

			if (a != b || a > updates)
				atomic_inc(&s.seen_wrong);
		}
		rcu_read_unlock();
		if (atomic_inc_return(&s.seen) % 4 == 0)
			usleep_range(3, 6);
	}
	if (atomic_dec_and_test(&s.running))
		complete(&all_done);
	return 0;
}

static void free_object(struct rcu_head *head)
{
	atomic_inc(&s.freed);
	kfree(container_of(head, struct object, rcu));
}

static struct object *new_object(int n)
{
	struct object *p = kmalloc(sizeof(*p), GFP_KERNEL);

	p->a = p->b = n;
	return p;
}

static void retire(struct object *old, int how)
{
	if (!wait) {
		kfree(old);
	} else if (how == 0) {
		synchronize_rcu();
		free_object(&old->rcu);
	} else if (how == 1) {
		call_rcu(&old->rcu, free_object);
	} else {
		kfree_rcu(old, rcu);
		atomic_inc(&s.freed);
	}
}

static int __init rcu_test_init(void)
{
	int i;

	RCU_INIT_POINTER(s.object, new_object(0));
	atomic_set(&s.running, readers);
	for (i = 0; i < readers; i++) {
		struct task_struct *task = kthread_create(reader, NULL, "reader%d", i);

		/* Preempts the others in the middle of their sections. */
		if (i % 2)
			sched_set_fifo(task);
		wake_up_process(task);
	}
	for (i = 1; i <= updates; i++) {
		struct object *old = rcu_dereference_protected(s.object, 1);

		usleep_range(2, 4);
		rcu_assign_pointer(s.object, new_object(i));
		retire(old, i % 3);
	}
	rcu_barrier();
	WRITE_ONCE(s.stop, true);
	wait_for_completion(&all_done);
	synchronize_rcu_expedited();
	kfree(s.object);
	pr_info("wrong: %s, freed %d, read %s\n", atomic_read(&s.seen_wrong) ? "yes" : "no",
		atomic_read(&s.freed), atomic_read(&s.seen) ? "yes" : "no");
	return 0;
}
module_init(rcu_test_init);
