// SPDX-License-Identifier: MIT
// Numbers alone: an xarray in which a value says "taken". It locks for itself.
#include <linux/idr.h>

int ida_alloc_range(ida *ida, unsigned int min, unsigned int max, gfp_t gfp)
{
	const u32 last = max < INT_MAX ? max : INT_MAX;
	unsigned long flags;
	u32 id = 0;
	int err;

	might_alloc(gfp);
	if (static_cast<int>(min) < 0)
		return -ENOSPC;
	// Waiting gives no memory here: it is taken at once or not at all.
	xa_lock_irqsave(&ida->xa, flags);
	err = __xa_alloc(&ida->xa, &id, xa_mk_value(0), XA_LIMIT(min, last), GFP_NOWAIT);
	xa_unlock_irqrestore(&ida->xa, flags);
	if (err == -EBUSY)
		return -ENOSPC;
	return err ? err : static_cast<int>(id);
}

void ida_free(ida *ida, unsigned int id)
{
	unsigned long flags;
	void *old;

	if (static_cast<int>(id) < 0)
		return;
	xa_lock_irqsave(&ida->xa, flags);
	old = __xa_erase(&ida->xa, id);
	xa_unlock_irqrestore(&ida->xa, flags);
	WARN(!old, "ida_free called for id=%d which is not allocated.\n", static_cast<int>(id));
}

void ida_destroy(ida *ida)
{
	xa_destroy(&ida->xa);
}
