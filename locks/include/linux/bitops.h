/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BITOPS_H
#define _LINUX_BITOPS_H
/*
 * Bits in arrays of unsigned long: atomic ones, plain ones, and arithmetic.
 *
 *	set_bit, clear_bit, change_bit		one step; no order
 *	test_and_{set,clear,change}_bit		one step; full order
 *	test_and_set_bit_lock			acquire
 *	clear_bit_unlock			release
 *	test_bit				marked load; _acquire: acquire
 *	__set_bit and the other __names		plain: the caller excludes others
 *
 * The surprising thing: the one without underscores is the expensive one.
 */
#include <linux/bits.h>
#include <linux/compiler.h>
#include <asm/barrier.h>

#define BITS_PER_TYPE(type) (sizeof(type) * BITS_PER_BYTE)
#define BITS_TO_LONGS(nr)   (((nr) + BITS_PER_LONG - 1) / BITS_PER_LONG)
#define BITS_TO_BYTES(nr)   (((nr) + BITS_PER_BYTE - 1) / BITS_PER_BYTE)

static __always_inline unsigned long __hw_bit_rmw(enum hw_rmw op, long nr,
						  volatile unsigned long *addr,
						  unsigned long operand, enum hw_order order)
{
	return hw_rmw(op, addr + BIT_WORD(nr), sizeof(*addr), operand, order) & BIT_MASK(nr);
}

static __always_inline void set_bit(long nr, volatile unsigned long *addr)
{
	(void)__hw_bit_rmw(HW_OR, nr, addr, BIT_MASK(nr), HW_UNORDERED);
}

static __always_inline void clear_bit(long nr, volatile unsigned long *addr)
{
	(void)__hw_bit_rmw(HW_ANDNOT, nr, addr, BIT_MASK(nr), HW_UNORDERED);
}

static __always_inline void change_bit(long nr, volatile unsigned long *addr)
{
	(void)__hw_bit_rmw(HW_XOR, nr, addr, BIT_MASK(nr), HW_UNORDERED);
}

static __always_inline bool test_and_set_bit(long nr, volatile unsigned long *addr)
{
	return __hw_bit_rmw(HW_OR, nr, addr, BIT_MASK(nr), HW_FULL) != 0;
}

static __always_inline bool test_and_clear_bit(long nr, volatile unsigned long *addr)
{
	return __hw_bit_rmw(HW_ANDNOT, nr, addr, BIT_MASK(nr), HW_FULL) != 0;
}

static __always_inline bool test_and_change_bit(long nr, volatile unsigned long *addr)
{
	return __hw_bit_rmw(HW_XOR, nr, addr, BIT_MASK(nr), HW_FULL) != 0;
}

static __always_inline bool test_and_set_bit_lock(long nr, volatile unsigned long *addr)
{
	return __hw_bit_rmw(HW_OR, nr, addr, BIT_MASK(nr), HW_ACQUIRE) != 0;
}

static __always_inline void clear_bit_unlock(long nr, volatile unsigned long *addr)
{
	(void)__hw_bit_rmw(HW_ANDNOT, nr, addr, BIT_MASK(nr), HW_RELEASE);
}

#define __clear_bit_unlock(nr, addr) clear_bit_unlock(nr, addr)

static __always_inline bool test_bit(long nr, const volatile unsigned long *addr)
{
	return (hw_load(addr + BIT_WORD(nr), sizeof(*addr), HW_ONCE) & BIT_MASK(nr)) != 0;
}

static __always_inline bool test_bit_acquire(long nr, const volatile unsigned long *addr)
{
	return (hw_load(addr + BIT_WORD(nr), sizeof(*addr), HW_ACQUIRE) & BIT_MASK(nr)) != 0;
}

static __always_inline void __set_bit(long nr, volatile unsigned long *addr)
{
	((unsigned long *)addr)[BIT_WORD(nr)] |= BIT_MASK(nr);
}

static __always_inline void __clear_bit(long nr, volatile unsigned long *addr)
{
	((unsigned long *)addr)[BIT_WORD(nr)] &= ~BIT_MASK(nr);
}

static __always_inline void __change_bit(long nr, volatile unsigned long *addr)
{
	((unsigned long *)addr)[BIT_WORD(nr)] ^= BIT_MASK(nr);
}

static __always_inline bool __test_and_set_bit(long nr, volatile unsigned long *addr)
{
	unsigned long *word = (unsigned long *)addr + BIT_WORD(nr);
	unsigned long old = *word;

	*word = old | BIT_MASK(nr);
	return (old & BIT_MASK(nr)) != 0;
}

static __always_inline bool __test_and_clear_bit(long nr, volatile unsigned long *addr)
{
	unsigned long *word = (unsigned long *)addr + BIT_WORD(nr);
	unsigned long old = *word;

	*word = old & ~BIT_MASK(nr);
	return (old & BIT_MASK(nr)) != 0;
}

static __always_inline bool __test_and_change_bit(long nr, volatile unsigned long *addr)
{
	unsigned long *word = (unsigned long *)addr + BIT_WORD(nr);
	unsigned long old = *word;

	*word = old ^ BIT_MASK(nr);
	return (old & BIT_MASK(nr)) != 0;
}

#define assign_bit(nr, addr, value) \
	((value) ? set_bit((nr), (addr)) : clear_bit((nr), (addr)))
#define __assign_bit(nr, addr, value) \
	((value) ? __set_bit((nr), (addr)) : __clear_bit((nr), (addr)))

/* Arithmetic. Bits are counted from 0; ffs() and fls() from 1, 0 for none. */
static __always_inline unsigned long __ffs(unsigned long word)
{
	return (unsigned long)__builtin_ctzl(word);
}

static __always_inline unsigned long __fls(unsigned long word)
{
	return (unsigned long)(BITS_PER_LONG - 1 - __builtin_clzl(word));
}

#define ffz(word) __ffs(~(word))
#define ffs(x) __builtin_ffs(x)
#define __ffs64(x) __ffs((unsigned long)(x))

static __always_inline int fls(unsigned int x)
{
	return x ? 32 - __builtin_clz(x) : 0;
}

static __always_inline int fls64(uint64_t x)
{
	return x ? 64 - __builtin_clzll(x) : 0;
}

#define fls_long(x) fls64((uint64_t)(x))

static __always_inline unsigned int hweight64(uint64_t x)
{
	x -= (x >> 1) & 0x5555555555555555ull;
	x = (x & 0x3333333333333333ull) + ((x >> 2) & 0x3333333333333333ull);
	x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0full;
	return (unsigned int)((x * 0x0101010101010101ull) >> 56);
}

#define hweight32(x) hweight64((uint32_t)(x))
#define hweight16(x) hweight64((uint16_t)(x))
#define hweight8(x)  hweight64((uint8_t)(x))
#define hweight_long(x) hweight64((uint64_t)(x))

static __always_inline uint32_t rol32(uint32_t word, unsigned int shift)
{
	return (word << (shift & 31)) | (word >> ((-shift) & 31));
}

static __always_inline uint32_t ror32(uint32_t word, unsigned int shift)
{
	return (word >> (shift & 31)) | (word << ((-shift) & 31));
}

static __always_inline uint64_t rol64(uint64_t word, unsigned int shift)
{
	return (word << (shift & 63)) | (word >> ((-shift) & 63));
}

static __always_inline uint64_t ror64(uint64_t word, unsigned int shift)
{
	return (word >> (shift & 63)) | (word << ((-shift) & 63));
}

static __always_inline int32_t sign_extend32(uint32_t value, int index)
{
	return (int32_t)(value << (31 - index)) >> (31 - index);
}

static __always_inline int get_count_order(unsigned int count)
{
	return count ? fls(count - 1) : -1;
}

#include <linux/find.h>

#endif /* _LINUX_BITOPS_H */
