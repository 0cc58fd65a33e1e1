// SPDX-License-Identifier: MIT
/* kmalloc() and its family: caches of powers of two, whole pages beyond. */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/poison.h>
#include <linux/string.h>
#include "kernel/core/boot.h"
#include "kernel/core/slab.h"

namespace {

void *alloc_large(size_t size, gfp_t gfp, const void *ip)
{
	const auto order = static_cast<unsigned int>(get_order(size));

	might_sleep_if(gfpflags_allow_blocking(gfp));
	page *p = alloc_pages_quiet(order);
	if (!p)
		return nullptr;
	p->state = PAGE_LARGE;
	p->size = size;
	hw_announce(EV_ALLOC, page_address(p), size, ip);
	if (gfp & __GFP_ZERO)
		memset(page_address(p), 0, size);
	return page_address(p);
}

void *alloc(size_t size, gfp_t gfp, const void *ip)
{
	if (!size)
		return ZERO_SIZE_PTR;
	if (size > KMALLOC_MAX_CACHE_SIZE)
		return alloc_large(size, gfp, ip);
	return slab_alloc(kmalloc_cache(size), gfp, size, ip);
}

bool is_large(const void *p)
{
	page *page = virt_to_page(p);

	return page && page->state == PAGE_LARGE && page_address(page) == p;
}

/*
 * How much of the old memory was asked for is not known here; reading what was
 * not is no mistake of the caller's, so these reads are no steps.
 */
__no_kcsan unsigned char peek(const unsigned char *p)
{
	return *p;
}

void copy_old(void *to, const void *from, size_t n)
{
	auto *out = static_cast<unsigned char *>(to);
	const auto *in = static_cast<const unsigned char *>(from);

	for (size_t i = 0; i < n; i++)
		out[i] = peek(&in[i]);
}

void release(const void *p, const void *ip)
{
	if (ZERO_OR_NULL_PTR(p))
		return;
	if (!is_large(p)) {
		slab_free(p, ip);
		return;
	}
	page *page = virt_to_page(p);
	hw_announce(EV_FREE, p, page->size, ip);
	memset(const_cast<void *>(p), POISON_FREE, page->size);
	free_pages_quiet(page, page->order);
}

} /* namespace */

void mem_init(void)
{
	page_alloc_init();
	kmem_cache_init();
}

extern "C" {

void *kmalloc(size_t size, gfp_t flags)
{
	return alloc(size, flags, __builtin_return_address(0));
}

void *kzalloc(size_t size, gfp_t flags)
{
	return alloc(size, flags | __GFP_ZERO, __builtin_return_address(0));
}

void *kmalloc_array(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return nullptr;
	return alloc(bytes, flags, __builtin_return_address(0));
}

void *kcalloc(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return nullptr;
	return alloc(bytes, flags | __GFP_ZERO, __builtin_return_address(0));
}

void *krealloc(const void *p, size_t size, gfp_t flags)
{
	const void *ip = __builtin_return_address(0);

	if (!size) {
		release(p, ip);
		return ZERO_SIZE_PTR;
	}
	if (ZERO_OR_NULL_PTR(p))
		return alloc(size, flags, ip);
	/* Always moves, so that what may be touched is exactly what was asked for. */
	void *moved = alloc(size, flags, ip);
	if (moved) {
		copy_old(moved, p, min(ksize(p), size));
		release(p, ip);
	}
	return moved;
}

size_t ksize(const void *p)
{
	if (ZERO_OR_NULL_PTR(p))
		return 0;
	page *page = virt_to_page(p);
	if (WARN_ON(!page))
		return 0;
	if (page->state == PAGE_LARGE)
		return PAGE_SIZE << page->order;
	return page->slab ? page->slab->cache->size : 0;
}

void kfree(const void *p)
{
	release(p, __builtin_return_address(0));
}

void kfree_sensitive(const void *p)
{
	if (ZERO_OR_NULL_PTR(p))
		return;
	memset(const_cast<void *>(p), 0, ksize(p));
	release(p, __builtin_return_address(0));
}

} /* extern "C" */
