/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_CORE_SLAB_H
#define KERNEL_CORE_SLAB_H
#include <linux/slab.h>
#include <linux/spinlock_types.h>
#include "kernel/core/page.h"

struct array_cache; /* kernel/mm/slab.cpp */

struct kmem_cache {
	raw_spinlock_t lock;

	/* guarded by lock: */
	list_head partial; /* slabs with a free object; full ones are on no list */
	unsigned long live;

	/* constant */
	array_cache *cpu_cache; /* per CPU; nullptr: kmalloc's caches have none */
	const char *name;
	unsigned int object_size; /* as asked for */
	unsigned int size;	  /* with alignment */
	unsigned int order, objects; /* of a slab */
	bool typesafe;
	void (*ctor)(void *);
};

kmem_cache *kmalloc_cache(size_t size); /* at most KMALLOC_MAX_CACHE_SIZE */
/* size is what the caller asked for: what may be touched. ip is to blame. */
void *slab_alloc(kmem_cache *cache, gfp_t gfp, size_t size, const void *ip);
void slab_free(const void *object, const void *ip);

/* What every allocation ends with, and every free begins with: nullptr, and said so,
 * if the object is none of ours. */
void *slab_handed_out(void *object, size_t size, gfp_t gfp, const void *ip);
page *slab_handed_in(const void *object, unsigned int *index, const void *ip);

/* For who keeps free objects himself (kernel/mm/slab.cpp). */
bool cache_setup(kmem_cache *cache, const char *name, unsigned int size, unsigned int align);
void cache_free_slabs(kmem_cache *cache);
/* The slab that holds an object, and its index; nullptr: not one of ours. */
page *slab_of(const void *object, unsigned int *index);
void slab_poison(kmem_cache *cache, void *object);
unsigned int slab_take(kmem_cache *cache, void **objects, unsigned int n); /* how many */
void slab_give(kmem_cache *cache, void *object);

#endif /* KERNEL_CORE_SLAB_H */
