/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CMPXCHG_H
#define _LINUX_CMPXCHG_H
/*
 * xchg(), cmpxchg(), try_cmpxchg(): on any scalar of 1, 2, 4 or 8 bytes.
 *
 *	xchg(p, v)		*p = v; returns what was there
 *	cmpxchg(p, old, new)	if (*p == old) *p = new; returns what was there
 *	try_cmpxchg(p, &old, new)  the same; true if it stored, else old = *p
 *
 * One step each. Order: full without a suffix; _acquire, _release, _relaxed
 * as named; none if a cmpxchg did not store.
 * The surprising thing: try_cmpxchg() names *old twice in its expansion, so
 * that a local variable of the caller's needs no access of its own.
 */
#include <linux/compiler.h>

#define __hw_xchg(ptr, val, order) ({					\
	compiletime_assert_atomic_type(*(ptr));				\
	union {								\
		uint64_t raw;						\
		__typeof__(*(ptr)) value;				\
	} __xchg = {0};							\
	__xchg.value = (val);						\
	__xchg.raw = hw_rmw(HW_XCHG, (ptr), sizeof(*(ptr)), __xchg.raw, order); \
	__xchg.value;							\
})

#define __hw_cmpxchg(ptr, old, new_, order) ({				\
	compiletime_assert_atomic_type(*(ptr));				\
	union {								\
		uint64_t raw;						\
		__typeof__(*(ptr)) value;				\
	} __cmp_old = {0}, __cmp_new = {0};				\
	__cmp_old.value = (old);					\
	__cmp_new.value = (new_);					\
	__cmp_old.raw = hw_cmpxchg((ptr), sizeof(*(ptr)), __cmp_old.raw, \
				   __cmp_new.raw, order);		\
	__cmp_old.value;						\
})

#define __hw_try_cmpxchg(ptr, oldp, new_, order) ({			\
	compiletime_assert_atomic_type(*(ptr));				\
	union {								\
		uint64_t raw;						\
		__typeof__(*(ptr)) value;				\
	} __try_old = {0}, __try_new = {0};				\
	uint64_t __try_seen;						\
	__try_old.value = *(oldp);					\
	__try_new.value = (new_);					\
	__try_seen = hw_cmpxchg((ptr), sizeof(*(ptr)), __try_old.raw,	\
				__try_new.raw, order);			\
	bool __try_done = __try_seen == __try_old.raw;			\
	if (!__try_done) {						\
		__try_old.raw = __try_seen;				\
		*(oldp) = __try_old.value;				\
	}								\
	__try_done;							\
})

#define xchg(ptr, v)	     __hw_xchg(ptr, v, HW_FULL)
#define xchg_acquire(ptr, v) __hw_xchg(ptr, v, HW_ACQUIRE)
#define xchg_release(ptr, v) __hw_xchg(ptr, v, HW_RELEASE)
#define xchg_relaxed(ptr, v) __hw_xchg(ptr, v, HW_ONCE)

#define cmpxchg(ptr, o, n)	   __hw_cmpxchg(ptr, o, n, HW_FULL)
#define cmpxchg_acquire(ptr, o, n) __hw_cmpxchg(ptr, o, n, HW_ACQUIRE)
#define cmpxchg_release(ptr, o, n) __hw_cmpxchg(ptr, o, n, HW_RELEASE)
#define cmpxchg_relaxed(ptr, o, n) __hw_cmpxchg(ptr, o, n, HW_ONCE)

#define cmpxchg64(ptr, o, n)	     cmpxchg(ptr, o, n)
#define cmpxchg64_acquire(ptr, o, n) cmpxchg_acquire(ptr, o, n)
#define cmpxchg64_release(ptr, o, n) cmpxchg_release(ptr, o, n)
#define cmpxchg64_relaxed(ptr, o, n) cmpxchg_relaxed(ptr, o, n)

#define try_cmpxchg(ptr, oldp, n)	  __hw_try_cmpxchg(ptr, oldp, n, HW_FULL)
#define try_cmpxchg_acquire(ptr, oldp, n) __hw_try_cmpxchg(ptr, oldp, n, HW_ACQUIRE)
#define try_cmpxchg_release(ptr, oldp, n) __hw_try_cmpxchg(ptr, oldp, n, HW_RELEASE)
#define try_cmpxchg_relaxed(ptr, oldp, n) __hw_try_cmpxchg(ptr, oldp, n, HW_ONCE)

#define try_cmpxchg64(ptr, oldp, n) try_cmpxchg(ptr, oldp, n)

/* Atomic towards this CPU only; the machine has no cheaper instruction. */
#define xchg_local(ptr, v)	      xchg_relaxed(ptr, v)
#define cmpxchg_local(ptr, o, n)      cmpxchg_relaxed(ptr, o, n)
#define try_cmpxchg_local(ptr, op, n) try_cmpxchg_relaxed(ptr, op, n)

#endif /* _LINUX_CMPXCHG_H */
