/* SPDX-License-Identifier: MIT */
#ifndef DEMOS_WHOLE_KERNEL_CACHE_H
#define DEMOS_WHOLE_KERNEL_CACHE_H
/*
 * A cache of what was read from the disk, until somebody wants the memory back.
 *
 * Lock order: a slot's lock, then that of the LRU list. The shrinker walks the list
 * and so comes the other way round: its callback may only try a slot's lock.
 */
#include <linux/atomic.h>
#include <linux/list_lru.h>
#include <linux/shrinker.h>
#include <linux/slab.h>

#define SLOTS 16

struct buffer {
	struct list_head lru; /* guarded by the list's lock */
	int slot;
	unsigned char byte; /* guarded by the slot's lock */
};

static struct {
	struct kmem_cache *slab;
	struct list_lru lru;
	struct shrinker shrinker;
	list_lru_walk_cb isolate;
	struct {
		spinlock_t lock;
		struct buffer *buffer; /* guarded by lock */
	} slot[SLOTS];
	atomic_t made, freed;
} cache;

/* Keeps a byte; what was kept there before, or -1. */
static inline int cache_swap(int slot, unsigned char byte)
{
	struct buffer *fresh = (struct buffer *)kmem_cache_zalloc(cache.slab, GFP_KERNEL), *b;
	int before = -1;

	spin_lock(&cache.slot[slot].lock);
	b = cache.slot[slot].buffer;
	if (b) {
		before = b->byte;
	} else {
		b = cache.slot[slot].buffer = fresh;
		fresh = NULL;
		b->slot = slot;
		INIT_LIST_HEAD(&b->lru);
		list_lru_add(&cache.lru, &b->lru);
		atomic_inc(&cache.made);
	}
	b->byte = byte;
	spin_unlock(&cache.slot[slot].lock);
	if (fresh)
		kmem_cache_free(cache.slab, fresh);
	return before;
}

static inline unsigned long cache_count(struct shrinker *s, struct shrink_control *sc)
{
	return list_lru_count(&cache.lru);
}

static inline unsigned long cache_scan(struct shrinker *s, struct shrink_control *sc)
{
	LIST_HEAD(gone);
	struct buffer *b, *next;
	unsigned long n = list_lru_walk(&cache.lru, cache.isolate, &gone, sc->nr_to_scan);

	list_for_each_entry_safe(b, next, &gone, lru) {
		list_del(&b->lru);
		kmem_cache_free(cache.slab, b);
		atomic_inc(&cache.freed);
	}
	return n;
}

static inline void cache_open(list_lru_walk_cb isolate)
{
	int i;

	cache.slab = KMEM_CACHE(buffer, 0);
	cache.isolate = isolate;
	cache.shrinker.count_objects = cache_count;
	cache.shrinker.scan_objects = cache_scan;
	cache.shrinker.seeks = DEFAULT_SEEKS;
	list_lru_init(&cache.lru);
	for (i = 0; i < SLOTS; i++)
		spin_lock_init(&cache.slot[i].lock);
	register_shrinker(&cache.shrinker, "buffers");
}

static inline void cache_close(void)
{
	while (list_lru_count(&cache.lru))
		shrink_slab(GFP_KERNEL, 0);
	unregister_shrinker(&cache.shrinker);
	WARN_ON(atomic_read(&cache.made) != atomic_read(&cache.freed));
	kmem_cache_destroy(cache.slab);
}

#endif /* DEMOS_WHOLE_KERNEL_CACHE_H */
