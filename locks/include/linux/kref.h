/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KREF_H
#define _LINUX_KREF_H
/*
 * kref: a reference count embedded in an object, and the object's release.
 *
 *	kref_init	1 reference: ours
 *	kref_get	needs one already: the count is not 0
 *	kref_get_unless_zero	for who finds the object without having one;
 *			false: it is going away. The memory must be kept by
 *			other means (a lock, RCU) until it returns
 *	kref_put	release(kref) if it was the last; returns 1 then
 *
 * Order and misuse: as refcount_t.
 */
#include <linux/refcount.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct kref {
	refcount_t refcount;
};

#define KREF_INIT(n) { .refcount = REFCOUNT_INIT(n) }

static __always_inline void kref_init(struct kref *kref)
{
	refcount_set(&kref->refcount, 1);
}

static __always_inline unsigned int kref_read(const struct kref *kref)
{
	return refcount_read(&kref->refcount);
}

static __always_inline void kref_get(struct kref *kref)
{
	refcount_inc(&kref->refcount);
}

static __always_inline int __must_check kref_get_unless_zero(struct kref *kref)
{
	return refcount_inc_not_zero(&kref->refcount);
}

static __always_inline int kref_put(struct kref *kref, void (*release)(struct kref *kref))
{
	if (!refcount_dec_and_test(&kref->refcount))
		return 0;
	release(kref);
	return 1;
}

/* release() is called with the lock held, and drops it. */
static __always_inline int kref_put_mutex(struct kref *kref,
					  void (*release)(struct kref *kref),
					  struct mutex *lock)
{
	if (!refcount_dec_and_mutex_lock(&kref->refcount, lock))
		return 0;
	release(kref);
	return 1;
}

static __always_inline int kref_put_lock(struct kref *kref,
					 void (*release)(struct kref *kref),
					 spinlock_t *lock)
{
	if (!refcount_dec_and_lock(&kref->refcount, lock))
		return 0;
	release(kref);
	return 1;
}

#endif /* _LINUX_KREF_H */
