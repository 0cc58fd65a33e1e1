/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LOCKREF_H
#define _LINUX_LOCKREF_H
/*
 * A reference count and the spinlock that guards its object's life, together: the
 * count changes only while nobody has the lock, and never becomes 0 without it.
 *
 *	if (lockref_put_or_lock(&obj->ref))
 *		return;				others have references
 *	... the last one: the lock is held, the count is still 1 ...
 *	lockref_mark_dead(&obj->ref);
 *	spin_unlock(&obj->ref.lock);
 *
 *	call			count < 0 (dead)  0		1	     n > 1
 *	lockref_get		count + 1	  1		2	     n + 1
 *	lockref_get_not_zero	0		  0		2, 1	     n + 1, 1
 *	lockref_get_not_dead	0		  1, 1		2, 1	     n + 1, 1
 *	lockref_put_not_zero	0		  0		0	     n - 1, 1
 *	lockref_put_or_lock	locked, 0	  locked, 0	locked, 0    n - 1, 1
 *	lockref_put_return	-1: always, see below
 *
 * Who holds the lock reads and writes count himself.
 * Order: a successful call is an acquire and a release.
 *
 * Unlike Linux on most machines: there is no fast path that changes both by one
 * cmpxchg, since a lock that the checkers follow does not fit in one word with the
 * count: every call takes the lock. It is what Linux does when it is built with
 * spinlock debugging, and what every user must expect: lockref_put_return() may
 * always say -1, "take the lock yourself".
 */
#include <linux/spinlock.h>

struct lockref {
	spinlock_t lock;
	int count; /* guarded by lock; negative: dead */
};

#define lockref_init(lockref)				\
	do {						\
		spin_lock_init(&(lockref)->lock);	\
		(lockref)->count = 1;			\
	} while (0)

#ifdef __cplusplus
extern "C" {
#endif

/* The caller has a reference. */
void lockref_get(struct lockref *lockref);
/* 1 if there is one more or one less now. */
int lockref_get_not_zero(struct lockref *lockref);
int lockref_get_not_dead(struct lockref *lockref);
int lockref_put_not_zero(struct lockref *lockref);
/* 0: nothing was changed, and the lock is held. */
int lockref_get_or_lock(struct lockref *lockref);
int lockref_put_or_lock(struct lockref *lockref);
/* The new count, or -1: nothing was changed. */
int lockref_put_return(struct lockref *lockref);
/* With the lock held: nobody gets it any more. */
void lockref_mark_dead(struct lockref *lockref);

#ifdef __cplusplus
}
#endif

/* With the lock held. */
static inline bool __lockref_is_dead(const struct lockref *lockref)
{
	return lockref->count < 0;
}

#endif /* _LINUX_LOCKREF_H */
