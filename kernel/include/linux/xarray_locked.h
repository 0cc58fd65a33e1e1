/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_XARRAY_LOCKED_H
#define _LINUX_XARRAY_LOCKED_H
/*
 * xa_store() and its like: what __xa_store() does, with xa_lock taken around
 * it; in _bh with softirqs off, in _irq with interrupts off.
 *
 * With gfp flags that may sleep they are reported in atomic context, whether
 * memory is needed this time or not. Included by <linux/xarray.h>.
 */
#include <linux/xarray.h>

#define might_alloc(gfp) might_sleep_if(gfpflags_allow_blocking(gfp))

#define __XA_LOCKED(type, name, how, params, args, before)		\
	static inline type xa_##name##how params			\
	{								\
		type __result;						\
									\
		before;							\
		xa_lock##how(xa);					\
		__result = __xa_##name args;				\
		xa_unlock##how(xa);					\
		return __result;					\
	}
#define __XA_LOCKED_ALL(type, name, params, args, before)		\
	__XA_LOCKED(type, name, , params, args, before)			\
	__XA_LOCKED(type, name, _bh, params, args, before)		\
	__XA_LOCKED(type, name, _irq, params, args, before)

__XA_LOCKED_ALL(void *, store,
		(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp),
		(xa, index, entry, gfp), might_alloc(gfp))
__XA_LOCKED_ALL(void *, erase, (struct xarray *xa, unsigned long index), (xa, index), )
__XA_LOCKED_ALL(void *, cmpxchg,
		(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp),
		(xa, index, old, entry, gfp), might_alloc(gfp))
__XA_LOCKED_ALL(int, insert,
		(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp),
		(xa, index, entry, gfp), might_alloc(gfp))
__XA_LOCKED_ALL(int, alloc,
		(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp),
		(xa, id, entry, limit, gfp), might_alloc(gfp))
__XA_LOCKED_ALL(int, alloc_cyclic,
		(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next,
		 gfp_t gfp),
		(xa, id, entry, limit, next, gfp), might_alloc(gfp))
__XA_LOCKED_ALL(int, reserve, (struct xarray *xa, unsigned long index, gfp_t gfp),
		(xa, index, gfp), might_alloc(gfp))

/* Gives up a reserved place; an entry stored meanwhile stays. */
static inline void xa_release(struct xarray *xa, unsigned long index)
{
	xa_cmpxchg(xa, index, XA_ZERO_ENTRY, NULL, 0);
}

#endif /* _LINUX_XARRAY_LOCKED_H */
