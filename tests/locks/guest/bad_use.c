/* SPDX-License-Identifier: MIT */
/*
 * Bad use of one thing, chosen by `what`; then the same thing used well. The
 * machine says what Linux's debug build says, and goes on where Linux would.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kref.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/rtmutex.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/string.h>
#include <linux/workqueue.h>

static char *what = "";
module_param(what, charp, 0);

static DEFINE_SPINLOCK(spin);
static DEFINE_RWLOCK(rw);
static DEFINE_MUTEX(mutex);
static DECLARE_RWSEM(rwsem);
static DEFINE_RT_MUTEX(rt);
static DEFINE_SEMAPHORE(sem, 1);
static LIST_HEAD(list);
static atomic_t called;

static void use_all_well(void)
{
	spin_lock(&spin);
	spin_unlock(&spin);
	write_lock(&rw);
	write_unlock(&rw);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	down_write(&rwsem);
	up_write(&rwsem);
	rt_mutex_lock(&rt);
	rt_mutex_unlock(&rt);
	down(&sem);
	up(&sem);
	rcu_read_lock();
	rcu_read_unlock();
	synchronize_rcu();
	rcu_barrier();
}

/* Locks. */

static DECLARE_COMPLETION(taken);
static DECLARE_COMPLETION(unlocked);

static int holder(void *unused)
{
	mutex_lock(&mutex);
	complete(&taken);
	wait_for_completion(&unlocked);
	return 0;
}

static void mutex_by_another(void)
{
	kthread_run(holder, NULL, "holder");
	wait_for_completion(&taken);
	mutex_unlock(&mutex);
	complete(&unlocked);
}

static void mutex_twice(void)
{
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	mutex_unlock(&mutex);
}

static void mutex_destroyed_held(void)
{
	static DEFINE_MUTEX(own);

	mutex_lock(&own);
	mutex_destroy(&own);
}

static void mutex_initialised_held(void)
{
	mutex_lock(&mutex);
	mutex_init(&mutex);
}

static void spin_twice(void)
{
	spin_lock(&spin);
	spin_unlock(&spin);
	spin_unlock(&spin);
}

static void rwlock_twice(void)
{
	write_lock(&rw);
	write_unlock(&rw);
	write_unlock(&rw);
}

static void rwsem_twice(void)
{
	down_read(&rwsem);
	up_read(&rwsem);
	up_read(&rwsem);
}

static void rt_mutex_free(void)
{
	rt_mutex_unlock(&rt);
}

static void sleep_under_spinlock(void)
{
	spin_lock(&spin);
	msleep(1);
	spin_unlock(&spin);
}

static void sleep_in_reader(void)
{
	rcu_read_lock();
	msleep(1);
	rcu_read_unlock();
}

/* References. */

static struct kref kref = KREF_INIT(1);

static void release(struct kref *unused)
{
	atomic_inc(&called);
}

static void kref_below_zero(void)
{
	kref_put(&kref, release);
	kref_put(&kref, release);
	WARN(atomic_read(&called) != 1, "released %d times", atomic_read(&called));
}

static void kref_from_zero(void)
{
	kref_put(&kref, release);
	kref_get(&kref);
}

static void refcount_to_zero(void)
{
	refcount_t r = REFCOUNT_INIT(1);

	refcount_dec(&r);
}

static void refcount_overflow(void)
{
	refcount_t r = REFCOUNT_INIT(INT_MAX);

	refcount_inc(&r);
}

static int end(void *unused)
{
	return 0;
}

static struct task_struct *ended_task(void)
{
	struct task_struct *task = kthread_run(end, NULL, "ended");

	msleep(10);
	return task;
}

static void task_stopped_when_ended(void)
{
	kthread_stop(ended_task());
}

static void task_put_when_ended(void)
{
	put_task_struct(ended_task());
}

/* RCU and work. */

struct object {
	struct list_head entry;
	struct rcu_head rcu;
	struct work_struct work;
};

static struct object o;

static void callback(struct rcu_head *unused)
{
	atomic_inc(&called);
}

static void call_rcu_twice(void)
{
	call_rcu(&o.rcu, callback);
	call_rcu(&o.rcu, callback);
	rcu_barrier();
	WARN(atomic_read(&called), "the leaked head was called");
	call_rcu(&o.rcu, callback);
	rcu_barrier();
	WARN(atomic_read(&called) != 1, "called %d times", atomic_read(&called));
}

static void kfree_rcu_twice(void)
{
	struct object *p = kzalloc(sizeof(*p), GFP_KERNEL);

	kfree_rcu(p, rcu);
	kfree_rcu(p, rcu);
	rcu_barrier();
}

static void freed_in_call_rcu(void)
{
	struct object *p = kzalloc(sizeof(*p), GFP_KERNEL);

	call_rcu(&p->rcu, callback);
	kfree(p);
}

static void work_func(struct work_struct *work)
{
	atomic_inc(&called);
}

static void work_freed_queued(void)
{
	struct object *p = kzalloc(sizeof(*p), GFP_KERNEL);

	INIT_WORK(&p->work, work_func);
	preempt_disable(); /* so that it cannot start */
	schedule_work_on(raw_smp_processor_id(), &p->work);
	kfree(p);
	preempt_enable();
}

static void work_on_stack_queued(void)
{
	struct work_struct work;

	INIT_WORK_ONSTACK(&work, work_func);
	preempt_disable();
	schedule_work_on(raw_smp_processor_id(), &work);
	destroy_work_on_stack(&work);
	preempt_enable();
	flush_work(&work);
}

static void leaking_work(struct work_struct *work)
{
	preempt_disable();
}

static void work_leaks_atomic(void)
{
	INIT_WORK(&o.work, leaking_work);
	schedule_work(&o.work);
	flush_work(&o.work);
}

static void srcu_with_reader(void)
{
	struct srcu_struct ss;
	int idx;

	init_srcu_struct(&ss);
	idx = srcu_read_lock(&ss);
	cleanup_srcu_struct(&ss);
	srcu_read_unlock(&ss, idx);
	cleanup_srcu_struct(&ss);
}

/* Lists. */

static void list_del_twice(void)
{
	list_add(&o.entry, &list);
	list_del(&o.entry);
	list_del(&o.entry);
}

static void list_add_twice(void)
{
	list_add(&o.entry, &list);
	list_add(&o.entry, &list);
	list_del(&o.entry);
	WARN(!list_empty(&list), "the list is not empty");
}

static void list_del_rcu_twice(void)
{
	list_add_rcu(&o.entry, &list);
	list_del_rcu(&o.entry);
	list_del_rcu(&o.entry);
}

static void list_overwritten(void)
{
	struct object other;

	list_add(&o.entry, &list);
	list_add(&other.entry, &list);
	memset(&o.entry, 0, sizeof(o.entry));
	list_del(&other.entry);
	INIT_LIST_HEAD(&list);
}

#define CASE(name) { #name, name }
static const struct {
	const char *name;
	void (*function)(void);
} cases[] = {
	CASE(mutex_by_another), CASE(mutex_twice), CASE(mutex_destroyed_held),
	CASE(mutex_initialised_held), CASE(spin_twice), CASE(rwlock_twice), CASE(rwsem_twice),
	CASE(rt_mutex_free), CASE(sleep_under_spinlock), CASE(sleep_in_reader),
	CASE(kref_below_zero), CASE(kref_from_zero), CASE(refcount_to_zero),
	CASE(refcount_overflow), CASE(task_stopped_when_ended), CASE(task_put_when_ended),
	CASE(call_rcu_twice), CASE(kfree_rcu_twice), CASE(freed_in_call_rcu),
	CASE(work_freed_queued), CASE(work_on_stack_queued), CASE(work_leaks_atomic),
	CASE(srcu_with_reader), CASE(list_del_twice), CASE(list_add_twice),
	CASE(list_del_rcu_twice), CASE(list_overwritten),
};

static int bad_user(void *unused)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		if (!strcmp(cases[i].name, what))
			cases[i].function();
	}
	use_all_well();
	pr_info("and goes on\n");
	return 0;
}

static int __init bad_use_init(void)
{
	kthread_run(bad_user, NULL, "user");
	return 0;
}
module_init(bad_use_init);
