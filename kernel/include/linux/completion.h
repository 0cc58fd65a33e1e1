/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COMPLETION_H
#define _LINUX_COMPLETION_H
/*
 * "It is done": wait_for_completion() returns once for every complete(), whichever
 * came first; complete_all() lets everybody through for good, until
 * reinit_completion().
 *
 *	done	complete()	complete_all()	a waiter passes
 *	0	1		UINT_MAX	waits
 *	n	n + 1		UINT_MAX	n - 1
 *	UINT_MAX  UINT_MAX	UINT_MAX	UINT_MAX
 *
 * Context: waiting sleeps; completing anywhere but in NMI, raw locks held too.
 * Order: what came before complete() is seen after wait_for_completion().
 */
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#ifdef __cplusplus
extern "C" {
#endif

struct completion {
	raw_spinlock_t lock;
	/* guarded by lock: */
	unsigned int done;
	struct list_head waiters;
};

#define COMPLETION_INITIALIZER(work)                                           \
	{ .lock = __RAW_SPIN_LOCK_UNLOCKED(work.lock), .done = 0,              \
	  .waiters = LIST_HEAD_INIT(work.waiters) }
#define DECLARE_COMPLETION(work) struct completion work = COMPLETION_INITIALIZER(work)
#define DECLARE_COMPLETION_ONSTACK(work)                                       \
	struct completion work;                                                \
	init_completion(&work)

#define init_completion(x)                                                     \
	do {                                                                   \
		raw_spin_lock_init(&(x)->lock);                                \
		(x)->done = 0;                                                 \
		INIT_LIST_HEAD(&(x)->waiters);                                 \
	} while (0)
#define reinit_completion(x) ((void)((x)->done = 0))

void complete(struct completion *x);
void complete_all(struct completion *x);
void wait_for_completion(struct completion *x);
/* 0, or -ERESTARTSYS if a signal came. */
int wait_for_completion_interruptible(struct completion *x);
int wait_for_completion_killable(struct completion *x);
/* Jiffies left (at least 1), 0 if time ran out; the signal's error. */
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout);
long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout);
long wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout);
bool try_wait_for_completion(struct completion *x); /* never sleeps */
bool completion_done(struct completion *x);         /* nobody would wait now */

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_COMPLETION_H */
