/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IDR_H
#define _LINUX_IDR_H
/*
 * Small numbers for pointers (idr), and small numbers alone (ida).
 *
 *	static DEFINE_IDR(sessions);
 *	static DEFINE_SPINLOCK(lock);
 *
 *	idr_preload(GFP_KERNEL);
 *	spin_lock(&lock);
 *	id = idr_alloc(&sessions, s, 1, 0, GFP_NOWAIT);		>= 1, or an error
 *	spin_unlock(&lock);
 *	idr_preload_end();
 *	...
 *	rcu_read_lock();
 *	s = idr_find(&sessions, id);	what it points to: kept by RCU or a count
 *	rcu_read_unlock();
 *
 * The rule for an idr: the caller's lock excludes those who change it from each
 * other. Readers (idr_find, the loops) need only rcu_read_lock(), and then what
 * they find must be freed after a grace period. An ida locks for itself, in any
 * context.
 *
 * The surprising thing: the end of idr_alloc() is not included, and 0 means
 * "no end"; the max of ida_alloc_max() is included. And an idr may hold NULL: the
 * number is taken, idr_find() does not tell it from a free one.
 * Order: what was written before idr_alloc() or idr_replace() is seen by who
 * finds the pointer.
 * Misuse: two changes of an idr at once without a lock are a data race, told;
 * ida_free() of a number that is not taken is a WARN.
 *
 * Unlike Linux: both lie over an <linux/xarray.h>, whose own lock nests in the
 * caller's. So what would tear a Linux idr gives right answers here, and only
 * the race is told. Pointers that lie 2 behind a multiple of 4 are refused with
 * -EINVAL. There is nothing to preload.
 */
#include <linux/xarray.h>

struct idr {
	struct xarray idr_xa;
	/* guarded by the caller's lock: */
	unsigned int idr_base;
	unsigned int idr_next;	  /* where idr_alloc_cyclic() begins */
	unsigned int idr_changes; /* written plainly by every change: see Misuse */
};

#define IDR_INIT_BASE(name, base) \
	{ .idr_xa = XARRAY_INIT(name.idr_xa, XA_FLAGS_ALLOC), .idr_base = (base), \
	  .idr_next = 0, .idr_changes = 0 }
#define IDR_INIT(name) IDR_INIT_BASE(name, 0)
#define DEFINE_IDR(name) struct idr name = IDR_INIT(name)

static inline void idr_init_base(struct idr *idr, int base)
{
	xa_init_flags(&idr->idr_xa, XA_FLAGS_ALLOC);
	idr->idr_base = (unsigned int)base;
	idr->idr_next = 0;
	idr->idr_changes = 0;
}

static inline void idr_init(struct idr *idr)
{
	idr_init_base(idr, 0);
}

/* The section in between must not sleep. */
#define idr_preload(gfp)		\
	do {				\
		might_alloc(gfp);	\
		preempt_disable();	\
	} while (0)
#define idr_preload_end() preempt_enable()

static inline bool idr_is_empty(const struct idr *idr)
{
	return xa_empty(&idr->idr_xa);
}

static inline unsigned int idr_get_cursor(const struct idr *idr)
{
	return READ_ONCE(idr->idr_next);
}

static inline void idr_set_cursor(struct idr *idr, unsigned int val)
{
	WRITE_ONCE(idr->idr_next, val);
}

#ifdef __cplusplus
extern "C" {
#endif

int __idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
int __idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
int __idr_alloc_u32(struct idr *idr, void *ptr, u32 *id, unsigned long max, gfp_t gfp);
void *__idr_replace(struct idr *idr, void *ptr, unsigned long id);

/* Without the caller's lock, under RCU: */

void *idr_find(const struct idr *idr, unsigned long id);
/* The first pointer from *nextid on, which then says where; NULL: none. */
void *idr_get_next(struct idr *idr, int *nextid);
void *idr_get_next_ul(struct idr *idr, unsigned long *nextid);
/* Until fn returns something else than 0, which is returned then. */
int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data);

/* Nobody uses it any more. What it points to is not freed. */
void idr_destroy(struct idr *idr);

struct ida {
	struct xarray xa;
};

#define IDA_INIT_FLAGS (XA_FLAGS_LOCK_IRQ | XA_FLAGS_ALLOC)
#define IDA_INIT(name) { .xa = XARRAY_INIT(name.xa, IDA_INIT_FLAGS) }
#define DEFINE_IDA(name) struct ida name = IDA_INIT(name)

/* The lowest free number from min to max, both included; -ENOSPC, -ENOMEM. */
int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp);
void ida_free(struct ida *ida, unsigned int id);
void ida_destroy(struct ida *ida);

#ifdef __cplusplus
}
#endif

/* Changes: in the caller's own code, so that the race is told as his. */

/* The lowest free number from start on, below end if that is > 0; -ENOSPC,
 * -ENOMEM, -EINVAL. */
static inline int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	idr->idr_changes++;
	return __idr_alloc(idr, ptr, start, end, gfp);
}

/* The first free one behind the last that was given, then from start on. */
static inline int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	idr->idr_changes++;
	return __idr_alloc_cyclic(idr, ptr, start, end, gfp);
}

/* From *id to max, which is included; 0 and the number in *id. */
static inline int idr_alloc_u32(struct idr *idr, void *ptr, u32 *id, unsigned long max,
				gfp_t gfp)
{
	idr->idr_changes++;
	return __idr_alloc_u32(idr, ptr, id, max, gfp);
}

/* What was there; ERR_PTR(-ENOENT) if the number is free. */
static inline void *idr_replace(struct idr *idr, void *ptr, unsigned long id)
{
	idr->idr_changes++;
	return __idr_replace(idr, ptr, id);
}

/* What was there; NULL if the number is free. */
static inline void *idr_remove(struct idr *idr, unsigned long id)
{
	idr->idr_changes++;
	return xa_erase(&idr->idr_xa, id - idr->idr_base);
}

#define idr_for_each_entry(idr, entry, id) \
	for (id = 0; ((entry) = (__typeof__(entry))idr_get_next(idr, &(id))) != NULL; id += 1U)
#define idr_for_each_entry_ul(idr, entry, tmp, id)			\
	for ((void)(tmp), id = 0;					\
	     ((entry) = (__typeof__(entry))idr_get_next_ul(idr, &(id))) != NULL; ++id)
#define idr_for_each_entry_continue(idr, entry, id) \
	for (; ((entry) = (__typeof__(entry))idr_get_next(idr, &(id))) != NULL; ++id)

static inline void ida_init(struct ida *ida)
{
	xa_init_flags(&ida->xa, IDA_INIT_FLAGS);
}

static inline int ida_alloc(struct ida *ida, gfp_t gfp)
{
	return ida_alloc_range(ida, 0, ~0u, gfp);
}

static inline int ida_alloc_min(struct ida *ida, unsigned int min, gfp_t gfp)
{
	return ida_alloc_range(ida, min, ~0u, gfp);
}

static inline int ida_alloc_max(struct ida *ida, unsigned int max, gfp_t gfp)
{
	return ida_alloc_range(ida, 0, max, gfp);
}

static inline bool ida_is_empty(const struct ida *ida)
{
	return xa_empty(&ida->xa);
}

/* As old files call them: end is not included here, and 0 means none. */
#define ida_simple_get(ida, start, end, gfp) ida_alloc_range((ida), (start), (end) - 1, (gfp))
#define ida_simple_remove(ida, id) ida_free((ida), (id))

#endif /* _LINUX_IDR_H */
