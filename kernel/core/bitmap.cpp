// SPDX-License-Identifier: MIT
/* Sets of bits. Bits beyond nbits in the last word are not looked at. */
#include <linux/bitmap.h>
#include <linux/string.h>

namespace {

constexpr unsigned int kBits = 64;

unsigned long last_mask(unsigned int nbits)
{
	return ~0UL >> (-nbits & (kBits - 1));
}

/* Calls f(word index, mask of the bits that count). */
template <typename F> void each_word(unsigned int nbits, F f)
{
	const unsigned int words = BITS_TO_LONGS(nbits);

	for (unsigned int i = 0; i < words; i++)
		f(i, i + 1 == words ? last_mask(nbits) : ~0UL);
}

} /* namespace */

extern "C" {

void bitmap_zero(unsigned long *dst, unsigned int nbits)
{
	memset(dst, 0, BITS_TO_LONGS(nbits) * sizeof(long));
}

void bitmap_fill(unsigned long *dst, unsigned int nbits)
{
	memset(dst, 0xff, BITS_TO_LONGS(nbits) * sizeof(long));
}

void bitmap_copy(unsigned long *dst, const unsigned long *src, unsigned int nbits)
{
	memcpy(dst, src, BITS_TO_LONGS(nbits) * sizeof(long));
}

bool bitmap_and(unsigned long *dst, const unsigned long *a, const unsigned long *b,
		unsigned int nbits)
{
	unsigned long any = 0;

	each_word(nbits, [&](unsigned int i, unsigned long mask) {
		dst[i] = a[i] & b[i];
		any |= dst[i] & mask;
	});
	return any != 0;
}

void bitmap_or(unsigned long *dst, const unsigned long *a, const unsigned long *b,
	       unsigned int nbits)
{
	each_word(nbits, [&](unsigned int i, unsigned long) { dst[i] = a[i] | b[i]; });
}

bool bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	unsigned long differ = 0;

	each_word(nbits, [&](unsigned int i, unsigned long mask) {
		differ |= (a[i] ^ b[i]) & mask;
	});
	return differ == 0;
}

bool bitmap_empty(const unsigned long *src, unsigned int nbits)
{
	return bitmap_weight(src, nbits) == 0;
}

bool bitmap_full(const unsigned long *src, unsigned int nbits)
{
	return bitmap_weight(src, nbits) == nbits;
}

unsigned int bitmap_weight(const unsigned long *src, unsigned int nbits)
{
	unsigned int n = 0;

	each_word(nbits, [&](unsigned int i, unsigned long mask) {
		n += hweight64(src[i] & mask);
	});
	return n;
}

void bitmap_set(unsigned long *map, unsigned int start, unsigned int nbits)
{
	for (unsigned int i = start; i < start + nbits; i++)
		map[i / kBits] |= 1UL << (i % kBits);
}

void bitmap_clear(unsigned long *map, unsigned int start, unsigned int nbits)
{
	for (unsigned int i = start; i < start + nbits; i++)
		map[i / kBits] &= ~(1UL << (i % kBits));
}

unsigned long bitmap_find_next_zero_area(unsigned long *map, unsigned long size,
					 unsigned long start, unsigned int nr,
					 unsigned long align_mask)
{
	unsigned long at = (start + align_mask) & ~align_mask;

	while (at + nr <= size) {
		unsigned long i = at;
		while (i < at + nr && !(map[i / kBits] >> (i % kBits) & 1))
			i++;
		if (i == at + nr)
			return at;
		at = (i + 1 + align_mask) & ~align_mask;
	}
	return size;
}

} /* extern "C" */
