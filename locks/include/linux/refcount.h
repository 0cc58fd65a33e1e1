/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_REFCOUNT_H
#define _LINUX_REFCOUNT_H
/*
 * refcount_t: reference counts that saturate instead of wrapping.
 *
 *	value		meaning
 *	0		gone: nobody may take a reference any more
 *	1..INT_MAX	so many references
 *	negative	saturated: it stays, the object is leaked
 *
 *	misuse			reported once, "refcount_t: ..."
 *	inc from 0		addition on 0; use-after-free.
 *	inc beyond INT_MAX	saturated; leaking memory.
 *	dec below 0		underflow; use-after-free.
 *	dec (no test) to 0	decrement hit 0; leaking memory.
 *
 * Order: taking a reference, none; dropping, release; the drop that returns
 * true, also acquire. So whoever frees sees all that others did before.
 */
#include <linux/atomic.h>
#include <linux/limits.h>
#include <linux/mutex_types.h>
#include <linux/spinlock_types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct refcount_struct {
	atomic_t refs;
} refcount_t;

#define REFCOUNT_INIT(n)   { .refs = ATOMIC_INIT(n) }
#define REFCOUNT_MAX	   INT_MAX
#define REFCOUNT_SATURATED (INT_MIN / 2)

enum refcount_saturation_type {
	REFCOUNT_ADD_NOT_ZERO_OVF,
	REFCOUNT_ADD_OVF,
	REFCOUNT_ADD_UAF,
	REFCOUNT_SUB_UAF,
	REFCOUNT_DEC_LEAK,
};
/* Saturates it, and reports. */
void refcount_warn_saturate(refcount_t *r, enum refcount_saturation_type t);

static __always_inline void refcount_set(refcount_t *r, int n)
{
	atomic_set(&r->refs, n);
}

static __always_inline unsigned int refcount_read(const refcount_t *r)
{
	return (unsigned int)atomic_read(&r->refs);
}

static __always_inline bool refcount_add_not_zero(int i, refcount_t *r)
{
	int old = atomic_read(&r->refs);

	do {
		if (!old)
			return false;
	} while (!atomic_try_cmpxchg_relaxed(&r->refs, &old, (int)((unsigned)old + (unsigned)i)));
	if (unlikely(old < 0 || (int)((unsigned)old + (unsigned)i) < 0))
		refcount_warn_saturate(r, REFCOUNT_ADD_NOT_ZERO_OVF);
	return true;
}

static __always_inline void refcount_add(int i, refcount_t *r)
{
	int old = atomic_fetch_add_relaxed(i, &r->refs);

	if (unlikely(!old))
		refcount_warn_saturate(r, REFCOUNT_ADD_UAF);
	else if (unlikely(old < 0 || (int)((unsigned)old + (unsigned)i) < 0))
		refcount_warn_saturate(r, REFCOUNT_ADD_OVF);
}

static __always_inline bool refcount_sub_and_test(int i, refcount_t *r)
{
	int old = atomic_fetch_sub_release(i, &r->refs);

	if (old > 0 && old == i) {
		smp_acquire__after_ctrl_dep();
		return true;
	}
	if (unlikely(old <= 0 || old - i < 0))
		refcount_warn_saturate(r, REFCOUNT_SUB_UAF);
	return false;
}

static __always_inline void refcount_dec(refcount_t *r)
{
	if (unlikely(atomic_fetch_sub_release(1, &r->refs) <= 1))
		refcount_warn_saturate(r, REFCOUNT_DEC_LEAK);
}

#define refcount_inc(r)		 refcount_add(1, r)
#define refcount_inc_not_zero(r) refcount_add_not_zero(1, r)
#define refcount_dec_and_test(r) refcount_sub_and_test(1, r)

/* Drops the only reference, or none. */
bool refcount_dec_if_one(refcount_t *r);
/* Drops a reference unless it is the last. */
bool refcount_dec_not_one(refcount_t *r);
/* Drops a reference; the last one is dropped under the lock, which is then held. */
bool refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock);
bool refcount_dec_and_lock(refcount_t *r, spinlock_t *lock);
bool refcount_dec_and_lock_irqsave(refcount_t *r, spinlock_t *lock, unsigned long *flags);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_REFCOUNT_H */
