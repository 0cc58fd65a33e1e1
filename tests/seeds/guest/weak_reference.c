/* SPDX-License-Identifier: MIT */
/* Locking Engineering Hierarchy, "Weak References": kref_get_unless_zero() and
 * an xarray. The release takes the entry out under the array's lock. */
#include "given.h"

#include <linux/kref.h>
#include <linux/slab.h>
#include <linux/xarray.h>

struct object {
	struct kref kref;
	unsigned long id;
};

static DEFINE_XARRAY(cache);

/* The types, the array and the answer for nothing, which the text leaves out. */
static struct kref gone = KREF_INIT(0);
static struct object *find(unsigned long id)
{
	struct object *object = xa_load(&cache, id);

	return object ? object : container_of(&gone, struct object, kref);
}

#undef xa_lock
#undef xa_unlock
#define xa_lock()   struct object *obj; spin_lock(&cache.xa_lock)
#define xa_unlock() spin_unlock(&cache.xa_lock)
#define xa_find(id) find(id)
#define obj_find_in_cache(id) static struct object *obj_find_in_cache(unsigned long id)

obj_find_in_cache(id)
{
	xa_lock();
	obj = xa_find(id);
	if (!kref_get_unless_zero(&obj->kref))
		obj = NULL;
	xa_unlock();

	return obj;
}

#undef obj_find_in_cache

static atomic_t found, released;

static void release(struct kref *kref)
{
	struct object *object = container_of(kref, struct object, kref);

	xa_erase(&cache, object->id);
	atomic_inc(&released);
	kfree(object);
}

static void look(void)
{
	struct object *object;
	int i;

	for (i = 0; i < 20; i++) {
		object = obj_find_in_cache(i % 2);
		if (!object)
			continue;
		atomic_inc(&found);
		CHECK_EQ(object->id, i % 2);
		kref_put(&object->kref, release);
	}
}

static void create_and_drop(void)
{
	struct object *object;
	int i;

	for (i = 0; i < 6; i++) {
		object = kzalloc(sizeof(*object), GFP_KERNEL);
		object->id = i % 2;
		kref_init(&object->kref);
		/* The last one of this id may not be gone yet. */
		if (xa_insert(&cache, object->id, object, GFP_KERNEL)) {
			kfree(object);
			atomic_inc(&released);
			continue;
		}
		kref_put(&object->kref, release);
	}
}

static int __init seed_init(void)
{
	side_by_side(look, create_and_drop, look);
	CHECK_EQ(atomic_read(&released), 6);
	CHECK(xa_empty(&cache));
	rcu_barrier();
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);
