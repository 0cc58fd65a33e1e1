/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H
/*
 * atomic_t, atomic64_t and atomic_long_t: integers that CPUs change at once.
 *
 * One step each, but the conditional ones (add_unless and its kin), which are
 * a loop of a load and compare-and-exchanges. Signed overflow wraps.
 *
 *	form				order
 *	atomic_read, atomic_set		as READ_ONCE, WRITE_ONCE
 *	atomic_add, _inc, _or, ...	none: see smp_mb__before_atomic()
 *	returns a value			full; _acquire, _release, _relaxed as named
 *	conditional, did not store	none
 *
 * The surprising thing: atomic_read() followed by atomic_set() is no atomic
 * operation. Nor is if (atomic_read(v) == 0) atomic_inc(v): use cmpxchg.
 *
 * The three families are made from the same macros (linux/atomic_gen.h), so
 * that they cannot differ.
 */
#include <linux/atomic_gen.h>

__ATOMIC_FAMILY(atomic, int, unsigned int)
__ATOMIC_FAMILY(atomic64, s64, u64)
__ATOMIC_FAMILY(atomic_long, long, unsigned long)

#define __atomic_xchg(v, n, order) __hw_xchg(&(v)->counter, n, order)
#define __atomic_cmpxchg(v, o, n, order) __hw_cmpxchg(&(v)->counter, o, n, order)
#define __atomic_try_cmpxchg(v, op, n, order) __hw_try_cmpxchg(&(v)->counter, op, n, order)

#define atomic_xchg(v, n)	  __atomic_xchg(v, n, HW_FULL)
#define atomic_xchg_acquire(v, n) __atomic_xchg(v, n, HW_ACQUIRE)
#define atomic_xchg_release(v, n) __atomic_xchg(v, n, HW_RELEASE)
#define atomic_xchg_relaxed(v, n) __atomic_xchg(v, n, HW_ONCE)
#define atomic_cmpxchg(v, o, n)		__atomic_cmpxchg(v, o, n, HW_FULL)
#define atomic_cmpxchg_acquire(v, o, n) __atomic_cmpxchg(v, o, n, HW_ACQUIRE)
#define atomic_cmpxchg_release(v, o, n) __atomic_cmpxchg(v, o, n, HW_RELEASE)
#define atomic_cmpxchg_relaxed(v, o, n) __atomic_cmpxchg(v, o, n, HW_ONCE)
#define atomic_try_cmpxchg(v, op, n)	     __atomic_try_cmpxchg(v, op, n, HW_FULL)
#define atomic_try_cmpxchg_acquire(v, op, n) __atomic_try_cmpxchg(v, op, n, HW_ACQUIRE)
#define atomic_try_cmpxchg_release(v, op, n) __atomic_try_cmpxchg(v, op, n, HW_RELEASE)
#define atomic_try_cmpxchg_relaxed(v, op, n) __atomic_try_cmpxchg(v, op, n, HW_ONCE)

#define atomic64_xchg(v, n)	    __atomic_xchg(v, n, HW_FULL)
#define atomic64_xchg_acquire(v, n) __atomic_xchg(v, n, HW_ACQUIRE)
#define atomic64_xchg_release(v, n) __atomic_xchg(v, n, HW_RELEASE)
#define atomic64_xchg_relaxed(v, n) __atomic_xchg(v, n, HW_ONCE)
#define atomic64_cmpxchg(v, o, n)	  __atomic_cmpxchg(v, o, n, HW_FULL)
#define atomic64_cmpxchg_acquire(v, o, n) __atomic_cmpxchg(v, o, n, HW_ACQUIRE)
#define atomic64_cmpxchg_release(v, o, n) __atomic_cmpxchg(v, o, n, HW_RELEASE)
#define atomic64_cmpxchg_relaxed(v, o, n) __atomic_cmpxchg(v, o, n, HW_ONCE)
#define atomic64_try_cmpxchg(v, op, n)	       __atomic_try_cmpxchg(v, op, n, HW_FULL)
#define atomic64_try_cmpxchg_acquire(v, op, n) __atomic_try_cmpxchg(v, op, n, HW_ACQUIRE)
#define atomic64_try_cmpxchg_release(v, op, n) __atomic_try_cmpxchg(v, op, n, HW_RELEASE)
#define atomic64_try_cmpxchg_relaxed(v, op, n) __atomic_try_cmpxchg(v, op, n, HW_ONCE)

/* s64 is long long: the types of atomic_long_t's values are long. */
#define atomic_long_xchg(v, n)	       ((long)__atomic_xchg(v, n, HW_FULL))
#define atomic_long_xchg_acquire(v, n) ((long)__atomic_xchg(v, n, HW_ACQUIRE))
#define atomic_long_xchg_release(v, n) ((long)__atomic_xchg(v, n, HW_RELEASE))
#define atomic_long_xchg_relaxed(v, n) ((long)__atomic_xchg(v, n, HW_ONCE))
#define atomic_long_cmpxchg(v, o, n)	     ((long)__atomic_cmpxchg(v, o, n, HW_FULL))
#define atomic_long_cmpxchg_acquire(v, o, n) ((long)__atomic_cmpxchg(v, o, n, HW_ACQUIRE))
#define atomic_long_cmpxchg_release(v, o, n) ((long)__atomic_cmpxchg(v, o, n, HW_RELEASE))
#define atomic_long_cmpxchg_relaxed(v, o, n) ((long)__atomic_cmpxchg(v, o, n, HW_ONCE))
#define atomic_long_try_cmpxchg(v, op, n)	  __atomic_try_cmpxchg(v, op, n, HW_FULL)
#define atomic_long_try_cmpxchg_acquire(v, op, n) __atomic_try_cmpxchg(v, op, n, HW_ACQUIRE)
#define atomic_long_try_cmpxchg_release(v, op, n) __atomic_try_cmpxchg(v, op, n, HW_RELEASE)
#define atomic_long_try_cmpxchg_relaxed(v, op, n) __atomic_try_cmpxchg(v, op, n, HW_ONCE)

#endif /* _LINUX_ATOMIC_H */
