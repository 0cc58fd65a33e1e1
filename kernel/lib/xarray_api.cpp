// SPDX-License-Identifier: MIT
// The xarray's normal API: states that live for one call.
#include "kernel/lib/xarray_node.h"

namespace {

// As the normal API tells it: errors as entries, reserved places as NULL.
void *result(const struct xa_state *xas, void *entry)
{
	if (xas_error(xas))
		return xas->xa_node;
	return xa_is_zero(entry) ? nullptr : entry;
}

// With the lock held: whether to try again. It is dropped while memory is sought.
bool nomem(struct xa_state *xas, gfp_t gfp)
{
	struct xarray *xa = xas->xa;
	bool again;

	if (xas_error(xas) != -ENOMEM || !gfpflags_allow_blocking(gfp))
		return xas_nomem(xas, gfp);
	if (xa->xa_flags & XA_FLAGS_LOCK_IRQ)
		xa_unlock_irq(xa);
	else if (xa->xa_flags & XA_FLAGS_LOCK_BH)
		xa_unlock_bh(xa);
	else
		xa_unlock(xa);
	again = xas_nomem(xas, gfp);
	if (xa->xa_flags & XA_FLAGS_LOCK_IRQ)
		xa_lock_irq(xa);
	else if (xa->xa_flags & XA_FLAGS_LOCK_BH)
		xa_lock_bh(xa);
	else
		xa_lock(xa);
	return again;
}

void store(struct xa_state *xas, void *entry)
{
	xas_store(xas, entry);
	if (entry && xa_track_free(xas->xa))
		xas_clear_mark(xas, XA_FREE_MARK);
}

void *find_from(struct xa_state *xas, unsigned long *index, unsigned long max, xa_mark_t filter)
{
	void *entry;

	rcu_read_lock();
	do {
		entry = filter == XA_PRESENT ? xas_find(xas, max)
					     : xas_find_marked(xas, max, filter);
	} while (xas_retry(xas, entry));
	rcu_read_unlock();
	if (entry)
		*index = xas->xa_index;
	return entry;
}

} // namespace

void *xa_load(struct xarray *xa, unsigned long index)
{
	XA_STATE(xas, xa, index);
	void *entry;

	rcu_read_lock();
	entry = xas_load(&xas);
	rcu_read_unlock();
	return xa_is_zero(entry) ? nullptr : entry;
}

void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	XA_STATE(xas, xa, index);
	void *old;

	if (WARN_ON_ONCE(xa_is_advanced(entry)))
		return XA_ERROR(-EINVAL);
	if (xa_track_free(xa) && !entry)
		entry = XA_ZERO_ENTRY;
	do {
		old = xas_load(&xas);
		store(&xas, entry);
	} while (nomem(&xas, gfp));
	return result(&xas, old);
}

void *__xa_erase(struct xarray *xa, unsigned long index)
{
	XA_STATE(xas, xa, index);

	return result(&xas, xas_store(&xas, nullptr));
}

void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)
{
	XA_STATE(xas, xa, index);
	void *seen;

	if (WARN_ON_ONCE(xa_is_advanced(entry)))
		return XA_ERROR(-EINVAL);
	do {
		seen = xas_load(&xas);
		if (seen == old)
			store(&xas, entry);
	} while (nomem(&xas, gfp));
	return result(&xas, seen);
}

int __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	XA_STATE(xas, xa, index);

	if (WARN_ON_ONCE(xa_is_advanced(entry)))
		return -EINVAL;
	if (!entry)
		entry = XA_ZERO_ENTRY;
	do {
		if (xas_load(&xas))
			xas_set_err(&xas, -EBUSY);
		else
			store(&xas, entry);
	} while (nomem(&xas, gfp));
	return xas_error(&xas);
}

int __xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	int err = __xa_insert(xa, index, nullptr, gfp);

	return err == -EBUSY ? 0 : err;
}

int __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
{
	XA_STATE(xas, xa, 0);

	if (WARN_ON_ONCE(xa_is_advanced(entry)) || WARN_ON_ONCE(!xa_track_free(xa)))
		return -EINVAL;
	if (!entry)
		entry = XA_ZERO_ENTRY;
	if (xa->xa_flags & XA_FLAGS_ZERO_BUSY && !limit.min)
		limit.min = 1;
	do {
		xas_set(&xas, limit.min);
		xas_find_marked(&xas, limit.max, XA_FREE_MARK);
		if (xas_invalid(&xas))
			xas_set_err(&xas, -EBUSY);
		else
			*id = static_cast<u32>(xas.xa_index);
		store(&xas, entry);
	} while (nomem(&xas, gfp));
	return xas_error(&xas);
}

int __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next,
		      gfp_t gfp)
{
	u32 min = limit.min;
	int err;

	limit.min = max(min, *next);
	err = __xa_alloc(xa, id, entry, limit, gfp);
	if (!err && xa->xa_flags & XA_FLAGS_ALLOC_WRAPPED) {
		WRITE_ONCE(xa->xa_flags, xa->xa_flags & ~XA_FLAGS_ALLOC_WRAPPED);
		err = 1;
	}
	if (err < 0 && limit.min > min) {
		limit.min = min;
		err = __xa_alloc(xa, id, entry, limit, gfp);
		if (!err)
			err = 1;
	}
	if (err >= 0) {
		*next = *id + 1;
		if (!*next)
			WRITE_ONCE(xa->xa_flags, xa->xa_flags | XA_FLAGS_ALLOC_WRAPPED);
	}
	return err;
}

bool xa_get_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	XA_STATE(xas, xa, index);
	bool marked;

	rcu_read_lock();
	marked = xas_load(&xas) && xas_get_mark(&xas, mark);
	rcu_read_unlock();
	return marked;
}

void __xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	XA_STATE(xas, xa, index);

	xas_set_mark(&xas, mark);
}

void __xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	XA_STATE(xas, xa, index);

	xas_clear_mark(&xas, mark);
}

void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	xa_lock(xa);
	__xa_set_mark(xa, index, mark);
	xa_unlock(xa);
}

void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	xa_lock(xa);
	__xa_clear_mark(xa, index, mark);
	xa_unlock(xa);
}

void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter)
{
	XA_STATE(xas, xa, *index);

	return find_from(&xas, index, max, filter);
}

void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter)
{
	XA_STATE(xas, xa, *index + 1);

	return xas.xa_index ? find_from(&xas, index, max, filter) : nullptr;
}

unsigned int xa_extract(struct xarray *xa, void **dst, unsigned long start, unsigned long max,
			unsigned int n, xa_mark_t filter)
{
	unsigned int got = 0;
	void *entry;

	if (!n)
		return 0;
	for (entry = xa_find(xa, &start, max, filter); entry && got < n;
	     entry = xa_find_after(xa, &start, max, filter))
		dst[got++] = entry;
	return got;
}
