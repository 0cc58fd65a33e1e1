/* SPDX-License-Identifier: MIT */
/*
 * The smallest use of RCU, for the search: one reader or two, one updater, one
 * object replaced and freed. A reader that begins before the end of the grace
 * period must not see freed memory (which is poisoned, and watched).
 *
 * `how`: 0 nobody waits, 1 synchronize_rcu(), 2 call_rcu(), 3 SRCU,
 *	4 synchronize_rcu_expedited()
 * `preempt`: the updater first wakes a task that preempts the reader
 * `hold`: the reader stays in its section for so many jiffies, unless the
 *	updater is done before
 * `busy`: a CPU runs, in no reader, until the updater is done
 */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/srcu.h>

static int how = 1;
module_param(how, int, 0);
static int readers = 1;
module_param(readers, int, 0);
static int first_cpu = 1; /* of the readers */
module_param(first_cpu, int, 0);
static bool preempt;
module_param(preempt, bool, 0);
static int hold;
module_param(hold, int, 0);
static bool busy;
module_param(busy, bool, 0);
static int updates = 1;
module_param(updates, int, 0);

struct object {
	int a, b;
	struct rcu_head rcu;
};

static struct object *object;
static int done; /* the updater is */
DEFINE_STATIC_SRCU(domain);

static int reader(void *unused)
{
	struct object *p;
	unsigned long end;
	int a, b, idx = 0;

	if (how == 3)
		idx = srcu_read_lock(&domain);
	else
		rcu_read_lock();
	p = rcu_dereference_check(object, how == 3);
	for (end = jiffies + (unsigned long)hold; hold && time_before(jiffies, end); udelay(50)) {
		if (READ_ONCE(done))
			break;
	}
	a = READ_ONCE(p->a);
	b = READ_ONCE(p->b);
	WARN(a != b || a > 9, "a reader sees %d and %d", a, b);
	if (how == 3)
		srcu_read_unlock(&domain, idx);
	else
		rcu_read_unlock();
	return 0;
}

static void free_object(struct rcu_head *head)
{
	kfree(container_of(head, struct object, rcu));
}

static struct object *new_object(int n)
{
	struct object *p = kmalloc(sizeof(*p), GFP_KERNEL);

	p->a = p->b = n;
	return p;
}

static struct task_struct *preemptor_task;
static int looked;

static int preemptor(void *unused)
{
	READ_ONCE(looked);
	READ_ONCE(looked);
	return 0;
}

static int busy_task(void *unused)
{
	while (!READ_ONCE(done))
		cpu_relax();
	return 0;
}

static void update(int n)
{
	struct object *old = rcu_dereference_protected(object, 1);

	rcu_assign_pointer(object, new_object(n));
	if (how == 1)
		synchronize_rcu();
	if (how == 3)
		synchronize_srcu(&domain);
	if (how == 4)
		synchronize_rcu_expedited();
	if (how == 2)
		call_rcu(&old->rcu, free_object);
	else
		kfree(old);
}

static int updater(void *unused)
{
	int i;

	if (preempt)
		wake_up_process(preemptor_task);
	for (i = 0; i < updates; i++)
		update(i + 2);
	WRITE_ONCE(done, 1);
	return 0;
}

static int __init gp_init(void)
{
	int i;

	RCU_INIT_POINTER(object, new_object(1));
	for (i = 0; i < readers; i++)
		wake_up_process(kthread_create_on_cpu(reader, NULL, (unsigned int)(first_cpu + i),
						      "reader/%u"));
	if (preempt) {
		preemptor_task = kthread_create_on_cpu(preemptor, NULL, 1, "preemptor/%u");
		sched_set_fifo(preemptor_task);
	}
	if (busy)
		wake_up_process(kthread_create_on_cpu(busy_task, NULL, 1, "busy/%u"));
	wake_up_process(kthread_create_on_cpu(updater, NULL, 0, "updater/%u"));
	return 0;
}
module_init(gp_init);

static void __exit gp_exit(void)
{
	rcu_barrier();
	kfree(object);
}
module_exit(gp_exit);
