// SPDX-License-Identifier: MIT
/* A CPU or task that gets nowhere until module_exit, in the way `what` says. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

static int what;
module_param(what, int, 0);

static int stop;
static struct task_struct *task;

static void wait_busily(void)
{
	while (!READ_ONCE(stop))
		cpu_relax();
}

static int hang(void *unused)
{
	unsigned long flags;

	switch (what) {
	case 0: /* others cannot run here */
		preempt_disable();
		wait_busily();
		preempt_enable();
		break;
	case 1: /* nor can interrupts */
		local_irq_save(flags);
		wait_busily();
		local_irq_restore(flags);
		break;
	case 2: /* asleep, and no signal helps */
		set_current_state(TASK_UNINTERRUPTIBLE);
		while (!READ_ONCE(stop)) {
			schedule();
			set_current_state(TASK_UNINTERRUPTIBLE);
		}
		__set_current_state(TASK_RUNNING);
		break;
	case 3: /* a reader that goes on reading */
		rcu_read_lock();
		wait_busily();
		rcu_read_unlock();
		break;
	}
	return 0;
}

/* Something else goes on. */
static int beat(void *unused)
{
	while (!READ_ONCE(stop))
		msleep(50);
	return 0;
}

static void nothing(struct rcu_head *head)
{
}

static struct rcu_head head;

static int __init hangs_init(void)
{
	task = kthread_create_on_cpu(hang, NULL, 1, "hang");
	if (IS_ERR(task))
		return PTR_ERR(task);
	wake_up_process(task);
	kthread_run(beat, NULL, "beat");
	if (what == 3)
		call_rcu(&head, nothing);
	return 0;
}

static void __exit hangs_exit(void)
{
	WRITE_ONCE(stop, 1);
	wake_up_process(task);
	rcu_barrier();
}

module_init(hangs_init);
module_exit(hangs_exit);
MODULE_LICENSE("GPL");
