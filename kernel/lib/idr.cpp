// SPDX-License-Identifier: MIT
// Numbers for pointers, over an xarray that knows its free places.
#include <linux/idr.h>
#include <linux/xa_state.h>

namespace {

// The xarray says "busy" where an idr says "no space".
int told(int err)
{
	return err == -EBUSY ? -ENOSPC : err;
}

// Inclusive; 0 and less means no end.
u32 last_of(int end)
{
	return end > 0 ? static_cast<u32>(end) - 1 : INT_MAX;
}

int alloc_between(idr *idr, void *ptr, u32 *id, u32 min, u32 max, gfp_t gfp)
{
	const u32 base = idr->idr_base;
	u32 at = 0;

	min = min < base ? 0 : min - base;
	if (max < base)
		return -ENOSPC;
	const int err = xa_alloc(&idr->idr_xa, &at, ptr, XA_LIMIT(min, max - base), gfp);
	if (err < 0)
		return told(err);
	*id = at + base;
	return 0;
}

} // namespace

int __idr_alloc_u32(idr *idr, void *ptr, u32 *id, unsigned long max, gfp_t gfp)
{
	return alloc_between(idr, ptr, id, *id, max > UINT_MAX ? UINT_MAX : static_cast<u32>(max),
			     gfp);
}

int __idr_alloc(idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	u32 id = 0;

	if (WARN_ON_ONCE(start < 0))
		return -EINVAL;
	const int err = alloc_between(idr, ptr, &id, static_cast<u32>(start), last_of(end), gfp);
	return err ? err : static_cast<int>(id);
}

int __idr_alloc_cyclic(idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	const u32 max = last_of(end), next = idr->idr_next;
	const u32 first = next > static_cast<u32>(start) ? next : static_cast<u32>(start);
	u32 id = 0;
	int err = alloc_between(idr, ptr, &id, first, max, gfp);

	if (err == -ENOSPC && first > static_cast<u32>(start))
		err = alloc_between(idr, ptr, &id, static_cast<u32>(start), max, gfp);
	if (err)
		return err;
	WRITE_ONCE(idr->idr_next, id + 1);
	return static_cast<int>(id);
}

void *__idr_replace(idr *idr, void *ptr, unsigned long id)
{
	xarray *xa = &idr->idr_xa;
	XA_STATE(xas, xa, id - idr->idr_base);
	void *old = nullptr;

	xa_lock(xa);
	const bool taken = xas_load(&xas) != nullptr;
	if (taken)
		old = __xa_store(xa, xas.xa_index, ptr, 0);
	xa_unlock(xa);
	if (!taken)
		return ERR_PTR(-ENOENT);
	return xa_is_err(old) ? ERR_PTR(xa_err(old)) : old;
}

void *idr_find(const idr *idr, unsigned long id)
{
	return xa_load(const_cast<xarray *>(&idr->idr_xa), id - idr->idr_base);
}

void *idr_get_next_ul(idr *idr, unsigned long *nextid)
{
	unsigned long index = *nextid < idr->idr_base ? 0 : *nextid - idr->idr_base;
	void *entry = xa_find(&idr->idr_xa, &index, ULONG_MAX, XA_PRESENT);

	if (entry)
		*nextid = index + idr->idr_base;
	return entry;
}

void *idr_get_next(idr *idr, int *nextid)
{
	unsigned long id = static_cast<unsigned int>(*nextid);
	void *entry = idr_get_next_ul(idr, &id);

	if (!entry || WARN_ON_ONCE(id > INT_MAX))
		return nullptr;
	*nextid = static_cast<int>(id);
	return entry;
}

int idr_for_each(const idr *idr, int (*fn)(int id, void *p, void *data), void *data)
{
	auto *xa = const_cast<xarray *>(&idr->idr_xa);
	unsigned long index;
	void *entry;

	xa_for_each(xa, index, entry)
		if (const int ret = fn(static_cast<int>(index + idr->idr_base), entry, data))
			return ret;
	return 0;
}

void idr_destroy(idr *idr)
{
	xa_destroy(&idr->idr_xa);
	idr->idr_next = 0;
}
