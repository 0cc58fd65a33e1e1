/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FIND_H
#define _LINUX_FIND_H
/*
 * Searching bitmaps. All return `size` if there is no such bit. The words are
 * read plainly, one step each.
 */
#include <linux/bits.h>
#include <linux/compiler_types.h>

/* The lowest bit at or after @start that is set in (*a [& *b]) ^ @flip. */
static __always_inline unsigned long __find_next(const unsigned long *a,
						 const unsigned long *b, unsigned long flip,
						 unsigned long size, unsigned long start)
{
	while (start < size) {
		unsigned long word = a[BIT_WORD(start)];

		if (b)
			word &= b[BIT_WORD(start)];
		word = (word ^ flip) & (~0ul << (start % BITS_PER_LONG));
		if (word) {
			start = BIT_WORD(start) * BITS_PER_LONG +
				(unsigned long)__builtin_ctzl(word);
			return start < size ? start : size;
		}
		start = (BIT_WORD(start) + 1) * BITS_PER_LONG;
	}
	return size;
}

static inline unsigned long find_next_bit(const unsigned long *addr, unsigned long size,
					  unsigned long offset)
{
	return __find_next(addr, 0, 0, size, offset);
}

static inline unsigned long find_next_zero_bit(const unsigned long *addr, unsigned long size,
					       unsigned long offset)
{
	return __find_next(addr, 0, ~0ul, size, offset);
}

static inline unsigned long find_next_and_bit(const unsigned long *a, const unsigned long *b,
					      unsigned long size, unsigned long offset)
{
	return __find_next(a, b, 0, size, offset);
}

static inline unsigned long find_first_bit(const unsigned long *addr, unsigned long size)
{
	return __find_next(addr, 0, 0, size, 0);
}

static inline unsigned long find_first_zero_bit(const unsigned long *addr, unsigned long size)
{
	return __find_next(addr, 0, ~0ul, size, 0);
}

static inline unsigned long find_first_and_bit(const unsigned long *a, const unsigned long *b,
					       unsigned long size)
{
	return __find_next(a, b, 0, size, 0);
}

static inline unsigned long find_last_bit(const unsigned long *addr, unsigned long size)
{
	unsigned long last = size, bit;

	for (bit = find_first_bit(addr, size); bit < size;
	     bit = find_next_bit(addr, size, bit + 1))
		last = bit;
	return last;
}

#define for_each_set_bit(bit, addr, size)				\
	for ((bit) = find_first_bit((addr), (size)); (bit) < (size);	\
	     (bit) = find_next_bit((addr), (size), (bit) + 1))
#define for_each_set_bit_from(bit, addr, size)				\
	for ((bit) = find_next_bit((addr), (size), (bit)); (bit) < (size); \
	     (bit) = find_next_bit((addr), (size), (bit) + 1))
#define for_each_clear_bit(bit, addr, size)				\
	for ((bit) = find_first_zero_bit((addr), (size)); (bit) < (size); \
	     (bit) = find_next_zero_bit((addr), (size), (bit) + 1))

#endif /* _LINUX_FIND_H */
