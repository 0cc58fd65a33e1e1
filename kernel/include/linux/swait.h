/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SWAIT_H
#define _LINUX_SWAIT_H
/*
 * Simple wait queues: <linux/wait.h> without wake functions and without waking
 * many at once under the lock, so that it takes a raw spinlock for a bounded time.
 *
 *	static DECLARE_SWAIT_QUEUE_HEAD(wq);
 *
 *	swait_event_exclusive(wq, done);	...	done = true; swake_up_one(&wq);
 *
 * All waiters are alike: swake_up_one() wakes the one that came first, whatever it
 * waits for; so on one queue all should wait for the same.
 *
 * Context: waiting sleeps. swake_up_one() anywhere but in NMI; swake_up_all() in
 * tasks with interrupts on: it lets the lock go between two of them.
 * Order and lost wake-ups: as wait queues; swait_active() alone has no barrier,
 * swq_has_sleeper() has.
 */
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

struct swait_queue_head {
	raw_spinlock_t lock;
	struct list_head task_list; /* guarded by lock, oldest first */
};

struct swait_queue {
	struct task_struct *task;
	struct list_head task_list; /* guarded by the head's lock */
};

#define __SWAITQUEUE_INITIALIZER(name) \
	{ .task = current, .task_list = LIST_HEAD_INIT((name).task_list) }
#define DECLARE_SWAITQUEUE(name) struct swait_queue name = __SWAITQUEUE_INITIALIZER(name)
#define __SWAIT_QUEUE_HEAD_INITIALIZER(name)				\
	{ .lock = __RAW_SPIN_LOCK_UNLOCKED(name.lock),			\
	  .task_list = LIST_HEAD_INIT((name).task_list) }
#define DECLARE_SWAIT_QUEUE_HEAD(name) \
	struct swait_queue_head name = __SWAIT_QUEUE_HEAD_INITIALIZER(name)
#define DECLARE_SWAIT_QUEUE_HEAD_ONSTACK(name) \
	struct swait_queue_head name;	       \
	init_swait_queue_head(&name)
#define init_swait_queue_head(q)				\
	do {							\
		raw_spin_lock_init(&(q)->lock);			\
		INIT_LIST_HEAD(&(q)->task_list);		\
	} while (0)

#ifdef __cplusplus
extern "C" {
#endif

void swake_up_one(struct swait_queue_head *q);
void swake_up_all(struct swait_queue_head *q);
void swake_up_locked(struct swait_queue_head *q, int wake_flags); /* q->lock is held */

void prepare_to_swait_exclusive(struct swait_queue_head *q, struct swait_queue *wait, int state);
/* -ERESTARTSYS if a signal came, and then it is not queued. */
long prepare_to_swait_event(struct swait_queue_head *q, struct swait_queue *wait, int state);
void finish_swait(struct swait_queue_head *q, struct swait_queue *wait);

#ifdef __cplusplus
}
#endif

static inline int swait_active(struct swait_queue_head *q)
{
	return !list_empty(&q->task_list);
}

static inline bool swq_has_sleeper(struct swait_queue_head *q)
{
	smp_mb(); /* pairs with the waiter's set_current_state() */
	return swait_active(q);
}

#define ___swait_event(wq, condition, state, ret, cmd)			\
	({								\
		DECLARE_SWAITQUEUE(__swait);				\
		___wait_until(condition, state, ret,			\
			      prepare_to_swait_event(&(wq), &__swait, (state)), cmd, \
			      finish_swait(&(wq), &__swait));		\
	})
#define __swait_event_state(wq, condition, state) \
	___wait_unless(condition, ___swait_event(wq, condition, state, 0, schedule()))
#define __swait_event_timeout_state(wq, condition, state, timeout)	\
	___wait_unless_timeout(condition, timeout,			\
			       ___swait_event(wq, ___wait_cond_timeout(condition), state, \
					      timeout, __ret = schedule_timeout(__ret)))

#define swait_event_exclusive(wq, condition) \
	((void)__swait_event_state(wq, condition, TASK_UNINTERRUPTIBLE))
#define swait_event_idle_exclusive(wq, condition) \
	((void)__swait_event_state(wq, condition, TASK_IDLE))
/* 0, or -ERESTARTSYS. */
#define swait_event_interruptible_exclusive(wq, condition) \
	__swait_event_state(wq, condition, TASK_INTERRUPTIBLE)
/* Jiffies left, at least 1 if the condition holds; 0 if time ran out. */
#define swait_event_timeout_exclusive(wq, condition, timeout) \
	__swait_event_timeout_state(wq, condition, TASK_UNINTERRUPTIBLE, timeout)
#define swait_event_interruptible_timeout_exclusive(wq, condition, timeout) \
	__swait_event_timeout_state(wq, condition, TASK_INTERRUPTIBLE, timeout)
#define swait_event_idle_timeout_exclusive(wq, condition, timeout) \
	__swait_event_timeout_state(wq, condition, TASK_IDLE, timeout)

#endif /* _LINUX_SWAIT_H */
