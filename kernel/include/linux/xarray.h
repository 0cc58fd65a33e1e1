/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_XARRAY_H
#define _LINUX_XARRAY_H
/*
 * An array of pointers, indexed by unsigned long, that costs memory only where
 * it is used. What is not stored is NULL; storing NULL erases.
 *
 *	static DEFINE_XARRAY_ALLOC(handles);
 *
 *	err = xa_alloc(&handles, &id, obj, xa_limit_32b, GFP_KERNEL);
 *	...
 *	rcu_read_lock();
 *	obj = xa_load(&handles, id);
 *	if (obj && !kref_get_unless_zero(&obj->kref))
 *		obj = NULL;
 *	rcu_read_unlock();
 *	...
 *	xa_erase(&handles, id);
 *	kfree_rcu(obj, rcu);
 *
 * An entry is a pointer aligned to 4, or an integer made by xa_mk_value().
 * Each entry has three marks, which vanish with it; entries are found by mark.
 *
 * Readers (xa_load, xa_find, xa_for_each, xa_get_mark) need no lock: they walk
 * under RCU. The entries themselves are the caller's to keep alive. Changes take
 * xa_lock; the __xa_ forms want it held by the caller, and may drop and retake
 * it to find memory. _bh and _irq forms take it so; an array used there must
 * always be. An array with XA_FLAGS_ALLOC knows its free places: mark 0 is its
 * own, xa_alloc() finds a place, and storing NULL keeps it (erase frees it).
 *
 * The surprising thing: functions that return an entry return errors as
 * xa_err(entry) != 0, not as ERR_PTR(). And xa_for_each() may miss or see what
 * changes while it walks.
 * Context: any, if the gfp flags allow it. Order: an entry is complete before it
 * is seen (release and address dependency).
 * Misuse reported: storing an entry that is neither pointer nor value (a WARN,
 * -EINVAL); a walk without RCU or the lock, by the RCU checker.
 *
 * Unlike Linux: an entry has one index (no xa_store_range, no orders), and an
 * entry at index 0 alone still has a node. <linux/xa_state.h> has the rest.
 */
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include <linux/xarray_entry.h>

typedef unsigned xa_mark_t;
#define XA_MARK_0   0U
#define XA_MARK_1   1U
#define XA_MARK_2   2U
#define XA_PRESENT  8U /* as a filter: any entry */
#define XA_MARK_MAX XA_MARK_2
#define XA_FREE_MARK XA_MARK_0

#define XA_FLAGS_LOCK_IRQ      1U
#define XA_FLAGS_LOCK_BH       2U
#define XA_FLAGS_TRACK_FREE    4U
#define XA_FLAGS_ZERO_BUSY     8U
#define XA_FLAGS_ALLOC_WRAPPED 16U
#define XA_FLAGS_ACCOUNT       32U
#define XA_FLAGS_ALLOC	       XA_FLAGS_TRACK_FREE
#define XA_FLAGS_ALLOC1	       (XA_FLAGS_TRACK_FREE | XA_FLAGS_ZERO_BUSY)

struct xarray {
	spinlock_t xa_lock;
	gfp_t xa_flags;
	void __rcu *xa_head; /* the highest node; guarded by xa_lock, read under RCU */
};

#define XARRAY_INIT(name, flags) {					\
	.xa_lock = __SPIN_LOCK_INITIALIZER(name.xa_lock),		\
	.xa_flags = (flags), .xa_head = NULL }
#define DEFINE_XARRAY_FLAGS(name, flags) struct xarray name = XARRAY_INIT(name, flags)
#define DEFINE_XARRAY(name)		 DEFINE_XARRAY_FLAGS(name, 0)
#define DEFINE_XARRAY_ALLOC(name)	 DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC)
#define DEFINE_XARRAY_ALLOC1(name)	 DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC1)

struct xa_limit {
	u32 max, min; /* both allowed */
};
#define XA_LIMIT(_min, _max) (struct xa_limit) { .max = (_max), .min = (_min) }
#define xa_limit_32b XA_LIMIT(0, UINT_MAX)
#define xa_limit_31b XA_LIMIT(0, INT_MAX)
#define xa_limit_16b XA_LIMIT(0, USHRT_MAX)

static inline void xa_init_flags(struct xarray *xa, gfp_t flags)
{
	spin_lock_init(&xa->xa_lock);
	xa->xa_flags = flags;
	xa->xa_head = NULL;
}

static inline void xa_init(struct xarray *xa)
{
	xa_init_flags(xa, 0);
}

static inline bool xa_empty(const struct xarray *xa)
{
	return READ_ONCE(xa->xa_head) == NULL;
}

#define xa_trylock(xa)		    spin_trylock(&(xa)->xa_lock)
#define xa_lock(xa)		    spin_lock(&(xa)->xa_lock)
#define xa_unlock(xa)		    spin_unlock(&(xa)->xa_lock)
#define xa_lock_bh(xa)		    spin_lock_bh(&(xa)->xa_lock)
#define xa_unlock_bh(xa)	    spin_unlock_bh(&(xa)->xa_lock)
#define xa_lock_irq(xa)		    spin_lock_irq(&(xa)->xa_lock)
#define xa_unlock_irq(xa)	    spin_unlock_irq(&(xa)->xa_lock)
#define xa_lock_irqsave(xa, flags)  spin_lock_irqsave(&(xa)->xa_lock, flags)
#define xa_unlock_irqrestore(xa, flags) spin_unlock_irqrestore(&(xa)->xa_lock, flags)
#define xa_lock_nested(xa, sub)	    spin_lock_nested(&(xa)->xa_lock, sub)

#ifdef __cplusplus
extern "C" {
#endif

/* Without a lock. */

void *xa_load(struct xarray *xa, unsigned long index);
bool xa_get_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
/* Whether any entry has this mark. */
bool xa_marked(const struct xarray *xa, xa_mark_t mark);
/* The first entry from *index (or after it) up to max that the filter, a mark
 * or XA_PRESENT, lets through; *index says where. NULL: none, *index is kept. */
void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter);
void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max,
		    xa_mark_t filter);
/* Copies up to n entries from start to max; how many. */
unsigned int xa_extract(struct xarray *xa, void **dst, unsigned long start, unsigned long max,
			unsigned int n, xa_mark_t filter);

#define xa_for_each_range(xa, index, entry, start, last)		\
	for (index = (start), entry = xa_find(xa, &index, last, XA_PRESENT); entry; \
	     entry = xa_find_after(xa, &index, last, XA_PRESENT))
#define xa_for_each_start(xa, index, entry, start) \
	xa_for_each_range(xa, index, entry, start, ULONG_MAX)
#define xa_for_each(xa, index, entry) xa_for_each_start(xa, index, entry, 0)
#define xa_for_each_marked(xa, index, entry, filter)			\
	for (index = 0, entry = xa_find(xa, &index, ULONG_MAX, filter); entry; \
	     entry = xa_find_after(xa, &index, ULONG_MAX, filter))

/* Taking the lock. */

void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
/* Forgets all entries, and does nothing to what they point to. */
void xa_destroy(struct xarray *xa);

/* With the lock held. */

void __xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void __xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
/* These return the entry that was there, or an error: see xa_err(). */
void *__xa_erase(struct xarray *xa, unsigned long index);
void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp);
/* 0, -EBUSY if there is an entry, -ENOMEM, -EINVAL. NULL reserves the place. */
int __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
/* The lowest free place within the limit; 0, or -EBUSY if all are taken. */
int __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp);
/* The first free one from *next on, round the end: 1 if it went round. */
int __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit,
		      u32 *next, gfp_t gfp);
/* NULL stays to be seen, but a later store there needs no memory. */
int __xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp);

#ifdef __cplusplus
}
#endif

#include <linux/xarray_locked.h>
#include <linux/xa_state.h>

#endif /* _LINUX_XARRAY_H */
