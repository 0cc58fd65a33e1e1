/* SPDX-License-Identifier: MIT */
/*
 * The guest runtime: linked, hidden, into every image. It turns the hooks that
 * gcc's and clang's thread sanitizer and coverage passes call into the hardware
 * ABI, and holds the mem* and str* functions, which are steps themselves.
 * Not instrumented. The hooks of plain code are tail calls.
 */
#include "cpu/hw.h"

#define PC __builtin_return_address(0)
typedef unsigned long size_t_;

void __tsan_init(void) {}
void __tsan_func_entry(void *call_site) { hw_func_entry(call_site); }
void __tsan_func_exit(void) { hw_func_exit(); }
void __sanitizer_cov_trace_pc(void) { hw_tick(PC); }

/* Plain accesses of 1 to 16 bytes, aligned or not, volatile or not. */
#define ACCESS(name, flags) \
	void __tsan_##name(void *p) { hw_access(p, (flags), PC); }
#define SIZES(prefix, flags) \
	ACCESS(prefix##1, 1 | (flags)) ACCESS(prefix##2, 2 | (flags)) \
	ACCESS(prefix##4, 4 | (flags)) ACCESS(prefix##8, 8 | (flags)) \
	ACCESS(prefix##16, 16 | (flags))
SIZES(read, 0)
SIZES(write, HW_ACCESS_WRITE)
SIZES(read_write, HW_ACCESS_WRITE | HW_ACCESS_RMW)
SIZES(unaligned_read, 0)
SIZES(unaligned_write, HW_ACCESS_WRITE)
SIZES(unaligned_read_write, HW_ACCESS_WRITE | HW_ACCESS_RMW)
SIZES(volatile_read, HW_ACCESS_VOLATILE)
SIZES(volatile_write, HW_ACCESS_VOLATILE | HW_ACCESS_WRITE)
SIZES(unaligned_volatile_read, HW_ACCESS_VOLATILE)
SIZES(unaligned_volatile_write, HW_ACCESS_VOLATILE | HW_ACCESS_WRITE)

static inline __attribute__((always_inline)) void range(const volatile void *p, size_t_ n,
							uint32_t flags, const void *pc)
{
	if (n)
		hw_access(p, (uint32_t)(n > 0x0fffffff ? 0x0fffffff : n) | flags, pc);
}

void __tsan_read_range(void *p, size_t_ n) { range(p, n, 0, PC); }
void __tsan_write_range(void *p, size_t_ n) { range(p, n, HW_ACCESS_WRITE, PC); }
void __tsan_vptr_read(void **p) { hw_access(p, 8, PC); }
void __tsan_vptr_update(void **p, void *v) { (void)v; hw_access(p, 8 | HW_ACCESS_WRITE, PC); }

/* C11 atomics, by their memory_order numbers. */
static inline enum hw_order order_of(int c11)
{
	static const unsigned char map[] = { HW_ONCE, HW_ACQUIRE, HW_ACQUIRE, HW_RELEASE,
					     HW_FULL, HW_FULL };
	return (enum hw_order)map[c11 & 7];
}

#define ATOMIC(bits, type) \
	type __tsan_atomic##bits##_load(const volatile type *p, int o) \
	{ return (type)hw_load(p, bits / 8, order_of(o)); } \
	void __tsan_atomic##bits##_store(volatile type *p, type v, int o) \
	{ hw_store(p, bits / 8, v, order_of(o)); } \
	type __tsan_atomic##bits##_exchange(volatile type *p, type v, int o) \
	{ return (type)hw_rmw(HW_XCHG, p, bits / 8, v, order_of(o)); } \
	type __tsan_atomic##bits##_fetch_add(volatile type *p, type v, int o) \
	{ return (type)hw_rmw(HW_ADD, p, bits / 8, v, order_of(o)); } \
	type __tsan_atomic##bits##_fetch_sub(volatile type *p, type v, int o) \
	{ return (type)hw_rmw(HW_SUB, p, bits / 8, v, order_of(o)); } \
	type __tsan_atomic##bits##_fetch_and(volatile type *p, type v, int o) \
	{ return (type)hw_rmw(HW_AND, p, bits / 8, v, order_of(o)); } \
	type __tsan_atomic##bits##_fetch_or(volatile type *p, type v, int o) \
	{ return (type)hw_rmw(HW_OR, p, bits / 8, v, order_of(o)); } \
	type __tsan_atomic##bits##_fetch_xor(volatile type *p, type v, int o) \
	{ return (type)hw_rmw(HW_XOR, p, bits / 8, v, order_of(o)); } \
	type __tsan_atomic##bits##_fetch_nand(volatile type *p, type v, int o) \
	{ return (type)hw_rmw(HW_NAND, p, bits / 8, v, order_of(o)); } \
	int __tsan_atomic##bits##_compare_exchange_strong(volatile type *p, type *e, type v, \
							  int o, int fail) \
	{ \
		type old = (type)hw_cmpxchg(p, bits / 8, *e, v, order_of(o)); \
		int done = old == *e; \
		(void)fail; \
		*e = old; \
		return done; \
	} \
	int __tsan_atomic##bits##_compare_exchange_weak(volatile type *p, type *e, type v, \
							int o, int fail) \
	{ return __tsan_atomic##bits##_compare_exchange_strong(p, e, v, o, fail); } \
	type __tsan_atomic##bits##_compare_exchange_val(volatile type *p, type e, type v, \
							int o, int fail) \
	{ (void)fail; return (type)hw_cmpxchg(p, bits / 8, e, v, order_of(o)); }

ATOMIC(8, uint8_t)
ATOMIC(16, uint16_t)
ATOMIC(32, uint32_t)
ATOMIC(64, uint64_t)

/* 16 bytes: everything is made of compare-and-exchange. */
typedef unsigned __int128 u128;
u128 __tsan_atomic128_load(const volatile u128 *p, int o)
{
	u128 v = 0;
	hw_cmpxchg128((volatile u128 *)p, &v, v, order_of(o));
	return v;
}
int __tsan_atomic128_compare_exchange_strong(volatile u128 *p, u128 *e, u128 v, int o, int fail)
{
	(void)fail;
	return hw_cmpxchg128(p, e, v, order_of(o));
}
int __tsan_atomic128_compare_exchange_weak(volatile u128 *p, u128 *e, u128 v, int o, int fail)
{
	(void)fail;
	return hw_cmpxchg128(p, e, v, order_of(o));
}
u128 __tsan_atomic128_compare_exchange_val(volatile u128 *p, u128 e, u128 v, int o, int fail)
{
	(void)fail;
	hw_cmpxchg128(p, &e, v, order_of(o));
	return e;
}
#define ATOMIC128(name, expression) \
	u128 __tsan_atomic128_##name(volatile u128 *p, u128 v, int o) \
	{ \
		u128 old = 0; \
		while (!hw_cmpxchg128(p, &old, (expression), order_of(o))) \
			; \
		return old; \
	}
ATOMIC128(exchange, v)
ATOMIC128(fetch_add, old + v)
ATOMIC128(fetch_sub, old - v)
ATOMIC128(fetch_and, old & v)
ATOMIC128(fetch_or, old | v)
ATOMIC128(fetch_xor, old ^ v)
ATOMIC128(fetch_nand, ~(old & v))
void __tsan_atomic128_store(volatile u128 *p, u128 v, int o) { __tsan_atomic128_exchange(p, v, o); }

void __tsan_atomic_thread_fence(int o) { (void)o; hw_fence(HW_MB); }
void __tsan_atomic_signal_fence(int o) { (void)o; }

/*
 * Memory and strings. A copy is made of pieces of at most 64 bytes, each a
 * read step and a write step: other CPUs may see it half done, as in life.
 */
#define PIECE 64ul

static void copy_piece(char *to, const char *from, size_t_ n, const void *pc)
{
	char piece[PIECE];

	range(from, n, 0, pc);
	for (size_t_ i = 0; i < n; i++)
		piece[i] = from[i];
	range(to, n, HW_ACCESS_WRITE, pc);
	for (size_t_ i = 0; i < n; i++)
		to[i] = piece[i];
}

static void copy_up(char *to, const char *from, size_t_ n, const void *pc)
{
	for (size_t_ done = 0; done < n; done += PIECE)
		copy_piece(to + done, from + done, n - done < PIECE ? n - done : PIECE, pc);
}

static void copy_down(char *to, const char *from, size_t_ n, const void *pc)
{
	while (n) {
		size_t_ piece = n % PIECE ? n % PIECE : PIECE;

		n -= piece;
		copy_piece(to + n, from + n, piece, pc);
	}
}

void *memcpy(void *to, const void *from, size_t_ n)
{
	copy_up(to, from, n, PC);
	return to;
}

void *memmove(void *to, const void *from, size_t_ n)
{
	if ((char *)to > (const char *)from && (char *)to < (const char *)from + n)
		copy_down(to, from, n, PC);
	else
		copy_up(to, from, n, PC);
	return to;
}

void *memset(void *to, int value, size_t_ n)
{
	const void *pc = PC;
	char *p = to;

	while (n) {
		size_t_ piece = n < PIECE ? n : PIECE;

		range(p, piece, HW_ACCESS_WRITE, pc);
		for (size_t_ i = 0; i < piece; i++)
			((volatile char *)p)[i] = (char)value;
		p += piece;
		n -= piece;
	}
	return to;
}
void *__tsan_memcpy(void *to, const void *from, size_t_ n) { copy_up(to, from, n, PC); return to; }
void *__tsan_memmove(void *to, const void *from, size_t_ n) { return memmove(to, from, n); }
void *__tsan_memset(void *to, int value, size_t_ n) { return memset(to, value, n); }

int memcmp(const void *a, const void *b, size_t_ n)
{
	const unsigned char *x = a, *y = b;

	range(x, n, 0, PC);
	range(y, n, 0, PC);
	for (; n; n--, x++, y++)
		if (*x != *y)
			return *x < *y ? -1 : 1;
	return 0;
}

void *memchr(const void *p, int c, size_t_ n)
{
	const unsigned char *s = p;

	range(s, n, 0, PC);
	for (; n; n--, s++)
		if (*s == (unsigned char)c)
			return (void *)s;
	return 0;
}

/* One step for a whole string: its length is found first, byte by byte, with
 * the page checked before it is entered. */
static size_t_ length(const char *s, size_t_ max, const void *pc)
{
	size_t_ n = 0;

	while (n < max) {
		if (n == 0 || ((uintptr_t)(s + n) & 4095) == 0)
			hw_access(s + n, 1, pc);
		if (!s[n])
			break;
		n++;
	}
	return n;
}

size_t_ strlen(const char *s) { return length(s, ~0ul, PC); }
size_t_ strnlen(const char *s, size_t_ max) { return length(s, max, PC); }

int strncmp(const char *a, const char *b, size_t_ n)
{
	const void *pc = PC;

	length(a, n, pc);
	length(b, n, pc);
	for (; n; n--, a++, b++) {
		if (*a != *b)
			return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
		if (!*a)
			break;
	}
	return 0;
}
int strcmp(const char *a, const char *b) { return strncmp(a, b, ~0ul); }

char *strcpy(char *to, const char *from)
{
	const void *pc = PC;

	copy_up(to, from, length(from, ~0ul, pc) + 1, pc);
	return to;
}

char *strncpy(char *to, const char *from, size_t_ n)
{
	const void *pc = PC;
	size_t_ len = length(from, n, pc);

	copy_up(to, from, len, pc);
	if (len < n)
		memset(to + len, 0, n - len);
	return to;
}

size_t_ strlcpy(char *to, const char *from, size_t_ size)
{
	const void *pc = PC;
	size_t_ len = length(from, ~0ul, pc);

	if (size) {
		size_t_ n = len < size ? len : size - 1;

		copy_up(to, from, n, pc);
		range(to + n, 1, HW_ACCESS_WRITE, pc);
		((volatile char *)to)[n] = 0;
	}
	return len;
}

/* Returns the copied length or -E2BIG (-7). */
long strscpy(char *to, const char *from, size_t_ size)
{
	size_t_ len = strlcpy(to, from, size);

	return size == 0 || len >= size ? -7 : (long)len;
}

char *strcat(char *to, const char *from)
{
	strcpy(to + strlen(to), from);
	return to;
}

char *strchr(const char *s, int c)
{
	length(s, ~0ul, PC);
	for (;; s++) {
		if (*s == (char)c)
			return (char *)s;
		if (!*s)
			return 0;
	}
}

char *strrchr(const char *s, int c)
{
	const char *last = 0;

	length(s, ~0ul, PC);
	for (;; s++) {
		if (*s == (char)c)
			last = s;
		if (!*s)
			return (char *)last;
	}
}

char *strstr(const char *s, const char *what)
{
	size_t_ n = strlen(what);

	for (; strlen(s) >= n; s++)
		if (!strncmp(s, what, n))
			return (char *)s;
	return 0;
}

/* What the image says of itself; ld makes the bounds from section names. */
#define BOUNDS(section) \
	extern const char __start_##section[] __attribute__((weak)), \
		__stop_##section[] __attribute__((weak))
BOUNDS(lockstep_init);
BOUNDS(lockstep_exit);
BOUNDS(lockstep_param);
BOUNDS(lockstep_percpu);

__attribute__((visibility("default"))) const struct hw_image_info image_info = {
	__start_lockstep_init, __stop_lockstep_init,
	__start_lockstep_exit, __stop_lockstep_exit,
	__start_lockstep_param, __stop_lockstep_param,
	__start_lockstep_percpu, __stop_lockstep_percpu,
};
