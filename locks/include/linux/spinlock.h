/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H
/*
 * Spinlocks: short critical sections, in any context, never asleep.
 *
 *	who shares the lock			task context uses
 *	tasks only				spin_lock
 *	tasks and softirqs (timers, tasklets)	spin_lock_bh
 *	tasks and hardirqs			spin_lock_irqsave, or _irq where
 *						interrupts are known to be on
 *
 *	state	  spin_lock	    spin_trylock     spin_unlock
 *	free	  -> held	    -> held, 1	     reported
 *	held	  spins until free  0		     -> free
 *	held by	  deadlock,	    0		     -> free
 *	this CPU  reported
 *
 * Holding one means: preemption off, until the matching unlock. Sleeping is
 * then a bug, and is reported.
 *
 * Order: lock is an acquire, unlock a release; see smp_mb__after_spinlock().
 * The surprising thing: spin_unlock_irq() enables interrupts whatever they
 * were before. Nested in another _irq section that lets interrupts in early.
 * Misuse reported: wrong or forgotten initialisation, double unlock; and by
 * the checkers recursion, order, unlock by another task, sleeping.
 *
 *	static DEFINE_SPINLOCK(lock);
 *
 *	spin_lock(&lock);
 *	counter++;
 *	spin_unlock(&lock);
 *
 * Unlike Linux: the algorithm is chosen at boot (spinlock=), not when built.
 */
#include <linux/atomic.h>
#include <linux/cleanup.h>
#include <linux/rwlock.h>
#include <linux/spinlock_raw.h>

#define spin_lock_init(_lock) do {					\
	static struct lock_class_key __key;				\
	__raw_spin_lock_init(spinlock_check(_lock), #_lock, &__key, LD_WAIT_CONFIG); \
} while (0)

static __always_inline raw_spinlock_t *spinlock_check(spinlock_t *lock)
{
	return &lock->rlock;
}

static __always_inline void spin_lock(spinlock_t *lock)
{
	raw_spin_lock(&lock->rlock);
}

static __always_inline void spin_lock_bh(spinlock_t *lock)
{
	raw_spin_lock_bh(&lock->rlock);
}

static __always_inline void spin_lock_irq(spinlock_t *lock)
{
	raw_spin_lock_irq(&lock->rlock);
}

static __always_inline int spin_trylock(spinlock_t *lock)
{
	return raw_spin_trylock(&lock->rlock);
}

static __always_inline int spin_trylock_bh(spinlock_t *lock)
{
	return raw_spin_trylock_bh(&lock->rlock);
}

static __always_inline int spin_trylock_irq(spinlock_t *lock)
{
	return raw_spin_trylock_irq(&lock->rlock);
}

static __always_inline void spin_unlock(spinlock_t *lock)
{
	raw_spin_unlock(&lock->rlock);
}

static __always_inline void spin_unlock_bh(spinlock_t *lock)
{
	raw_spin_unlock_bh(&lock->rlock);
}

static __always_inline void spin_unlock_irq(spinlock_t *lock)
{
	raw_spin_unlock_irq(&lock->rlock);
}

static __always_inline void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags)
{
	raw_spin_unlock_irqrestore(&lock->rlock, flags);
}

static __always_inline int spin_is_locked(spinlock_t *lock)
{
	return raw_spin_is_locked(&lock->rlock);
}

static __always_inline int spin_is_contended(spinlock_t *lock)
{
	return raw_spin_is_contended(&lock->rlock);
}

#define spin_lock_nested(lock, sub) raw_spin_lock_nested(spinlock_check(lock), sub)
#define spin_lock_nest_lock(lock, nest) \
	raw_spin_lock_nest_lock(spinlock_check(lock), nest)
#define spin_lock_irqsave(lock, flags) raw_spin_lock_irqsave(spinlock_check(lock), flags)
#define spin_lock_irqsave_nested(lock, flags, sub) \
	raw_spin_lock_irqsave_nested(spinlock_check(lock), flags, sub)
#define spin_trylock_irqsave(lock, flags) \
	raw_spin_trylock_irqsave(spinlock_check(lock), flags)
#define assert_spin_locked(lock) assert_raw_spin_locked(&(lock)->rlock)

#ifdef __cplusplus
extern "C" {
#endif

/**
 * atomic_dec_and_lock() - drop a reference; take the lock if it was the last
 * @atomic: the count; @lock: taken exactly if the count became 0
 *
 * The count never becomes 0 without the lock. Returns true with the lock held.
 */
int _atomic_dec_and_lock(atomic_t *atomic, spinlock_t *lock);
int _atomic_dec_and_lock_irqsave(atomic_t *atomic, spinlock_t *lock, unsigned long *flags);
int _atomic_dec_and_raw_lock(atomic_t *atomic, raw_spinlock_t *lock);
#define atomic_dec_and_lock(atomic, lock) _atomic_dec_and_lock(atomic, lock)
#define atomic_dec_and_lock_irqsave(atomic, lock, flags) \
	_atomic_dec_and_lock_irqsave(atomic, lock, &(flags))
#define atomic_dec_and_raw_lock(atomic, lock) _atomic_dec_and_raw_lock(atomic, lock)

#ifdef __cplusplus
}
#endif

DEFINE_LOCK_GUARD_1(raw_spinlock, raw_spinlock_t, raw_spin_lock(_T->lock),
		    raw_spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(raw_spinlock_irqsave, raw_spinlock_t,
		    raw_spin_lock_irqsave(_T->lock, _T->flags),
		    raw_spin_unlock_irqrestore(_T->lock, _T->flags), unsigned long flags)
DEFINE_LOCK_GUARD_1(spinlock, spinlock_t, spin_lock(_T->lock), spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_bh, spinlock_t, spin_lock_bh(_T->lock), spin_unlock_bh(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_irq, spinlock_t, spin_lock_irq(_T->lock), spin_unlock_irq(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_irqsave, spinlock_t, spin_lock_irqsave(_T->lock, _T->flags),
		    spin_unlock_irqrestore(_T->lock, _T->flags), unsigned long flags)
DEFINE_LOCK_GUARD_1_COND(spinlock, _try, spin_trylock(_T->lock))
DEFINE_LOCK_GUARD_1(read_lock, rwlock_t, read_lock(_T->lock), read_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(write_lock, rwlock_t, write_lock(_T->lock), write_unlock(_T->lock))

#endif /* _LINUX_SPINLOCK_H */
