/* SPDX-License-Identifier: MIT */
/*
 * SRCU: readers that sleep, in a domain of their own. Objects are freed by
 * synchronize_srcu() and by call_srcu(); nobody sees one freed, callbacks come in
 * order, srcu_barrier() waits for all, and another domain's readers for nobody.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/srcu.h>

#include "tests/kernel/guest/check.h"

#define UPDATES 9

struct object {
	int a, b, number;
	struct rcu_head rcu;
};

DEFINE_STATIC_SRCU(domain);
static struct srcu_struct other;
static struct object *object;
static bool stop;
static atomic_t running, called;
static int last_called;
static DECLARE_COMPLETION(all_done);

static int reader(void *unused)
{
	struct object *p;
	int idx;

	while (!READ_ONCE(stop)) {
		idx = srcu_read_lock(&domain);
		CHECK(srcu_read_lock_held(&domain));
		p = srcu_dereference(object, &domain);
		CHECK_EQ(READ_ONCE(p->a), READ_ONCE(p->b));
		usleep_range(1, 5);
		CHECK_EQ(READ_ONCE(p->a), READ_ONCE(p->b));
		srcu_read_unlock(&domain, idx);
		usleep_range(1, 3);
	}
	if (atomic_dec_and_test(&running))
		complete(&all_done);
	return 0;
}

static struct object *new_object(int n)
{
	struct object *p = kmalloc(sizeof(*p), GFP_KERNEL);

	p->a = p->b = p->number = n;
	return p;
}

static void free_object(struct rcu_head *head)
{
	struct object *p = container_of(head, struct object, rcu);

	CHECK(in_softirq());
	CHECK(p->number > last_called);
	last_called = p->number;
	atomic_inc(&called);
	kfree(p);
}

static void update(int n)
{
	struct object *old = rcu_dereference_protected(object, 1);

	rcu_assign_pointer(object, new_object(n));
	if (n % 3) {
		call_srcu(&domain, &old->rcu, free_object);
	} else {
		synchronize_srcu(&domain);
		kfree(old);
	}
}

static int __init srcu_test_init(void)
{
	int i, idx;

	CHECK_EQ(init_srcu_struct(&other), 0);
	object = new_object(1);
	atomic_set(&running, 3);
	for (i = 0; i < 3; i++)
		kthread_run(reader, NULL, "reader%d", i);

	idx = srcu_read_lock(&other);
	for (i = 2; i < UPDATES + 2; i++) {
		update(i);
		usleep_range(1, 4);
	}
	srcu_barrier(&domain);
	CHECK_EQ(atomic_read(&called), UPDATES - UPDATES / 3);
	srcu_read_unlock(&other, idx);

	WRITE_ONCE(stop, true);
	wait_for_completion(&all_done);
	call_srcu(&other, &object->rcu, free_object);
	srcu_barrier(&other);
	cleanup_srcu_struct(&other);
	CHECK_EQ(atomic_read(&called), UPDATES - UPDATES / 3 + 1);
	ALL_CHECKED();
	return 0;
}
module_init(srcu_test_init);
