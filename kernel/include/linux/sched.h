/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H
/*
 * Tasks, and giving up the CPU.
 *
 * A task sleeps by naming what it will be woken for, then checking its condition,
 * then calling schedule(); whoever makes the condition true calls a wake-up
 * after it. That order on both sides is what makes no wake-up lost:
 *
 *	for (;;) {
 *		set_current_state(TASK_UNINTERRUPTIBLE);
 *		if (condition)
 *			break;
 *		schedule();
 *	}
 *	__set_current_state(TASK_RUNNING);
 *
 * Unlike Linux: real-time priorities are strict; all other tasks take turns,
 * with slices by nice value instead of virtual run time. Tasks are kthreads.
 */
#include <asm/current.h>
#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/preempt.h>
#include <linux/refcount.h>
#include <linux/sched/prio.h>
#include <linux/smp.h>
#include <linux/spinlock_types.h>
#include <linux/thread_info.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TASK_RUNNING 0x0000
#define TASK_INTERRUPTIBLE 0x0001
#define TASK_UNINTERRUPTIBLE 0x0002
#define __TASK_STOPPED 0x0004
#define __TASK_TRACED 0x0008
#define TASK_PARKED 0x0040
#define TASK_DEAD 0x0080
#define TASK_WAKEKILL 0x0100
#define TASK_WAKING 0x0200
#define TASK_NOLOAD 0x0400
#define TASK_NEW 0x0800
#define TASK_RTLOCK_WAIT 0x1000
#define TASK_STATE_MAX 0x10000
#define TASK_ANY (TASK_STATE_MAX - 1)
#define TASK_KILLABLE (TASK_WAKEKILL | TASK_UNINTERRUPTIBLE)
#define TASK_IDLE (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)
#define TASK_NORMAL (TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)

#define TASK_ON_RQ_QUEUED 1
#define TASK_ON_RQ_MIGRATING 2

#define SCHED_NORMAL 0
#define SCHED_FIFO 1
#define SCHED_RR 2
#define SCHED_BATCH 3
#define SCHED_IDLE 5

#define PF_IDLE 0x00000002
#define PF_EXITING 0x00000004
#define PF_WQ_WORKER 0x00000020
#define PF_KTHREAD 0x00200000
#define PF_NO_SETAFFINITY 0x04000000

#define TASK_COMM_LEN 16
#define MAX_SCHEDULE_TIMEOUT LONG_MAX

struct rq;
struct completion;
struct rt_mutex_waiter;
struct rt_mutex_base;
struct mutex_waiter;
struct wake_q_node {
	struct wake_q_node *next;
};

/* What makes a task a kthread. */
struct kthread {
	int (*threadfn)(void *data);
	void *data;
	/* bits, atomically: see kthread.cpp */
	unsigned long bits;
	int result;
	struct completion *exited; /* set by whoever stops it, under pi_lock */
};

struct sched_param {
	int sched_priority;
};

struct task_struct {
	/* First: cpu/hw.h and interrupt entry look here. */
	struct thread_info thread_info;

	/* Set by the task itself; to wake it, pi_lock. Marked accesses. */
	unsigned int __state;

	/* constant */
	pid_t pid;
	unsigned int context; /* cpu/hw.h: its stack */
	char comm[TASK_COMM_LEN];

	/* atomic */
	refcount_t usage;

	/* PF_*, written by the task itself only */
	unsigned int flags;

	/* 1 while a CPU runs on its stack; released when it has left it */
	int on_cpu;

	raw_spinlock_t pi_lock; /* outer to rq->lock */

	/* written under pi_lock and rq->lock, read under either: */
	int cpu;
	int on_rq; /* TASK_ON_RQ_* */
	int prio, static_prio, normal_prio;
	unsigned int rt_priority;
	unsigned int policy;
	cpumask_t cpus_mask;
	int nr_cpus_allowed;

	/* guarded by rq->lock: */
	struct list_head run_list;
	int time_slice; /* ticks left */

	/* the task itself: */
	unsigned short migration_disabled;
	unsigned long nvcsw, nivcsw; /* switches: voluntary, preempted */

	/* guarded by pi_lock: */
	struct rt_mutex_waiter *pi_blocked_on;
	struct task_struct *pi_top_task;
	struct list_head pi_waiters;

	struct mutex_waiter *blocked_on; /* guarded by the mutex's wait_lock */
	struct wake_q_node wake_q;

	/* signals, guarded by pi_lock; bit n-1 for signal n: */
	unsigned long pending_signals;
	unsigned long allowed_signals;

	/* RCU readers, the task itself: */
	int rcu_read_lock_nesting;
	int rcu_read_unlock_special;
	struct list_head rcu_node_entry; /* guarded by the node's lock */
	void *rcu_blocked_node;

	/* ended, without a reference; its CPU's, interrupts off: */
	struct task_struct *next_ended;
	unsigned long readers_until; /* the grace period whose end it waits for */

	struct kthread kthread;
	void *worker;       /* of a workqueue's worker: its own */
	void *journal_info; /* for a subsystem's use */
};

extern struct task_struct init_task;

#define task_is_running(task) (READ_ONCE((task)->__state) == TASK_RUNNING)
#define task_pid_nr(task) ((task)->pid)
#define get_current_state() READ_ONCE(current->__state)
#define __set_current_state(value) WRITE_ONCE(current->__state, (value))
/* Ordered before what follows: the check of the condition. */
#define set_current_state(value) smp_store_mb(current->__state, (value))
#define set_special_state(value)                                               \
	do {                                                                   \
		unsigned long __ss_flags = __task_pi_lock(current);            \
		WRITE_ONCE(current->__state, (value));                         \
		__task_pi_unlock(current, __ss_flags);                         \
	} while (0)
unsigned long __task_pi_lock(struct task_struct *p);
void __task_pi_unlock(struct task_struct *p, unsigned long flags);

/**
 * schedule - let others run
 *
 * Returns when the task runs again: after a wake-up if its state was not
 * TASK_RUNNING, else at its next turn.
 * Context: process, may sleep. Misuse: in atomic context it is reported
 * ("scheduling while atomic") and done all the same.
 */
void schedule(void);
void schedule_preempt_disabled(void);
void io_schedule(void);
/* In jiffies; sets no state itself. What was left, 0 if it ran out. */
signed long schedule_timeout(signed long timeout);
signed long schedule_timeout_interruptible(signed long timeout);
signed long schedule_timeout_killable(signed long timeout);
signed long schedule_timeout_uninterruptible(signed long timeout);
signed long schedule_timeout_idle(signed long timeout);
void yield(void);

/* A scheduling point of preempt=none and =voluntary; 1 if others ran. */
int __cond_resched(void);
#define cond_resched()                                                         \
	({                                                                     \
		might_sleep();                                                 \
		__cond_resched();                                              \
	})
int __cond_resched_lock(spinlock_t *lock);
#define cond_resched_lock(lock) __cond_resched_lock(lock)

static __always_inline bool need_resched(void)
{
	return unlikely(tif_need_resched());
}

/**
 * wake_up_process - make a sleeping task runnable
 *
 * Returns 1 if it slept (interruptibly or not), 0 if it was running. Context:
 * any but NMI. Order: what the caller wrote before is seen by the woken task;
 * a full barrier before its state is looked at.
 */
int wake_up_process(struct task_struct *p);
int wake_up_state(struct task_struct *p, unsigned int state);
int try_to_wake_up(struct task_struct *p, unsigned int state, int wake_flags);

/* Waits until p has left its CPU if it is in (any of) match_state. */
unsigned long wait_task_inactive(struct task_struct *p, unsigned int match_state);

int set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *mask);
int sched_setscheduler(struct task_struct *p, int policy, const struct sched_param *param);
int sched_setscheduler_nocheck(struct task_struct *p, int policy,
			       const struct sched_param *param);
void sched_set_fifo(struct task_struct *p);
void sched_set_fifo_low(struct task_struct *p);
void sched_set_normal(struct task_struct *p, int nice);
void set_user_nice(struct task_struct *p, long nice);
/* Its effective priority follows pi_task's, if that is better; NULL: its own. */
void rt_mutex_setprio(struct task_struct *p, struct task_struct *pi_task);
void set_task_comm(struct task_struct *p, const char *name);

/**
 * get_task_struct - hold a task, so that its memory stays when it has ended
 *
 * Context: any, but the task is held already, or certainly has not ended.
 * Misuse: reported if nobody holds it any more.
 */
static inline struct task_struct *get_task_struct(struct task_struct *p)
{
	refcount_inc(&p->usage);
	return p;
}
/**
 * put_task_struct - let go of a task
 *
 * The last one frees it after an RCU grace period: in a reader, or with preemption
 * off, one may look at a task found there (as a lock's owner) without holding it.
 * Context: any; not under a runqueue's lock or a task's pi_lock.
 */
void put_task_struct(struct task_struct *p);

static __always_inline unsigned int task_cpu(const struct task_struct *p)
{
	return (unsigned int)READ_ONCE(p->cpu);
}
int task_curr(const struct task_struct *p); /* runs on some CPU now */
int idle_cpu(int cpu);
struct task_struct *idle_task(int cpu);

static inline int task_nice(const struct task_struct *p)
{
	return PRIO_TO_NICE(p->static_prio);
}
#define is_idle_task(p) (!!((p)->flags & PF_IDLE))

#ifdef __cplusplus
}
#endif

#include <linux/sched/signal.h>

#endif /* _LINUX_SCHED_H */
