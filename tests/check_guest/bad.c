// SPDX-License-Identifier: MIT
/* One mistake of each sort, chosen by the parameter `what`. */
#include <linux/module.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/spinlock.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/delay.h>
#include <linux/rcupdate.h>
#include <linux/timer.h>
#include <linux/smp.h>

struct object {
	spinlock_t lock;
	int value;
};

static int what;
module_param(what, int, 0);
static DEFINE_SPINLOCK(a);
static DEFINE_SPINLOCK(b);
static DEFINE_RAW_SPINLOCK(raw);
static DEFINE_MUTEX(m);
static struct timer_list timer;
static char *p;
static struct object *o;

static void fire(struct timer_list *t)
{
	spin_lock(&a);
	spin_unlock(&a);
}

static void softirq_without_bh(void)
{
	spin_lock(&a);
	spin_unlock(&a);
	mod_timer(&timer, jiffies + 1);
	msleep(20);
}

static void mutex_under_spinlock(void)
{
	spin_lock(&a);
	mutex_lock(&m);
	mutex_unlock(&m);
	spin_unlock(&a);
}

static void sleep_under_spinlock(void)
{
	spin_lock(&a);
	msleep(1);
	spin_unlock(&a);
}

static void double_free(void)
{
	p = kmalloc(40, GFP_KERNEL);
	kfree(p);
	kfree(p);
}

static void leak(void)
{
	p = kmalloc(40, GFP_KERNEL);
	(void)p;
}

static void spinlock_under_raw(void)
{
	raw_spin_lock(&raw);
	spin_lock(&a);
	spin_unlock(&a);
	raw_spin_unlock(&raw);
}

static void exit_with_lock(void)
{
	spin_lock(&a);
}

static void unlock_of_free_lock(void)
{
	spin_unlock(&a);
}

static void held_lock_freed(void)
{
	o = kmalloc(sizeof(*o), GFP_KERNEL);
	spin_lock_init(&o->lock);
	spin_lock(&o->lock);
	kfree(o);
}

static void uninitialised_lock(void)
{
	o = kzalloc(sizeof(*o), GFP_KERNEL);
	spin_lock(&o->lock);
	spin_unlock(&o->lock);
	kfree(o);
}

static void recursive_spinlock(void)
{
	spin_lock(&a);
	spin_lock(&a);
}

static void processor_id(void)
{
	pr_info("cpu %d\n", smp_processor_id());
}

static void use_after_free(void)
{
	o = kmalloc(sizeof(*o), GFP_KERNEL);
	kfree(o);
	o->value = 1;
}

static void allocation_under_spinlock(void)
{
	spin_lock(&a);
	p = kmalloc(40, GFP_KERNEL);
	spin_unlock(&a);
	kfree(p);
}

static void recursive_mutex(void)
{
	mutex_lock(&m);
	mutex_lock(&m);
}

static void schedule_while_atomic(void)
{
	preempt_disable();
	schedule();
	preempt_enable();
}

static void ab_ba(void)
{
	spin_lock(&a);
	spin_lock(&b);
	spin_unlock(&b);
	spin_unlock(&a);
	spin_lock(&b);
	spin_lock(&a);
	spin_unlock(&a);
	spin_unlock(&b);
}

static void out_of_bounds(void)
{
	p = kmalloc(40, GFP_KERNEL);
	p[40] = 1;
	kfree(p);
}

static int __rcu *shared;

static void dereference_outside_a_reader(void)
{
	rcu_read_lock();
	(void)rcu_dereference(shared); /* this one is right */
	rcu_read_unlock();
	(void)rcu_dereference(shared);
}

static void dereference_without_the_lock(void)
{
	rcu_read_lock();
	(void)rcu_dereference_protected(shared, lockdep_is_held(&a));
	rcu_read_unlock();
}

static void synchronize_in_a_reader(void)
{
	rcu_read_lock();
	synchronize_rcu();
	rcu_read_unlock();
}

static void (*const mistakes[])(void) = {
	[1] = softirq_without_bh,
	[2] = mutex_under_spinlock,
	[3] = sleep_under_spinlock,
	[4] = double_free,
	[5] = leak,
	[6] = spinlock_under_raw,
	[7] = exit_with_lock,
	[8] = unlock_of_free_lock,
	[9] = held_lock_freed,
	[10] = uninitialised_lock,
	[11] = recursive_spinlock,
	[12] = processor_id,
	[13] = use_after_free,
	[14] = allocation_under_spinlock,
	[15] = recursive_mutex,
	[16] = schedule_while_atomic,
	[17] = ab_ba,
	[18] = out_of_bounds,
	[19] = dereference_outside_a_reader,
	[20] = dereference_without_the_lock,
	[21] = synchronize_in_a_reader,
};

static int worker(void *unused)
{
	mistakes[what]();
	return 0;
}

static int __init bad_init(void)
{
	timer_setup(&timer, fire, 0);
	kthread_run(worker, NULL, "bad");
	return 0;
}

static void __exit bad_exit(void)
{
	del_timer_sync(&timer);
}

module_init(bad_init);
module_exit(bad_exit);
MODULE_LICENSE("GPL");
