// SPDX-License-Identifier: MIT
/*
 * Pages: a buddy allocator over HW_RAM.
 *
 * A block of 2^order pages lies at a multiple of its size; its buddy is the other
 * half of the block twice as large. Freeing joins buddies while both are free.
 * Memory beyond `frontier` has never been used and is on no list, so that boot
 * need not touch it.
 */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "kernel/core/page.h"

namespace {

constexpr unsigned long kPages = (HW_RAM_END - HW_RAM_START) / PAGE_SIZE;
/* The page descriptors take the first pages themselves. */
constexpr unsigned long kMapPages = DIV_ROUND_UP(kPages * sizeof(struct page), PAGE_SIZE);
constexpr unsigned long kFirst = ALIGN(kMapPages, 1UL << MAX_ORDER);

page *const mem_map = reinterpret_cast<page *>(HW_RAM_START);

DEFINE_RAW_SPINLOCK(zone_lock);
/* guarded by zone_lock: */
list_head free_area[MAX_ORDER + 1];
unsigned long frontier = kFirst; /* page number, a multiple of the largest block */

unsigned long pfn_of(const page *p)
{
	return static_cast<unsigned long>(p - mem_map);
}

void free_block(page *p, unsigned int order)
{
	p->state = PAGE_FREE;
	p->order = static_cast<u8>(order);
	list_add(&p->list, &free_area[order]);
}

page *take_block(unsigned int order)
{
	for (unsigned int o = order; o <= MAX_ORDER; o++) {
		page *p = list_first_entry_or_null(&free_area[o], struct page, list);
		if (!p)
			continue;
		list_del(&p->list);
		while (o > order) {
			o--;
			free_block(p + (1UL << o), o);
		}
		return p;
	}
	if (frontier + (1UL << MAX_ORDER) > kPages)
		return nullptr;
	page *p = mem_map + frontier;
	frontier += 1UL << MAX_ORDER;
	for (unsigned int o = MAX_ORDER; o-- > order;)
		free_block(p + (1UL << o), o);
	return p;
}

void give_back(page *p, unsigned int order)
{
	for (; order < MAX_ORDER; order++) {
		page *buddy = mem_map + (pfn_of(p) ^ (1UL << order));
		if (buddy->state != PAGE_FREE || buddy->order != order)
			break;
		list_del(&buddy->list);
		buddy->state = PAGE_INSIDE;
		if (buddy < p) {
			p->state = PAGE_INSIDE;
			p = buddy;
		}
	}
	free_block(p, order);
}

} /* namespace */

void page_alloc_init(void)
{
	for (list_head &head : free_area)
		INIT_LIST_HEAD(&head);
}

page *alloc_pages_quiet(unsigned int order)
{
	unsigned long flags;

	if (order > MAX_ORDER)
		return nullptr;
	raw_spin_lock_irqsave(&zone_lock, flags);
	page *p = take_block(order);
	if (p) {
		p->state = PAGE_USED;
		p->order = static_cast<u8>(order);
	}
	raw_spin_unlock_irqrestore(&zone_lock, flags);
	return p;
}

void free_pages_quiet(page *p, unsigned int order)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&zone_lock, flags);
	give_back(p, order);
	raw_spin_unlock_irqrestore(&zone_lock, flags);
}

extern "C" {

void *page_address(const page *p)
{
	return reinterpret_cast<void *>(HW_RAM_START + pfn_of(p) * PAGE_SIZE);
}

page *virt_to_page(const void *addr)
{
	const auto a = reinterpret_cast<unsigned long>(addr);

	if (a < HW_RAM_START + kFirst * PAGE_SIZE || a >= HW_RAM_END)
		return nullptr;
	return mem_map + (a - HW_RAM_START) / PAGE_SIZE;
}

page *alloc_pages(gfp_t flags, unsigned int order)
{
	might_sleep_if(gfpflags_allow_blocking(flags));
	page *p = alloc_pages_quiet(order);

	if (!p)
		return nullptr;
	hw_announce(EV_ALLOC, page_address(p), PAGE_SIZE << order,
		    __builtin_return_address(0));
	if (flags & __GFP_ZERO)
		memset(page_address(p), 0, PAGE_SIZE << order);
	return p;
}

void __free_pages(page *p, unsigned int order)
{
	if (WARN(p->state != PAGE_USED || p->order != order,
		 "__free_pages() of %px, order %u: not allocated like that", page_address(p),
		 order))
		return;
	hw_announce(EV_FREE, page_address(p), PAGE_SIZE << order, __builtin_return_address(0));
	free_pages_quiet(p, order);
}

unsigned long __get_free_pages(gfp_t flags, unsigned int order)
{
	page *p = alloc_pages(flags, order);

	return p ? reinterpret_cast<unsigned long>(page_address(p)) : 0;
}

unsigned long get_zeroed_page(gfp_t flags)
{
	return __get_free_pages(flags | __GFP_ZERO, 0);
}

void free_pages(unsigned long addr, unsigned int order)
{
	if (!addr)
		return;
	page *p = virt_to_page(reinterpret_cast<void *>(addr));
	if (!WARN_ON(!p))
		__free_pages(p, order);
}

} /* extern "C" */
