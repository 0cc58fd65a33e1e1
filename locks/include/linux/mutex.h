/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H
/*
 * Mutexes: mutual exclusion among tasks. Who cannot have it sleeps.
 *
 *	state		mutex_lock	    mutex_trylock   mutex_unlock
 *	unlocked	-> ours, 0	    -> ours, 1	    reported
 *	another's	sleeps (or spins    0		    reported; -> unlocked
 *			while the owner runs)
 *	ours		deadlock, reported  0		    -> unlocked, wakes the
 *							    first waiter
 *
 *  - Only the owner may unlock; a task must not exit with one.
 *  - Not in interrupts, not under a spinlock, not even mutex_trylock().
 *  - Not recursive. Initialised by DEFINE_MUTEX() or mutex_init() only, and not
 *    freed while held.
 *
 * _interruptible returns -EINTR if a signal came, _killable if a fatal one did;
 * the mutex is not ours then.
 * Order: lock is an acquire, unlock a release.
 * The surprising thing: mutex_unlock() wakes the first waiter, but does not give
 * it the mutex: a running task may take it first. A waiter that was woken in
 * vain asks for the hand-over, and then gets it.
 *
 * Unlike Linux: lock_contended is announced before optimistic spinning, not
 * only before sleep. _io forms are the plain ones.
 */
#include <linux/cleanup.h>
#include <linux/lockdep.h>
#include <linux/mutex_types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define mutex_init(mutex) do {						\
	static struct lock_class_key __key;				\
	__mutex_init((mutex), #mutex, &__key);				\
} while (0)

void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key);
/* The mutex must be unlocked; using it afterwards is reported. */
void mutex_destroy(struct mutex *lock);

void mutex_lock_nested(struct mutex *lock, unsigned int subclass);
void _mutex_lock_nest_lock(struct mutex *lock, struct lockdep_map *nest_lock);
int __must_check mutex_lock_interruptible_nested(struct mutex *lock, unsigned int subclass);
int __must_check mutex_lock_killable_nested(struct mutex *lock, unsigned int subclass);

#define mutex_lock(lock)	       mutex_lock_nested(lock, 0)
#define mutex_lock_interruptible(lock) mutex_lock_interruptible_nested(lock, 0)
#define mutex_lock_killable(lock)      mutex_lock_killable_nested(lock, 0)
#define mutex_lock_io(lock)	       mutex_lock_nested(lock, 0)
#define mutex_lock_io_nested(lock, s)  mutex_lock_nested(lock, s)
#define mutex_lock_nest_lock(lock, nest) \
	_mutex_lock_nest_lock(lock, &(nest)->dep_map)

/* 1 if we have it now: not the convention of down_trylock(). */
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

/* Marked read; the answer may be old when it arrives. */
bool mutex_is_locked(struct mutex *lock);

/* As atomic_dec_and_lock(). */
int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock);

#ifdef __cplusplus
}
#endif

DEFINE_GUARD(mutex, struct mutex *, mutex_lock(_T), mutex_unlock(_T))
DEFINE_GUARD_COND(mutex, _try, mutex_trylock(_T))
DEFINE_GUARD_COND(mutex, _intr, mutex_lock_interruptible(_T) == 0)

#endif /* _LINUX_MUTEX_H */
