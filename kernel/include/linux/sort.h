/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SORT_H
#define _LINUX_SORT_H
/*
 * Sorting an array in place: heapsort, so n log n whatever the order, no memory and
 * no recursion; and not stable: equal elements may change places.
 *
 * cmp() returns less than, equal to or more than 0; swap() exchanges two elements,
 * NULL: byte by byte. The _r form hands priv on to both.
 * Context: any; with interrupts as they are. The caller excludes others.
 */
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef int (*cmp_func_t)(const void *a, const void *b);
typedef int (*cmp_r_func_t)(const void *a, const void *b, const void *priv);
typedef void (*swap_func_t)(void *a, void *b, int size);
typedef void (*swap_r_func_t)(void *a, void *b, int size, const void *priv);

void sort(void *base, size_t num, size_t size, cmp_func_t cmp, swap_func_t swap);
void sort_r(void *base, size_t num, size_t size, cmp_r_func_t cmp, swap_r_func_t swap,
	    const void *priv);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_SORT_H */
