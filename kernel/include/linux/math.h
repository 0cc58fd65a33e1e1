/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MATH_H
#define _LINUX_MATH_H
#include <linux/types.h>

#define __round_mask(x, y) ((__typeof__(x))((y) - 1))
/* To a multiple of y, a power of two. */
#define round_up(x, y) ((((x) - 1) | __round_mask(x, y)) + 1)
#define round_down(x, y) ((x) & ~__round_mask(x, y))

#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define DIV_ROUND_DOWN_ULL(ll, d) ((unsigned long long)(ll) / (d))
#define DIV_ROUND_UP_ULL(ll, d) DIV_ROUND_DOWN_ULL((unsigned long long)(ll) + (d) - 1, (d))
#define DIV_ROUND_CLOSEST(x, d) (((x) + ((d) / 2)) / (d))

/* To a multiple of any y. */
#define roundup(x, y) ((((x) + ((y) - 1)) / (y)) * (y))
#define rounddown(x, y) ((x) - ((x) % (y)))

#ifndef abs
#define abs(x)                                                                 \
	({                                                                     \
		__typeof__(x) __abs_x = (x);                                   \
		__abs_x < 0 ? -__abs_x : __abs_x;                              \
	})
#endif

#endif /* _LINUX_MATH_H */
