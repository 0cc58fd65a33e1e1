/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_GFP_H
#define _LINUX_GFP_H
/*
 * How an allocation may behave, and whole pages.
 *
 * GFP_KERNEL may sleep: calling with it in atomic context is reported.
 * GFP_ATOMIC and GFP_NOWAIT never sleep. __GFP_ZERO clears.
 *
 * Locks: zone_lock, a raw spinlock, irq-safe, guards which pages are free; it is taken
 * with interrupts off inside any other lock and holds for one block. A page that was
 * given out is its owner's: no lock guards it.
 *
 * Unlike Linux: there is no reclaim; memory that is not there now is refused at
 * once, whatever the flags.
 */
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define __GFP_HIGH 0x20u
#define __GFP_IO 0x40u
#define __GFP_FS 0x80u
#define __GFP_ZERO 0x100u
#define __GFP_ATOMIC 0x200u
#define __GFP_DIRECT_RECLAIM 0x400u
#define __GFP_KSWAPD_RECLAIM 0x800u
#define __GFP_RECLAIM (__GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM)
#define __GFP_NOWARN 0x2000u
#define __GFP_RETRY_MAYFAIL 0x4000u
#define __GFP_NOFAIL 0x8000u
#define __GFP_NORETRY 0x10000u
#define __GFP_ACCOUNT 0x400000u

#define GFP_ATOMIC (__GFP_HIGH | __GFP_ATOMIC | __GFP_KSWAPD_RECLAIM)
#define GFP_KERNEL (__GFP_RECLAIM | __GFP_IO | __GFP_FS)
#define GFP_KERNEL_ACCOUNT (GFP_KERNEL | __GFP_ACCOUNT)
#define GFP_NOWAIT (__GFP_KSWAPD_RECLAIM)
#define GFP_NOIO (__GFP_RECLAIM)
#define GFP_NOFS (__GFP_RECLAIM | __GFP_IO)

static inline bool gfpflags_allow_blocking(gfp_t flags)
{
	return (flags & __GFP_DIRECT_RECLAIM) != 0;
}

#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))
#define MAX_ORDER 10 /* largest block: 4 MiB */

struct page;

/**
 * __get_free_pages - allocate 2^order pages, aligned to their size
 *
 * Context: any for flags that do not sleep. Returns the address, 0 if there is
 * no memory. Misuse: freeing with another order, or twice, is a WARN.
 */
unsigned long __get_free_pages(gfp_t flags, unsigned int order);
void free_pages(unsigned long addr, unsigned int order);
unsigned long get_zeroed_page(gfp_t flags);
#define __get_free_page(flags) __get_free_pages((flags), 0)
#define free_page(addr) free_pages((addr), 0)
struct page *alloc_pages(gfp_t flags, unsigned int order);
void __free_pages(struct page *page, unsigned int order);
#define alloc_page(flags) alloc_pages((flags), 0)
#define __free_page(page) __free_pages((page), 0)
void *page_address(const struct page *page);
struct page *virt_to_page(const void *addr);
static inline int get_order(unsigned long size)
{
	return size <= PAGE_SIZE ? 0 : 64 - __builtin_clzl((size - 1) >> PAGE_SHIFT);
}

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_GFP_H */
