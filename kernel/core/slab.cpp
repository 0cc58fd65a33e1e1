// SPDX-License-Identifier: MIT
/*
 * Objects of one size, cut from blocks of pages.
 *
 * A slab's bit map says which objects are used; nothing is kept inside free
 * objects, so code that writes to freed memory damages no list of ours. The
 * search goes round: a freed object rests for as long as others are free.
 * Slabs stay with their cache until it is destroyed.
 */
#include <linux/bitops.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/poison.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "kernel/core/slab.h"

namespace {

constexpr unsigned int kObjectsMax = 256; /* bits in struct page */
constexpr unsigned int kObjectsWanted = 8;
constexpr unsigned int kOrderMax = 3;

kmem_cache kmalloc_caches[10]; /* 16 << index bytes */

char *object_at(page *slab, unsigned int index)
{
	return static_cast<char *>(page_address(slab)) + index * slab->cache->size;
}

/* First free object from the cursor on, round the end. The slab has one. */
unsigned int find_free(page *slab, unsigned int objects)
{
	unsigned int i = slab->next_free;

	for (;;) {
		if (i >= objects)
			i = 0;
		const unsigned long word = ~slab->used[i / 64] >> (i % 64);
		if (word) {
			i += static_cast<unsigned int>(__builtin_ctzl(word));
			if (i < objects)
				return i;
		}
		i = (i / 64 + 1) * 64;
	}
}

void *take_object(kmem_cache *cache, page *slab)
{
	const unsigned int index = find_free(slab, cache->objects);

	slab->used[index / 64] |= 1UL << (index % 64);
	slab->next_free = static_cast<u16>(index + 1);
	if (++slab->inuse == cache->objects)
		list_del(&slab->list);
	cache->live++;
	return object_at(slab, index);
}

/* The lock is held. */
void put_object(kmem_cache *cache, page *slab, unsigned int index)
{
	slab->used[index / 64] &= ~(1UL << (index % 64));
	if (slab->inuse-- == cache->objects)
		list_add_tail(&slab->list, &cache->partial);
	cache->live--;
}

/* Called with the lock held; drops and retakes it. */
page *grow(kmem_cache *cache, unsigned long *flags)
{
	raw_spin_unlock_irqrestore(&cache->lock, *flags);
	page *slab = alloc_pages_quiet(cache->order);
	if (slab) {
		slab->cache = cache;
		slab->inuse = slab->next_free = 0;
		for (unsigned int i = 0; i < ARRAY_SIZE(slab->used); i++)
			slab->used[i] = slab->cached[i] = 0;
		for (unsigned int i = 0; i < 1u << cache->order; i++)
			slab[i].slab = slab;
		slab->state = PAGE_SLAB;
		for (unsigned int i = 0; cache->ctor && i < cache->objects; i++)
			cache->ctor(object_at(slab, i));
	}
	raw_spin_lock_irqsave(&cache->lock, *flags);
	if (slab)
		list_add_tail(&slab->list, &cache->partial);
	return slab;
}

} /* namespace */

bool cache_setup(kmem_cache *cache, const char *name, unsigned int size, unsigned int align)
{
	if (align < 8)
		align = 8;
	cache->name = name;
	cache->object_size = size;
	cache->size = ALIGN(size, align);
	cache->order = 0;
	while (cache->order < kOrderMax &&
	       (PAGE_SIZE << cache->order) / cache->size < kObjectsWanted)
		cache->order++;
	cache->objects = min_t(unsigned int, (PAGE_SIZE << cache->order) / cache->size,
			       kObjectsMax);
	INIT_LIST_HEAD(&cache->partial);
	raw_spin_lock_init(&cache->lock);
	hw_announce(EV_CACHE_NEW, cache, size, name);
	return cache->objects != 0;
}

page *slab_of(const void *object, unsigned int *index)
{
	page *p = virt_to_page(object);

	if (!p || !p->slab || p->slab->state != PAGE_SLAB)
		return nullptr;
	page *slab = p->slab;
	const auto offset = static_cast<unsigned long>(static_cast<const char *>(object) -
						       static_cast<char *>(page_address(slab)));
	*index = static_cast<unsigned int>(offset / slab->cache->size);
	return offset % slab->cache->size || *index >= slab->cache->objects ? nullptr : slab;
}

void kmem_cache_init(void)
{
	static const char *const names[] = { "kmalloc-16",   "kmalloc-32",   "kmalloc-64",
					     "kmalloc-128",  "kmalloc-256",  "kmalloc-512",
					     "kmalloc-1k",   "kmalloc-2k",   "kmalloc-4k",
					     "kmalloc-8k" };

	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++)
		cache_setup(&kmalloc_caches[i], names[i], 16u << i, 16u << i);
}

kmem_cache *kmalloc_cache(size_t size)
{
	return &kmalloc_caches[size <= 16 ? 0 : 60 - __builtin_clzl(size - 1)];
}

unsigned int slab_take(kmem_cache *cache, void **objects, unsigned int n)
{
	unsigned long flags;
	unsigned int taken = 0;

	raw_spin_lock_irqsave(&cache->lock, flags);
	while (taken < n) {
		page *slab = list_first_entry_or_null(&cache->partial, struct page, list);
		if (!slab && !(slab = grow(cache, &flags)))
			break;
		/* Another CPU may have filled it while grow() had dropped the lock. */
		if (slab->inuse < cache->objects)
			objects[taken++] = take_object(cache, slab);
	}
	raw_spin_unlock_irqrestore(&cache->lock, flags);
	return taken;
}

/* Poisoned while nobody can be given it. */
void slab_poison(kmem_cache *cache, void *object)
{
	if (!cache->ctor && !cache->typesafe)
		memset(object, POISON_FREE, cache->size);
}

void slab_give(kmem_cache *cache, void *object)
{
	unsigned int index;
	unsigned long flags;
	page *slab = slab_of(object, &index);

	raw_spin_lock_irqsave(&cache->lock, flags);
	put_object(cache, slab, index);
	raw_spin_unlock_irqrestore(&cache->lock, flags);
}

void cache_free_slabs(kmem_cache *cache)
{
	page *slab, *next;

	list_for_each_entry_safe(slab, next, &cache->partial, list) {
		list_del(&slab->list);
		for (unsigned int i = 0; i < 1u << cache->order; i++)
			slab[i].slab = nullptr;
		free_pages_quiet(slab, cache->order);
	}
}

void *slab_handed_out(void *object, size_t size, gfp_t gfp, const void *ip)
{
	hw_announce(EV_ALLOC, object, size, ip);
	if (gfp & __GFP_ZERO)
		memset(object, 0, size);
	return object;
}

page *slab_handed_in(const void *object, unsigned int *index, const void *ip)
{
	page *slab = slab_of(object, index);

	hw_announce(EV_FREE, object, slab ? slab->cache->object_size : 0, ip);
	if (!slab)
		pr_err("BUG: kfree() of %px, which is no allocated object\n", object);
	return slab;
}

void *slab_alloc(kmem_cache *cache, gfp_t gfp, size_t size, const void *ip)
{
	void *object;

	might_sleep_if(gfpflags_allow_blocking(gfp));
	return slab_take(cache, &object, 1) ? slab_handed_out(object, size, gfp, ip) : nullptr;
}

void slab_free(const void *object, const void *ip)
{
	unsigned int index;
	unsigned long flags;
	page *slab = slab_handed_in(object, &index, ip);

	if (!slab)
		return;
	kmem_cache *cache = slab->cache;
	raw_spin_lock_irqsave(&cache->lock, flags);
	const bool was_used = test_bit(index, slab->used) && !test_bit(index, slab->cached);
	if (was_used) {
		slab_poison(cache, const_cast<void *>(object));
		put_object(cache, slab, index);
	}
	raw_spin_unlock_irqrestore(&cache->lock, flags);
	if (!was_used)
		pr_err("BUG %s: Object already free 0x%px\n", cache->name, object);
}
