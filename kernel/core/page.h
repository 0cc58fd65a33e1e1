/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_CORE_PAGE_H
#define KERNEL_CORE_PAGE_H
/* Page descriptors, shared by the page allocator and kmalloc. */
#include <linux/gfp.h>
#include <linux/types.h>

struct kmem_cache;

enum page_state : u8 {
	PAGE_INSIDE = 0, /* of a block that another page begins */
	PAGE_FREE,	 /* begins a free block */
	PAGE_USED,	 /* begins an allocated block */
	PAGE_SLAB,	 /* begins a block cut into objects */
	PAGE_LARGE,	 /* begins a kmalloc() of whole pages */
};

struct page {
	/* guarded by the allocator's lock; of a used page, the user's: */
	page_state state;
	u8 order;

	/* PAGE_SLAB, guarded by the cache's lock, and PAGE_LARGE: */
	u16 inuse;
	u16 next_free; /* where the search for a free object begins */
	kmem_cache *cache;
	list_head list;
	size_t size;	       /* PAGE_LARGE: as asked for */
	unsigned long used[4]; /* bit per object */
	unsigned long cached[4]; /* of the used ones: free, in some CPU's cache; atomic bits */
	page *slab;	       /* pages of a slab: the one that begins it */
};

void page_alloc_init(void);
/* Without announcing, for those who cut the pages up. NULL: no memory. */
page *alloc_pages_quiet(unsigned int order);
void free_pages_quiet(page *p, unsigned int order);

void kmem_cache_init(void);

#endif /* KERNEL_CORE_PAGE_H */
