// SPDX-License-Identifier: MIT
/*
 * Caches of objects, with some free ones at hand on each CPU.
 *
 * An array_cache is a ring of free objects that belongs to its CPU: it is touched
 * with interrupts off and without a lock. Only when it is empty or full does the CPU
 * take the cache's lock, and then for several objects at once. First in, first out: a
 * freed object rests for as long as there are others.
 *
 * For its slab such an object is in use; its bit in `cached` says that it is free, and
 * finds out who frees it twice.
 */
#include <linux/bitops.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include "kernel/core/slab.h"

constexpr unsigned int kLimit = 8, kBatch = 4;

struct array_cache {
	unsigned int head, avail;
	void *ring[kLimit];
};

namespace {

void put(array_cache *ac, void *object)
{
	ac->ring[(ac->head + ac->avail++) % kLimit] = object;
}

void *get(array_cache *ac)
{
	void *object = ac->ring[ac->head];

	ac->head = (ac->head + 1) % kLimit;
	ac->avail--;
	return object;
}

void refill(kmem_cache *cache, array_cache *ac)
{
	void *objects[kBatch];
	const unsigned int n = slab_take(cache, objects, kBatch);

	for (unsigned int i = 0; i < n; i++) {
		unsigned int index;
		page *slab = slab_of(objects[i], &index);
		set_bit(index, slab->cached);
		put(ac, objects[i]);
	}
}

void give_back(kmem_cache *cache, array_cache *ac, unsigned int n)
{
	while (n--) {
		unsigned int index;
		void *object = get(ac);
		page *slab = slab_of(object, &index);
		clear_bit(index, slab->cached);
		slab_give(cache, object);
	}
}

/* On each CPU. */
void flush(void *info)
{
	auto *cache = static_cast<kmem_cache *>(info);
	array_cache *ac = raw_cpu_ptr(cache->cpu_cache);

	give_back(cache, ac, ac->avail);
}

void *alloc(kmem_cache *cache, gfp_t gfp, const void *ip)
{
	unsigned long flags;
	unsigned int index;

	might_sleep_if(gfpflags_allow_blocking(gfp));
	local_irq_save(flags);
	array_cache *ac = raw_cpu_ptr(cache->cpu_cache);
	if (!ac->avail)
		refill(cache, ac);
	void *object = ac->avail ? get(ac) : nullptr;
	if (object) {
		page *slab = slab_of(object, &index);
		clear_bit(index, slab->cached);
	}
	local_irq_restore(flags);
	return object ? slab_handed_out(object, cache->object_size, gfp, ip) : nullptr;
}

void release(kmem_cache *cache, void *object, const void *ip)
{
	unsigned long flags;
	unsigned int index;
	page *slab = slab_handed_in(object, &index, ip);

	if (!slab)
		return;
	if (test_and_set_bit(index, slab->cached)) {
		pr_err("BUG %s: Object already free 0x%px\n", cache->name, object);
		return;
	}
	slab_poison(cache, object);
	local_irq_save(flags);
	array_cache *ac = raw_cpu_ptr(cache->cpu_cache);
	if (ac->avail == kLimit)
		give_back(cache, ac, kBatch);
	put(ac, object);
	local_irq_restore(flags);
}

} /* namespace */

extern "C" {

kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
			      unsigned int flags, void (*ctor)(void *))
{
	auto *cache = static_cast<kmem_cache *>(kzalloc(sizeof(kmem_cache), GFP_KERNEL));

	if (!cache)
		return nullptr;
	if (flags & SLAB_HWCACHE_ALIGN)
		align = max(align, 64u);
	cache->ctor = ctor;
	cache->typesafe = (flags & SLAB_TYPESAFE_BY_RCU) != 0;
	cache->cpu_cache = alloc_percpu(array_cache);
	if (!cache->cpu_cache || !cache_setup(cache, name, size, align)) {
		free_percpu(cache->cpu_cache);
		kfree(cache);
		return nullptr;
	}
	return cache;
}

void kmem_cache_destroy(kmem_cache *cache)
{
	if (!cache)
		return;
	on_each_cpu(flush, cache, 1);
	if (WARN(cache->live, "kmem_cache_destroy %s: Slab cache still has objects",
		 cache->name))
		return;
	cache_free_slabs(cache);
	free_percpu(cache->cpu_cache);
	kfree(cache);
}

void *kmem_cache_alloc(kmem_cache *cache, gfp_t flags)
{
	return alloc(cache, flags, __builtin_return_address(0));
}

void *kmem_cache_zalloc(kmem_cache *cache, gfp_t flags)
{
	return alloc(cache, flags | __GFP_ZERO, __builtin_return_address(0));
}

void kmem_cache_free(kmem_cache *cache, void *object)
{
	unsigned int index;

	if (!object)
		return;
	page *slab = slab_of(object, &index);
	WARN(slab && slab->cache != cache,
	     "cache_from_obj: Wrong slab cache. %s but object is from %s", cache->name,
	     slab->cache->name);
	if (slab && slab->cache != cache) {
		slab_free(object, __builtin_return_address(0));
		return;
	}
	release(cache, object, __builtin_return_address(0));
}

unsigned int kmem_cache_size(kmem_cache *cache)
{
	return cache->object_size;
}

} /* extern "C" */
