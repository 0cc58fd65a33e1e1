/* SPDX-License-Identifier: MIT */
/* Locking Engineering Hierarchy: the names in its running text, in the shapes
 * that it describes. */
#include "given.h"

#include <linux/bitops.h>
#include <linux/interrupt.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

/* Single owner: handed to a worker, and back by a completion. */
struct request {
	struct work_struct work;
	struct completion done;
	int answer;
};

static void serve(struct work_struct *work)
{
	struct request *request = container_of(work, struct request, work);

	request->answer = 42;
	complete(&request->done);
}

static void single_owner(void)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);

	INIT_WORK(&request->work, serve);
	init_completion(&request->done);
	CHECK(queue_work(system_wq, &request->work));
	wait_for_completion(&request->done);
	CHECK_EQ(request->answer, 42);
	flush_work(&request->work);
	CHECK(!cancel_work(&request->work));
	kfree(request);
}

/* Weak references the old way: the list's mutex is held when the last one goes. */
struct object {
	struct kref kref;
	struct list_head entry;
	struct rcu_head rcu;
};

static DEFINE_MUTEX(objects_lock);
static LIST_HEAD(objects);

static void release(struct kref *kref)
{
	struct object *object = container_of(kref, struct object, kref);

	lockdep_assert_held(&objects_lock);
	list_del(&object->entry);
	mutex_unlock(&objects_lock);
	kfree_rcu(object, rcu);
}

static void weak_reference(void)
{
	struct object *object = kzalloc(sizeof(*object), GFP_KERNEL), *other;

	kref_init(&object->kref);
	mutex_lock(&objects_lock);
	list_add(&object->entry, &objects);
	other = list_first_entry(&objects, struct object, entry);
	kref_get(&other->kref);
	mutex_unlock(&objects_lock);
	if (other != object)
		kref_put_mutex(&other->kref, release, &objects_lock);
	else
		CHECK_EQ(kref_put_mutex(&other->kref, release, &objects_lock), 0);
	kref_put_mutex(&object->kref, release, &objects_lock);
}

/* Zombies: memory that stays of its type, but not the same object. */
static void typesafe(void)
{
	struct kmem_cache *cache = kmem_cache_create("objects", sizeof(struct object), 0,
						     SLAB_TYPESAFE_BY_RCU, NULL);
	struct object *object = kmem_cache_zalloc(cache, GFP_KERNEL);

	kref_init(&object->kref);
	rcu_read_lock();
	if (kref_get_unless_zero(&object->kref))
		CHECK_EQ(kref_read(&object->kref), 2);
	rcu_read_unlock();
	kmem_cache_free(cache, object);
	synchronize_rcu();
	kmem_cache_destroy(cache);
}

/* Interrupt handler state: a spinlock nested in the object's mutex. */
static DEFINE_MUTEX(device_lock);
static DEFINE_SPINLOCK(irq_lock);
static int served, line;

static irqreturn_t handler(int irq, void *dev)
{
	spin_lock(&irq_lock);
	served++;
	spin_unlock(&irq_lock);
	return IRQ_HANDLED;
}

static void shared_with_a_handler(void)
{
	line = platform_get_irq_byname(NULL, "eth0");
	CHECK_EQ(request_irq((unsigned int)line, handler, 0, "eth0", &line), 0);
	mutex_lock(&device_lock);
	spin_lock_irq(&irq_lock);
	served = 0;
	spin_unlock_irq(&irq_lock);
	mutex_unlock(&device_lock);
	synchronize_irq((unsigned int)line);
	free_irq((unsigned int)line, &line);
}

/* What to stay away from, working all the same. */
static DECLARE_RWSEM(sem);
static DECLARE_WAIT_QUEUE_HEAD(queue);
static unsigned long bits;
static int word, seen;

static void lockless(void)
{
	unsigned long flags, mine = 0;

	set_bit(3, &bits);
	CHECK(test_bit(3, &bits));
	__set_bit(5, &mine);
	CHECK_EQ(mine, 32);
	cmpxchg(&word, 0, 1);
	CHECK_EQ(READ_ONCE(word), 1);
	preempt_disable();
	local_irq_save(flags);
	CHECK(in_atomic() && irqs_disabled());
	local_irq_restore(flags);
	preempt_enable();
	local_irq_disable();
	local_irq_enable();
	local_bh_disable();
	CHECK(in_softirq());
	local_bh_enable();
	down_read(&sem);
	CHECK(rwsem_is_locked(&sem));
	up_read(&sem);
	down_write(&sem);
	up_write(&sem);
}

static void waits(void)
{
	wait_event(queue, READ_ONCE(seen) == 2);
}

static void wakes(void)
{
	WRITE_ONCE(seen, 2);
	wake_up_all(&queue);
}

static int __init seed_init(void)
{
	on_each_of_3_cpus(single_owner);
	on_each_of_3_cpus(weak_reference);
	CHECK(list_empty(&objects));
	typesafe();
	shared_with_a_handler();
	on_each_of_3_cpus(lockless);
	side_by_side(waits, waits, wakes);
	rcu_barrier();
	ALL_CHECKED();
	return 0;
}
module_init(seed_init);
