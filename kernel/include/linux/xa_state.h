/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_XA_STATE_H
#define _LINUX_XA_STATE_H
/*
 * The advanced API of xarrays: a state that stands at an index, for code that
 * does several things there, or walks.
 *
 *	XA_STATE(xas, &array, start);
 *
 *	rcu_read_lock();
 *	xas_for_each(&xas, entry, last) {
 *		if (xas_retry(&xas, entry))
 *			continue;
 *		...
 *	}
 *	rcu_read_unlock();
 *
 * The caller takes the locks: rcu_read_lock() to read, xas_lock() to change. An
 * error (no memory) stays in the state, and until xas_nomem() has mended it,
 * nothing else happens. Reserved places are seen, as XA_ZERO_ENTRY.
 *
 * Unlike Linux: a state keeps no node. Each operation walks from the head, so
 * none ever sees a node that has been removed, and xas_pause() only has to
 * remember the index.
 */
#include <linux/xarray.h>

struct xa_state {
	struct xarray *xa;
	unsigned long xa_index;
	struct xa_node *xa_node;  /* NULL: stands at xa_index; else one of these: */
	struct xa_node *xa_alloc; /* for the next store */
};

#define XA_ERROR(errno) ((struct xa_node *)(((unsigned long)(errno) << 2) | 2UL))
#define XAS_BOUNDS  ((struct xa_node *)1UL) /* walked past the end */
#define XAS_RESTART ((struct xa_node *)3UL) /* not yet anywhere */

#define XA_STATE(name, array, index)					\
	struct xa_state name = { .xa = (array), .xa_index = (index),	\
				 .xa_node = XAS_RESTART, .xa_alloc = NULL }

#define xas_marked(xas, mark)	     xa_marked((xas)->xa, (mark))
#define xas_trylock(xas)	     xa_trylock((xas)->xa)
#define xas_lock(xas)		     xa_lock((xas)->xa)
#define xas_unlock(xas)		     xa_unlock((xas)->xa)
#define xas_lock_bh(xas)	     xa_lock_bh((xas)->xa)
#define xas_unlock_bh(xas)	     xa_unlock_bh((xas)->xa)
#define xas_lock_irq(xas)	     xa_lock_irq((xas)->xa)
#define xas_unlock_irq(xas)	     xa_unlock_irq((xas)->xa)
#define xas_lock_irqsave(xas, flags) xa_lock_irqsave((xas)->xa, flags)
#define xas_unlock_irqrestore(xas, flags) xa_unlock_irqrestore((xas)->xa, flags)

static inline int xas_error(const struct xa_state *xas)
{
	return xa_err(xas->xa_node);
}

static inline void xas_set_err(struct xa_state *xas, long err)
{
	xas->xa_node = XA_ERROR(err);
}

static inline bool xas_invalid(const struct xa_state *xas)
{
	return xas->xa_node != NULL;
}

static inline bool xas_valid(const struct xa_state *xas)
{
	return !xas_invalid(xas);
}

static inline void xas_reset(struct xa_state *xas)
{
	xas->xa_node = XAS_RESTART;
}

static inline void xas_set(struct xa_state *xas, unsigned long index)
{
	xas->xa_index = index;
	xas_reset(xas);
}

/* Whether this is no entry for the caller: go on with the loop. */
static inline bool xas_retry(struct xa_state *xas, const void *entry)
{
	if (xa_is_zero(entry))
		return true;
	if (entry != XA_RETRY_ENTRY)
		return false;
	xas_reset(xas);
	return true;
}

#ifdef __cplusplus
extern "C" {
#endif

void *xas_load(struct xa_state *xas);
#define xas_reload(xas) xas_load(xas)
/* What was there. NULL erases, and its marks with it. */
void *xas_store(struct xa_state *xas, void *entry);
/* From here on the first time, then from behind here; NULL beyond max. */
void *xas_find(struct xa_state *xas, unsigned long max);
void *xas_find_marked(struct xa_state *xas, unsigned long max, xa_mark_t mark);
#define xas_next_entry(xas, max)	xas_find(xas, max)
#define xas_next_marked(xas, max, mark) xas_find_marked(xas, max, mark)
/* One index further, or back; the first time, here. */
void *xas_next(struct xa_state *xas);
void *xas_prev(struct xa_state *xas);

bool xas_get_mark(const struct xa_state *xas, xa_mark_t mark);
void xas_set_mark(const struct xa_state *xas, xa_mark_t mark);
void xas_clear_mark(const struct xa_state *xas, xa_mark_t mark);
void xas_init_marks(const struct xa_state *xas);

/* After -ENOMEM, without the lock: true if there is memory now, so try again. */
bool xas_nomem(struct xa_state *xas, gfp_t gfp);
/* Frees what xas_nomem() found and nobody used. */
void xas_destroy(struct xa_state *xas);
/* Before the lock is dropped within a loop. */
void xas_pause(struct xa_state *xas);

#ifdef __cplusplus
}
#endif

#define xas_for_each(xas, entry, max) \
	for (entry = xas_find(xas, max); entry; entry = xas_find(xas, max))
#define xas_for_each_marked(xas, entry, max, mark)			\
	for (entry = xas_find_marked(xas, max, mark); entry;		\
	     entry = xas_find_marked(xas, max, mark))

#endif /* _LINUX_XA_STATE_H */
