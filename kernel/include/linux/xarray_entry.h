/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_XARRAY_ENTRY_H
#define _LINUX_XARRAY_ENTRY_H
/*
 * What an entry of an xarray may be, told by its two lowest bits:
 *
 *	00	a pointer of the user's
 *	10	internal: a node, an error, the mark of a reserved place
 *	x1	a value (63 bits), or a tagged pointer
 *
 * Included by <linux/xarray.h>.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/types.h>

static inline void *xa_mk_value(unsigned long v)
{
	WARN_ON((long)v < 0);
	return (void *)((v << 1) | 1);
}

static inline unsigned long xa_to_value(const void *entry)
{
	return (unsigned long)entry >> 1;
}

static inline bool xa_is_value(const void *entry)
{
	return (unsigned long)entry & 1;
}

/* The tag is 0, 1 or 3; tagged pointers and values cannot be told apart. */
static inline void *xa_tag_pointer(void *p, unsigned long tag)
{
	return (void *)((unsigned long)p | tag);
}

static inline void *xa_untag_pointer(void *entry)
{
	return (void *)((unsigned long)entry & ~3UL);
}

static inline unsigned int xa_pointer_tag(void *entry)
{
	return (unsigned int)((unsigned long)entry & 3UL);
}

static inline void *xa_mk_internal(unsigned long v)
{
	return (void *)((v << 2) | 2);
}

static inline unsigned long xa_to_internal(const void *entry)
{
	return (unsigned long)entry >> 2;
}

static inline bool xa_is_internal(const void *entry)
{
	return ((unsigned long)entry & 3) == 2;
}

#define XA_RETRY_ENTRY xa_mk_internal(256)
#define XA_ZERO_ENTRY  xa_mk_internal(257) /* reserved: readers see NULL */

static inline bool xa_is_zero(const void *entry)
{
	return entry == XA_ZERO_ENTRY;
}

static inline bool xa_is_err(const void *entry)
{
	return xa_is_internal(entry) &&
	       (unsigned long)entry >= (unsigned long)xa_mk_internal((unsigned long)-MAX_ERRNO);
}

/* The negative error, or 0 if it is an entry. */
static inline int xa_err(const void *entry)
{
	return xa_is_err(entry) ? (int)((long)entry >> 2) : 0;
}

static inline bool xa_is_node(const void *entry)
{
	return xa_is_internal(entry) && (unsigned long)entry > 4096 && !xa_is_err(entry);
}

/* What is not for the user to store: nodes, retries, errors. */
static inline bool xa_is_advanced(const void *entry)
{
	return xa_is_internal(entry) && !xa_is_zero(entry);
}

#endif /* _LINUX_XARRAY_ENTRY_H */
