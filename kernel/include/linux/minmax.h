/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MINMAX_H
#define _LINUX_MINMAX_H
/*
 * Smaller and larger of two values; each argument is evaluated once. min() and
 * max() insist on equal types (a warning in C), min_t() and max_t() convert.
 */
#ifdef __cplusplus
#define __minmax_same(a, b) ((void)0)
#else
#define __minmax_same(a, b) ((void)(&(a) == &(b)))
#endif

#define __minmax(x, y, op)                                                     \
	({                                                                     \
		__typeof__(x) __mm_x = (x);                                    \
		__typeof__(y) __mm_y = (y);                                    \
		__minmax_same(__mm_x, __mm_y);                                 \
		__mm_x op __mm_y ? __mm_x : __mm_y;                            \
	})
#define __minmax_t(type, x, y, op)                                             \
	({                                                                     \
		type __mm_x = (type)(x);                                       \
		type __mm_y = (type)(y);                                       \
		__mm_x op __mm_y ? __mm_x : __mm_y;                            \
	})

#define min(x, y) __minmax(x, y, <)
#define max(x, y) __minmax(x, y, >)
#define min_t(type, x, y) __minmax_t(type, x, y, <)
#define max_t(type, x, y) __minmax_t(type, x, y, >)
#define min3(x, y, z) min((__typeof__(x))min(x, y), z)
#define max3(x, y, z) max((__typeof__(x))max(x, y), z)
#define clamp(val, lo, hi) min((__typeof__(val))max(val, lo), hi)
#define clamp_t(type, val, lo, hi) min_t(type, max_t(type, val, lo), hi)
#define clamp_val(val, lo, hi) clamp_t(__typeof__(val), val, lo, hi)

#define swap(a, b)                                                             \
	do {                                                                   \
		__typeof__(a) __swap_tmp = (a);                                \
		(a) = (b);                                                     \
		(b) = __swap_tmp;                                              \
	} while (0)

#endif /* _LINUX_MINMAX_H */
