/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H
/*
 * Wait queues: sleep until a condition holds.
 *
 *	wait_event(wq, done);		...	done = true; wake_up(&wq);
 *
 * The condition is checked after the waiter is queued and its state is set, so a
 * wake-up that follows making it true is never lost. Wake-ups wake all
 * non-exclusive waiters and up to nr exclusive ones, which stand behind.
 *
 * wait_event_*() forms: _interruptible and _killable return -ERESTARTSYS when a
 * signal ended the wait; _timeout forms return what is left (at least 1 if the
 * condition holds) or 0; _cmd runs commands around schedule(); _lock_irq and the
 * interruptible _locked ones drop a lock while sleeping.
 *
 * Context: waiting sleeps; wake-ups anywhere but in NMI. Order: a wake-up that
 * wakes somebody is a full barrier; with waitqueue_active() bring your own.
 */
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wait_queue_entry wait_queue_entry_t;
#ifdef __cplusplus
#define __wq_private private_
#else
#define __wq_private private
#endif
typedef int (*wait_queue_func_t)(struct wait_queue_entry *entry, unsigned int mode, int flags,
				 void *key);

#define WQ_FLAG_EXCLUSIVE 0x01
#define WQ_FLAG_WOKEN 0x02
#define WQ_FLAG_PRIORITY 0x20

struct wait_queue_entry {
	unsigned int flags;
#ifdef __cplusplus
	void *private_; /* "private" is no name for a member in C++ */
#else
	void *private;
#endif
	wait_queue_func_t func;
	struct list_head entry; /* guarded by the head's lock */
};

struct wait_queue_head {
	spinlock_t lock;
	struct list_head head; /* guarded by lock */
};
typedef struct wait_queue_head wait_queue_head_t;

#define __WAIT_QUEUE_HEAD_INITIALIZER(name)                                    \
	{ .lock = __SPIN_LOCK_UNLOCKED(name.lock), .head = LIST_HEAD_INIT(name.head) }
#define DECLARE_WAIT_QUEUE_HEAD(name)                                          \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)
#define DECLARE_WAIT_QUEUE_HEAD_ONSTACK(name)                                  \
	struct wait_queue_head name;                                           \
	init_waitqueue_head(&name)
#define __WAITQUEUE_INITIALIZER(name, tsk)                                     \
	{ .flags = 0, .__wq_private = (tsk), .func = default_wake_function,        \
	  .entry = { NULL, NULL } }
#define DECLARE_WAITQUEUE(name, tsk)                                           \
	struct wait_queue_entry name = __WAITQUEUE_INITIALIZER(name, tsk)
#define DEFINE_WAIT_FUNC(name, function)                                       \
	struct wait_queue_entry name = { .flags = 0, .__wq_private = current,      \
					 .func = (function),                   \
					 .entry = LIST_HEAD_INIT((name).entry) }
#define DEFINE_WAIT(name) DEFINE_WAIT_FUNC(name, autoremove_wake_function)

#define init_waitqueue_head(wq_head)                                           \
	do {                                                                   \
		spin_lock_init(&(wq_head)->lock);                              \
		INIT_LIST_HEAD(&(wq_head)->head);                              \
	} while (0)

int default_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags,
			  void *key);
int autoremove_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags,
			     void *key);
int woken_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key);

static inline void init_waitqueue_entry(struct wait_queue_entry *entry, struct task_struct *p)
{
	entry->flags = 0;
	entry->__wq_private = p;
	entry->func = default_wake_function;
}

static inline void init_waitqueue_func_entry(struct wait_queue_entry *entry,
					     wait_queue_func_t func)
{
	entry->flags = 0;
	entry->__wq_private = NULL;
	entry->func = func;
}

static inline int waitqueue_active(struct wait_queue_head *wq_head)
{
	return !list_empty(&wq_head->head);
}

static inline bool wq_has_sleeper(struct wait_queue_head *wq_head)
{
	smp_mb(); /* pairs with the waiter's set_current_state() */
	return waitqueue_active(wq_head);
}

void add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *entry);
void add_wait_queue_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *entry);
void remove_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *entry);

int __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr, void *key);
void __wake_up_locked(struct wait_queue_head *wq_head, unsigned int mode, int nr);

#define wake_up(x) __wake_up(x, TASK_NORMAL, 1, NULL)
#define wake_up_nr(x, nr) __wake_up(x, TASK_NORMAL, nr, NULL)
#define wake_up_all(x) __wake_up(x, TASK_NORMAL, 0, NULL)
#define wake_up_locked(x) __wake_up_locked((x), TASK_NORMAL, 1)
#define wake_up_all_locked(x) __wake_up_locked((x), TASK_NORMAL, 0)
#define wake_up_interruptible(x) __wake_up(x, TASK_INTERRUPTIBLE, 1, NULL)
#define wake_up_interruptible_nr(x, nr) __wake_up(x, TASK_INTERRUPTIBLE, nr, NULL)
#define wake_up_interruptible_all(x) __wake_up(x, TASK_INTERRUPTIBLE, 0, NULL)
#define wake_up_interruptible_sync(x) wake_up_interruptible(x)

void prepare_to_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *entry, int state);
bool prepare_to_wait_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *entry,
			       int state);
long prepare_to_wait_event(struct wait_queue_head *wq_head, struct wait_queue_entry *entry,
			   int state);
void finish_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *entry);
void init_wait_entry(struct wait_queue_entry *entry, int flags);
long wait_woken(struct wait_queue_entry *entry, unsigned int mode, long timeout);

#ifdef __cplusplus
}
#endif

#include <linux/wait_event.h>

#endif /* _LINUX_WAIT_H */
