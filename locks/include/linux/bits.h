/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BITS_H
#define _LINUX_BITS_H
/* Masks: BIT(n), GENMASK(high, low) with both ends included. Constants. */

#ifndef BITS_PER_LONG
#define BITS_PER_LONG 64
#endif
#ifndef BITS_PER_LONG_LONG
#define BITS_PER_LONG_LONG 64
#endif
#ifndef BITS_PER_BYTE
#define BITS_PER_BYTE 8
#endif

#define BIT(nr)		  (1ul << (nr))
#define BIT_ULL(nr)	  (1ull << (nr))
#define BIT_MASK(nr)	  (1ul << ((nr) % BITS_PER_LONG))
#define BIT_WORD(nr)	  ((nr) / BITS_PER_LONG)
#define BIT_ULL_MASK(nr)  (1ull << ((nr) % BITS_PER_LONG_LONG))
#define BIT_ULL_WORD(nr)  ((nr) / BITS_PER_LONG_LONG)

#define GENMASK(h, l)	  ((~0ul << (l)) & (~0ul >> (BITS_PER_LONG - 1 - (h))))
#define GENMASK_ULL(h, l) ((~0ull << (l)) & (~0ull >> (BITS_PER_LONG_LONG - 1 - (h))))

#endif /* _LINUX_BITS_H */
