/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MATH64_H
#define _LINUX_MATH64_H
/* 64-bit division by Linux's names; this machine divides 64 bits itself. */
#include <linux/math.h>

static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	*remainder = (u32)(dividend % divisor);
	return dividend / divisor;
}

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

static inline s64 div_s64(s64 dividend, s32 divisor)
{
	return dividend / divisor;
}

static inline u64 div64_u64(u64 dividend, u64 divisor)
{
	return dividend / divisor;
}

static inline s64 div64_s64(s64 dividend, s64 divisor)
{
	return dividend / divisor;
}

#define div64_long(x, y) div64_s64((x), (y))
#define div64_ul(x, y) div64_u64((x), (y))

/* Divides n in place and yields the remainder. */
#define do_div(n, base)                                                        \
	({                                                                     \
		u32 __dd_base = (base);                                        \
		u32 __dd_rem = (u32)((u64)(n) % __dd_base);                    \
		(n) = (u64)(n) / __dd_base;                                    \
		__dd_rem;                                                      \
	})

#endif /* _LINUX_MATH64_H */
