/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H
/* Pages by Linux's usual header; kvmalloc() is kmalloc() here. */
#include <linux/gfp.h>
#include <linux/slab.h>

#define PAGE_ALIGN(addr) (((addr) + PAGE_SIZE - 1) & PAGE_MASK)

#endif /* _LINUX_MM_H */
