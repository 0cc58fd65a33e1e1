/* SPDX-License-Identifier: MIT */
/*
 * Readers that take no lock against writers that store, replace, erase and free,
 * at indices that make the tree grow and shrink all the time. An object knows
 * its index; a reader must find it there, alive, or find nothing.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#include "tests/kernel/guest/check.h"

static int readers = 2;
module_param(readers, int, 0);
static int changes = 60;
module_param(changes, int, 0);

struct object {
	unsigned long index;
	struct rcu_head rcu;
};

static const unsigned long indices[] = { 0, 1, 63, 64, 4096, 1ul << 30 };

static DEFINE_XARRAY(array);
static DECLARE_COMPLETION(all_done);
static atomic_t running, met, wrong;
static bool stop;

static void look(struct object *object, unsigned long index)
{
	if (!object)
		return;
	atomic_inc(&met);
	if (READ_ONCE(object->index) != index)
		atomic_inc(&wrong);
}

static int reader(void *unused)
{
	struct object *object;
	unsigned long index;

	while (!READ_ONCE(stop)) {
		index = indices[get_random_u32() % ARRAY_SIZE(indices)];
		rcu_read_lock();
		look(xa_load(&array, index), index);
		rcu_read_unlock();
		rcu_read_lock();
		xa_for_each(&array, index, object)
			look(object, index);
		rcu_read_unlock();
		usleep_range(1, 3);
	}
	if (atomic_dec_and_test(&running))
		complete(&all_done);
	return 0;
}

static void change(void)
{
	unsigned long index = indices[get_random_u32() % ARRAY_SIZE(indices)];
	struct object *object = NULL, *old;

	if (get_random_u32() % 3) {
		object = kmalloc(sizeof(*object), GFP_KERNEL);
		object->index = index;
	}
	old = xa_store(&array, index, object, GFP_KERNEL);
	CHECK_EQ(xa_err(old), 0);
	if (old)
		kfree_rcu(old, rcu);
}

static int __init xarray_rcu_init(void)
{
	struct object *object;
	unsigned long index;
	int i;

	atomic_set(&running, readers);
	for (i = 0; i < readers; i++)
		kthread_run(reader, NULL, "reader%d", i);
	for (i = 0; i < changes; i++) {
		change();
		usleep_range(1, 2);
	}
	WRITE_ONCE(stop, true);
	wait_for_completion(&all_done);
	xa_for_each(&array, index, object)
		kfree(object);
	xa_destroy(&array);
	rcu_barrier();
	CHECK_EQ(atomic_read(&wrong), 0);
	CHECK(atomic_read(&met) > 0);
	ALL_CHECKED();
	return 0;
}
module_init(xarray_rcu_init);
