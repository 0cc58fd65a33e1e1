/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H
/*
 * Memory by the piece.
 *
 * kmalloc() rounds up to a power of two from 16 bytes; memory is aligned to that
 * (at least 16). Freed memory is filled with 0x6b and not reused at once. All
 * sizes and lifetimes are announced, so that use after free, double free and
 * out-of-bounds accesses are found. NULL if there is no memory.
 *
 * kmalloc(0) is ZERO_SIZE_PTR, which may be kfree()d and must not be touched;
 * kfree(NULL) does nothing.
 *
 * Locks: a kmem_cache has a raw spinlock, irq-safe, for its slabs. In front of it each
 * CPU keeps up to 8 free objects of its own, touched with interrupts off and no lock;
 * it takes the lock for 4 at a time, when they run out or are too many. Order: inside
 * any other lock; no other is taken under it, that of the pages neither. Whether
 * an object rests with a CPU is an atomic bit, as any CPU may free any object.
 *
 * Context: any for GFP_ATOMIC and GFP_NOWAIT, process context for GFP_KERNEL;
 * kfree() anywhere but in NMI.
 * Misuse: a bad or doubly freed pointer is reported and left alone.
 */
#include <linux/gfp.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ZERO_SIZE_PTR ((void *)16)
#define ZERO_OR_NULL_PTR(x) ((unsigned long)(x) <= (unsigned long)ZERO_SIZE_PTR)
#define KMALLOC_MAX_CACHE_SIZE 8192ul
#define KMALLOC_MAX_SIZE (PAGE_SIZE << MAX_ORDER)
#define ARCH_KMALLOC_MINALIGN 16

#define SLAB_HWCACHE_ALIGN 0x2000u
#define SLAB_PANIC 0x40000u
#define SLAB_TYPESAFE_BY_RCU 0x80000u
#define SLAB_ACCOUNT 0x4000000u

void *kmalloc(size_t size, gfp_t flags);
void *kzalloc(size_t size, gfp_t flags);
void *kmalloc_array(size_t n, size_t size, gfp_t flags); /* NULL if n * size overflows */
void *kcalloc(size_t n, size_t size, gfp_t flags);
void *krealloc(const void *p, size_t size, gfp_t flags);
void kfree(const void *p);
void kfree_sensitive(const void *p);
size_t ksize(const void *p); /* usable bytes, rounded up as above */

#define kmalloc_node(size, flags, node) kmalloc((size), (flags))
#define kzalloc_node(size, flags, node) kzalloc((size), (flags))
#define kvmalloc(size, flags) kmalloc((size), (flags))
#define kvzalloc(size, flags) kzalloc((size), (flags))
#define kvfree(p) kfree(p)

struct kmem_cache;

/**
 * kmem_cache_create - a cache of objects of one size
 * @ctor: called on each object when its memory joins the cache, not per
 *	allocation; may be NULL
 *
 * Context: may sleep. Destroying a cache that still has objects is reported and
 * leaves it.
 */
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     unsigned int flags, void (*ctor)(void *));
void kmem_cache_destroy(struct kmem_cache *cache);
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t flags);
void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t flags);
void kmem_cache_free(struct kmem_cache *cache, void *object);
unsigned int kmem_cache_size(struct kmem_cache *cache);
#define KMEM_CACHE(__struct, __flags)                                          \
	kmem_cache_create(#__struct, sizeof(struct __struct),                  \
			  __alignof__(struct __struct), (__flags), NULL)

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_SLAB_H */
