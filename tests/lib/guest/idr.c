/* SPDX-License-Identifier: MIT */
/*
 * An idr against what its rules say, then changed under a lock while readers find
 * objects under RCU; an ida from tasks and from an interrupt.
 */
#include <linux/delay.h>
#include <linux/idr.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/platform_device.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include "tests/kernel/guest/check.h"

struct object {
	int id;
	struct rcu_head rcu;
};

static DEFINE_IDR(objects);
static DEFINE_IDA(numbers);
static DEFINE_SPINLOCK(lock); /* changes of objects */
static DECLARE_WAIT_QUEUE_HEAD(ended);
static atomic_t running, found, wrong, given;
static unsigned long taken[2]; /* which numbers are given, by bit */
static bool stop;

static int add_id(int id, void *p, void *sum)
{
	*(int *)sum += id;
	return id == 9 ? -EPERM : 0;
}

static void alone(void)
{
	struct idr idr;
	int a, b, c, id, sum = 0;
	u32 wide = 5;
	void *p;

	idr_init(&idr);
	CHECK(idr_is_empty(&idr));
	CHECK_EQ(idr_alloc(&idr, &a, 0, 0, GFP_KERNEL), 0);
	CHECK_EQ(idr_alloc(&idr, &b, 0, 0, GFP_KERNEL), 1);
	CHECK_EQ(idr_alloc(&idr, &c, 5, 6, GFP_KERNEL), 5);
	CHECK_EQ(idr_alloc(&idr, &c, 5, 6, GFP_KERNEL), -ENOSPC);
	CHECK_EQ(idr_alloc_u32(&idr, &c, &wide, 9, GFP_KERNEL), 0);
	CHECK_EQ(wide, 6);
	CHECK_EQ(idr_alloc(&idr, NULL, 9, 0, GFP_KERNEL), 9);
	CHECK(!idr_find(&idr, 9) && idr_find(&idr, 1) == &b && !idr_find(&idr, 7));
	CHECK(idr_replace(&idr, &a, 9) == NULL && idr_find(&idr, 9) == &a);
	CHECK(idr_replace(&idr, &c, 1) == &b);
	CHECK_EQ(PTR_ERR(idr_replace(&idr, &c, 100)), -ENOENT);
	CHECK(idr_remove(&idr, 1) == &c && !idr_remove(&idr, 1));
	CHECK_EQ(idr_for_each(&idr, add_id, &sum), -EPERM);
	CHECK_EQ(sum, 0 + 5 + 6 + 9);
	idr_for_each_entry(&idr, p, id)
		sum -= id;
	CHECK_EQ(sum, 0);
	CHECK_EQ(idr_alloc(&idr, &b, 0, 0, GFP_KERNEL), 1);
	id = 6;
	CHECK(idr_get_next(&idr, &id) == &c);
	idr_destroy(&idr);
	CHECK(idr_is_empty(&idr));
	idr_init_base(&idr, 3);
	CHECK_EQ(idr_alloc(&idr, &a, 0, 0, GFP_KERNEL), 3);
	CHECK(idr_find(&idr, 3) == &a && idr_remove(&idr, 3) == &a);
	for (id = 2; id < 10; id++)
		CHECK_EQ(idr_alloc_cyclic(&idr, &a, 4, 8, GFP_KERNEL),
			 id < 6 ? id + 2 : -ENOSPC);
	idr_remove(&idr, 5);
	idr_remove(&idr, 6);
	CHECK_EQ(idr_alloc_cyclic(&idr, &a, 4, 8, GFP_KERNEL), 5);
	CHECK_EQ(idr_get_cursor(&idr), 6);
	CHECK_EQ(idr_alloc_cyclic(&idr, &a, 4, 8, GFP_KERNEL), 6);
	idr_destroy(&idr);
}

static void ida_alone(void)
{
	CHECK_EQ(ida_alloc(&numbers, GFP_KERNEL), 0);
	CHECK_EQ(ida_alloc_min(&numbers, 3, GFP_KERNEL), 3);
	CHECK_EQ(ida_alloc_range(&numbers, 3, 4, GFP_KERNEL), 4);
	CHECK_EQ(ida_alloc_range(&numbers, 3, 4, GFP_KERNEL), -ENOSPC);
	CHECK_EQ(ida_alloc_max(&numbers, 9, GFP_KERNEL), 1);
	ida_free(&numbers, 3);
	CHECK_EQ(ida_simple_get(&numbers, 2, 5, GFP_KERNEL), 2);
	CHECK_EQ(ida_simple_get(&numbers, 2, 0, GFP_KERNEL), 3);
	ida_destroy(&numbers);
	CHECK(ida_is_empty(&numbers));
}

static void take_number(void)
{
	int id = ida_alloc_max(&numbers, 99, GFP_NOWAIT);

	if (id < 0 || test_and_set_bit(id, taken))
		atomic_inc(&wrong);
	atomic_inc(&given);
	if (id < 0)
		return;
	clear_bit(id, taken);
	ida_free(&numbers, id);
}

static irqreturn_t on_irq(int irq, void *dev)
{
	take_number();
	return IRQ_HANDLED;
}

static int reader(void *unused)
{
	struct object *object;
	int id;

	while (!READ_ONCE(stop)) {
		rcu_read_lock();
		idr_for_each_entry(&objects, object, id) {
			atomic_inc(&found);
			if (READ_ONCE(object->id) != id)
				atomic_inc(&wrong);
		}
		rcu_read_unlock();
		take_number();
		usleep_range(1, 3);
	}
	if (atomic_dec_and_test(&running))
		wake_up(&ended);
	return 0;
}

static int writer(void *unused)
{
	struct object *object;
	int i, id;

	for (i = 0; i < 25; i++) {
		object = kmalloc(sizeof(*object), GFP_KERNEL);
		idr_preload(GFP_KERNEL);
		spin_lock(&lock);
		id = idr_alloc(&objects, NULL, 1, 0, GFP_NOWAIT);
		object->id = id;
		idr_replace(&objects, object, id);
		spin_unlock(&lock);
		idr_preload_end();
		CHECK(id > 0);
		if (i % 3 == 0)
			usleep_range(1, 4);
		spin_lock(&lock);
		CHECK(idr_remove(&objects, id) == object);
		spin_unlock(&lock);
		kfree_rcu(object, rcu);
	}
	if (atomic_dec_return(&running) == 2)
		WRITE_ONCE(stop, true);
	return 0;
}

static int __init idr_module_init(void)
{
	int irq = platform_get_irq_byname(NULL, "eth0");

	alone();
	ida_alone();
	atomic_set(&running, 4);
	CHECK_EQ(request_irq(irq, on_irq, 0, "eth0", &numbers), 0);
	kthread_run(reader, NULL, "reader0");
	kthread_run(reader, NULL, "reader1");
	kthread_run(writer, NULL, "writer0");
	kthread_run(writer, NULL, "writer1");
	wait_event(ended, atomic_read(&running) == 0);
	free_irq(irq, &numbers);
	rcu_barrier();
	CHECK(idr_is_empty(&objects) && ida_is_empty(&numbers));
	CHECK_EQ(atomic_read(&wrong), 0);
	CHECK(atomic_read(&found) > 0 && atomic_read(&given) > 0);
	idr_destroy(&objects);
	ALL_CHECKED();
	return 0;
}
module_init(idr_module_init);
