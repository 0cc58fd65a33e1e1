/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LOCKDEP_API_H
#define _LINUX_LOCKDEP_API_H
/*
 * What each kind of lock announces, and what code may assert about locks.
 * Included by <linux/lockdep.h>.
 *
 * An assertion warns only if the validator is on and knows better: with
 * checkers off nothing is asserted.
 */
#include <linux/lockdep.h>

#define lock_acquire_exclusive(l, s, t, n, i)	     lock_acquire(l, s, t, 0, 1, n, i)
#define lock_acquire_shared(l, s, t, n, i)	     lock_acquire(l, s, t, 1, 1, n, i)
#define lock_acquire_shared_recursive(l, s, t, n, i) lock_acquire(l, s, t, 2, 1, n, i)

#define spin_acquire(l, s, t, i)	 lock_acquire_exclusive(l, s, t, NULL, i)
#define spin_acquire_nest(l, s, t, n, i) lock_acquire_exclusive(l, s, t, n, i)
#define spin_release(l, i)		 lock_release(l, i)

#define rwlock_acquire(l, s, t, i) lock_acquire_exclusive(l, s, t, NULL, i)
#define rwlock_acquire_read(l, s, t, i) \
	lock_acquire(l, s, t, read_lock_is_recursive() ? 2 : 1, 1, NULL, i)
#define rwlock_release(l, i) lock_release(l, i)

#define seqcount_acquire(l, s, t, i)	  lock_acquire_exclusive(l, s, t, NULL, i)
#define seqcount_acquire_read(l, s, t, i) lock_acquire_shared_recursive(l, s, t, NULL, i)
#define seqcount_release(l, i)		  lock_release(l, i)

#define mutex_acquire(l, s, t, i)	  lock_acquire_exclusive(l, s, t, NULL, i)
#define mutex_acquire_nest(l, s, t, n, i) lock_acquire_exclusive(l, s, t, n, i)
#define mutex_release(l, i)		  lock_release(l, i)

#define rwsem_acquire(l, s, t, i)	  lock_acquire_exclusive(l, s, t, NULL, i)
#define rwsem_acquire_nest(l, s, t, n, i) lock_acquire_exclusive(l, s, t, n, i)
#define rwsem_acquire_read(l, s, t, i)	  lock_acquire_shared(l, s, t, NULL, i)
#define rwsem_release(l, i)		  lock_release(l, i)

#define lock_map_acquire(l)	    lock_acquire_exclusive(l, 0, 0, NULL, _THIS_IP_)
#define lock_map_acquire_try(l)	    lock_acquire_exclusive(l, 0, 1, NULL, _THIS_IP_)
#define lock_map_acquire_read(l)    lock_acquire_shared_recursive(l, 0, 0, NULL, _THIS_IP_)
#define lock_map_acquire_tryread(l) lock_acquire_shared_recursive(l, 0, 1, NULL, _THIS_IP_)
#define lock_map_release(l)	    lock_release(l, _THIS_IP_)

/* One waiting lock operation: try, or say so and wait; then say it is ours. */
#define LOCK_CONTENDED(_lock, try_, lock_) do {				\
	if (!try_(_lock)) {						\
		lock_contended(&(_lock)->dep_map, _RET_IP_);		\
		lock_(_lock);						\
	}								\
	lock_acquired(&(_lock)->dep_map, _RET_IP_);			\
} while (0)

/* The same with a wait that can fail: its value is 0 or the error. */
#define LOCK_CONTENDED_RETURN(_lock, try_, lock_) ({			\
	int __err = 0;							\
	if (!try_(_lock)) {						\
		lock_contended(&(_lock)->dep_map, _RET_IP_);		\
		__err = lock_(_lock);					\
	}								\
	if (!__err)							\
		lock_acquired(&(_lock)->dep_map, _RET_IP_);		\
	__err;								\
})

#define __lockdep_on() (hw_ask(HW_ASK_DEBUG_LOCKS, 0) == 1)

#define lockdep_assert(cond) \
	do { WARN_ON(__lockdep_on() && !(cond)); } while (0)
#define lockdep_assert_once(cond) \
	do { WARN_ON_ONCE(__lockdep_on() && !(cond)); } while (0)

#define lockdep_assert_held(l) \
	lockdep_assert(lockdep_is_held(l) != LOCK_STATE_NOT_HELD)
#define lockdep_assert_not_held(l) \
	lockdep_assert(lockdep_is_held(l) != LOCK_STATE_HELD)
#define lockdep_assert_held_write(l) lockdep_assert(lockdep_is_held_type(l, 0))
#define lockdep_assert_held_read(l)  lockdep_assert(lockdep_is_held_type(l, 1))
#define lockdep_assert_held_once(l) \
	lockdep_assert_once(lockdep_is_held(l) != LOCK_STATE_NOT_HELD)

#define lockdep_assert_irqs_enabled() \
	WARN_ON_ONCE(__lockdep_on() && !hw_irq_flags())
#define lockdep_assert_irqs_disabled() \
	WARN_ON_ONCE(__lockdep_on() && hw_irq_flags())
#define lockdep_assert_in_irq() WARN_ON_ONCE(__lockdep_on() && !in_hardirq())
#define lockdep_assert_in_softirq() \
	WARN_ON_ONCE(__lockdep_on() && (!in_softirq() || in_hardirq()))
#define lockdep_assert_preemption_enabled() \
	WARN_ON_ONCE(__lockdep_on() && !preemptible())
#define lockdep_assert_preemption_disabled() \
	WARN_ON_ONCE(__lockdep_on() && preemptible())

/* This call may take the lock, even if it does not this time. */
#define __might_lock(lock, sub, read) do {				\
	lock_acquire(&(lock)->dep_map, sub, 0, read, 1, NULL, _THIS_IP_); \
	lock_release(&(lock)->dep_map, _THIS_IP_);			\
} while (0)
#define might_lock(lock)		  __might_lock(lock, 0, 0)
#define might_lock_read(lock)		  __might_lock(lock, 0, 1)
#define might_lock_nested(lock, subclass) __might_lock(lock, subclass, 1)

#endif /* _LINUX_LOCKDEP_API_H */
