// SPDX-License-Identifier: MIT
/* Many primitives used as they should be: no checker has anything to say. */
#include <linux/module.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/spinlock.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/slab.h>
#include <linux/delay.h>
#include <linux/timer.h>
#include <linux/interrupt.h>
#include <linux/completion.h>
#include <linux/seqlock.h>

static DEFINE_SPINLOCK(irqlock);
static DEFINE_SPINLOCK(bhlock);
static DEFINE_SPINLOCK(plain);
static DEFINE_MUTEX(outer);
static DECLARE_RWSEM(sem);
static DEFINE_RWLOCK(rw);
static DEFINE_SEQLOCK(seq);
static struct timer_list timer;
static struct task_struct *task[4];
static DECLARE_COMPLETION(done);
static int count;
static atomic_t left = ATOMIC_INIT(4);

static void fire(struct timer_list *t)
{
	unsigned long flags;

	spin_lock(&bhlock);
	spin_lock_irqsave(&irqlock, flags);
	count++;
	spin_unlock_irqrestore(&irqlock, flags);
	spin_unlock(&bhlock);
}

static int worker(void *arg)
{
	int i;

	for (i = 0; i < 20; i++) {
		unsigned long flags;
		int *p = kmalloc(40, GFP_KERNEL);

		p[3] = i;
		down_read(&sem);
		mutex_lock(&outer);
		spin_lock(&plain);
		read_lock(&rw);
		read_unlock(&rw);
		spin_unlock(&plain);
		spin_lock_bh(&bhlock);
		spin_lock_irqsave(&irqlock, flags);
		count++;
		spin_unlock_irqrestore(&irqlock, flags);
		spin_unlock_bh(&bhlock);
		mutex_unlock(&outer);
		up_read(&sem);
		if (i % 5 == 0) {
			down_write(&sem);
			write_lock(&rw);
			count++;
			write_unlock(&rw);
			downgrade_write(&sem);
			up_read(&sem);
			write_seqlock(&seq);
			count++;
			write_sequnlock(&seq);
		}
		if (i == 10)
			mod_timer(&timer, jiffies + 1);
		kfree(p);
		usleep_range(10, 20);
	}
	if (atomic_dec_and_test(&left))
		complete(&done);
	return 0;
}

static int __init good_init(void)
{
	int i;

	timer_setup(&timer, fire, 0);
	for (i = 0; i < 4; i++)
		task[i] = kthread_run(worker, NULL, "w%d", i);
	return 0;
}

static void __exit good_exit(void)
{
	wait_for_completion(&done);
	del_timer_sync(&timer);
}

module_init(good_init);
module_exit(good_exit);
MODULE_LICENSE("GPL");
