/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HASH_H
#define _LINUX_HASH_H
/*
 * From a number or an address to one of 2^bits buckets: multiply by a number
 * near the golden ratio's part of the word and keep the highest bits (Knuth,
 * "The Art of Computer Programming", volume 3, section 6.4).
 *
 * @bits: 1 to the width of the word. Nothing is hashed against an adversary.
 */
#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/types.h>

#define GOLDEN_RATIO_32 0x61C88647u
#define GOLDEN_RATIO_64 0x61C8864680B583EBull
#define GOLDEN_RATIO_PRIME GOLDEN_RATIO_64

static __always_inline u32 __hash_32(u32 val)
{
	return val * GOLDEN_RATIO_32;
}

static __always_inline u32 hash_32(u32 val, unsigned int bits)
{
	return __hash_32(val) >> (32 - bits);
}

static __always_inline u32 hash_64(u64 val, unsigned int bits)
{
	return (u32)((val * GOLDEN_RATIO_64) >> (64 - bits));
}

#define hash_long(val, bits) hash_64((val), (bits))

static inline u32 hash_ptr(const void *ptr, unsigned int bits)
{
	return hash_long((unsigned long)ptr, bits);
}

/* All 32 bits, folded rather than mixed. */
static inline u32 hash32_ptr(const void *ptr)
{
	unsigned long val = (unsigned long)ptr;

	return (u32)(val ^ (val >> 32));
}

#endif /* _LINUX_HASH_H */
