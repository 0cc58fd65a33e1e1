/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ATOMIC_GEN_H
#define _LINUX_ATOMIC_GEN_H
/*
 * How the functions of linux/atomic.h are made. Include that one.
 *
 * In all macros A is the family's name (atomic, atomic64, atomic_long), T the
 * type of its values and U the same, unsigned. Arithmetic is done in U, which
 * wraps. op comes with its underscore, since `and` is an operator of C++. The
 * functions are inlined even without optimisation: a line of the user's stays
 * a line of the user's.
 */
#include <linux/cmpxchg.h>
#include <linux/types.h>
#include <asm/barrier.h>

typedef atomic64_t atomic_long_t;

#define ATOMIC_INIT(i)	    { (i) }
#define ATOMIC64_INIT(i)    { (i) }
#define ATOMIC_LONG_INIT(i) { (i) }

#define __ATOMIC_RMW(hw, v, i, U, order) \
	((U)hw_rmw(hw, &(v)->counter, sizeof(U), (U)(i), order))

/* A##_read(), A##_set() */
#define __ATOMIC_ACCESS(A, T, U)					\
static __always_inline T A##_read(const A##_t *v)			\
{									\
	return (T)hw_load(&v->counter, sizeof(T), HW_ONCE);		\
}									\
static __always_inline T A##_read_acquire(const A##_t *v)		\
{									\
	return (T)hw_load(&v->counter, sizeof(T), HW_ACQUIRE);		\
}									\
static __always_inline void A##_set(A##_t *v, T i)			\
{									\
	hw_store(&v->counter, sizeof(T), (U)i, HW_ONCE);		\
}									\
static __always_inline void A##_set_release(A##_t *v, T i)		\
{									\
	hw_store(&v->counter, sizeof(T), (U)i, HW_RELEASE);		\
}

/* A##_add(i, v): no value, no order. */
#define __ATOMIC_VOID(A, T, U, op, hw)					\
static __always_inline void A##op(T i, A##_t *v)			\
{									\
	(void)__ATOMIC_RMW(hw, v, i, U, HW_UNORDERED);			\
}

/* A##_fetch_add(i, v): the value from before. */
#define __ATOMIC_FETCH1(A, T, U, op, hw, suffix, order)			\
static __always_inline T A##_fetch##op##suffix(T i, A##_t *v)		\
{									\
	return (T)__ATOMIC_RMW(hw, v, i, U, order);			\
}

/* A##_add_return(i, v): the value from after. */
#define __ATOMIC_RETURN1(A, T, U, op, hw, sign, suffix, order)		\
static __always_inline T A##op##_return##suffix(T i, A##_t *v)	\
{									\
	return (T)(__ATOMIC_RMW(hw, v, i, U, order) sign (U)i);		\
}

/* inc and dec: the same with i = 1. */
#define __ATOMIC_ONE1(A, T, U, op, hw, sign, suffix, order)		\
static __always_inline T A##_fetch##op##suffix(A##_t *v)		\
{									\
	return (T)__ATOMIC_RMW(hw, v, 1, U, order);			\
}									\
static __always_inline T A##op##_return##suffix(A##_t *v)		\
{									\
	return (T)(__ATOMIC_RMW(hw, v, 1, U, order) sign 1u);		\
}

#define __ATOMIC_4(form, ...)						\
	form(__VA_ARGS__, , HW_FULL)					\
	form(__VA_ARGS__, _acquire, HW_ACQUIRE)				\
	form(__VA_ARGS__, _release, HW_RELEASE)				\
	form(__VA_ARGS__, _relaxed, HW_ONCE)

#define __ATOMIC_ARITH(A, T, U, op, hw, sign)				\
	__ATOMIC_VOID(A, T, U, op, hw)					\
	__ATOMIC_4(__ATOMIC_FETCH1, A, T, U, op, hw)			\
	__ATOMIC_4(__ATOMIC_RETURN1, A, T, U, op, hw, sign)

#define __ATOMIC_BITS(A, T, U, op, hw)					\
	__ATOMIC_VOID(A, T, U, op, hw)					\
	__ATOMIC_4(__ATOMIC_FETCH1, A, T, U, op, hw)

#define __ATOMIC_ONE(A, T, U, op, hw, sign)				\
static __always_inline void A##op(A##_t *v)				\
{									\
	(void)__ATOMIC_RMW(hw, v, 1, U, HW_UNORDERED);			\
}									\
	__ATOMIC_4(__ATOMIC_ONE1, A, T, U, op, hw, sign)

/* Questions about the value from after. */
#define __ATOMIC_NEGATIVE1(A, T, U, suffix, order)			\
static __always_inline bool A##_add_negative##suffix(T i, A##_t *v)	\
{									\
	return A##_add_return##suffix(i, v) < 0;			\
}

#define __ATOMIC_TEST(A, T, U)						\
static __always_inline bool A##_sub_and_test(T i, A##_t *v)		\
{									\
	return A##_sub_return(i, v) == 0;				\
}									\
static __always_inline bool A##_dec_and_test(A##_t *v)			\
{									\
	return A##_dec_return(v) == 0;					\
}									\
static __always_inline bool A##_inc_and_test(A##_t *v)			\
{									\
	return A##_inc_return(v) == 0;					\
}									\
	__ATOMIC_4(__ATOMIC_NEGATIVE1, A, T, U)

/*
 * Conditional: store `next` unless `refused`, both in terms of the value `c`.
 * Leaves the last value seen in c.
 */
#define __ATOMIC_LOOP(A, v, c, refused, next)				\
	c = A##_read(v);						\
	do {								\
		if (refused)						\
			break;						\
	} while (!__hw_try_cmpxchg(&(v)->counter, &c, next, HW_FULL))

#define __ATOMIC_UNLESS(A, T, U)					\
static __always_inline T A##_fetch_add_unless(A##_t *v, T a, T u)	\
{									\
	T c;								\
	__ATOMIC_LOOP(A, v, c, c == u, (T)((U)c + (U)a));		\
	return c;							\
}									\
static __always_inline bool A##_add_unless(A##_t *v, T a, T u)		\
{									\
	return A##_fetch_add_unless(v, a, u) != u;			\
}									\
static __always_inline bool A##_inc_not_zero(A##_t *v)			\
{									\
	return A##_add_unless(v, 1, 0);					\
}									\
static __always_inline bool A##_inc_unless_negative(A##_t *v)		\
{									\
	T c;								\
	__ATOMIC_LOOP(A, v, c, c < 0, (T)((U)c + 1u));			\
	return c >= 0;							\
}									\
static __always_inline bool A##_dec_unless_positive(A##_t *v)		\
{									\
	T c;								\
	__ATOMIC_LOOP(A, v, c, c > 0, (T)((U)c - 1u));			\
	return c <= 0;							\
}									\
/* Returns the new value even if it was not stored: negative then. */	\
static __always_inline T A##_dec_if_positive(A##_t *v)			\
{									\
	T c;								\
	__ATOMIC_LOOP(A, v, c, c <= 0, (T)((U)c - 1u));			\
	return (T)((U)c - 1u);						\
}

#define __ATOMIC_FAMILY(A, T, U)					\
	__ATOMIC_ACCESS(A, T, U)					\
	__ATOMIC_ARITH(A, T, U, _add, HW_ADD, +)				\
	__ATOMIC_ARITH(A, T, U, _sub, HW_SUB, -)				\
	__ATOMIC_BITS(A, T, U, _and, HW_AND)				\
	__ATOMIC_BITS(A, T, U, _or, HW_OR)				\
	__ATOMIC_BITS(A, T, U, _xor, HW_XOR)				\
	__ATOMIC_BITS(A, T, U, _andnot, HW_ANDNOT)			\
	__ATOMIC_ONE(A, T, U, _inc, HW_ADD, +)				\
	__ATOMIC_ONE(A, T, U, _dec, HW_SUB, -)				\
	__ATOMIC_TEST(A, T, U)						\
	__ATOMIC_UNLESS(A, T, U)

#endif /* _LINUX_ATOMIC_GEN_H */
