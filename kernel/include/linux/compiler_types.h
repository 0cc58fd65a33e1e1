/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COMPILER_TYPES_H
#define _LINUX_COMPILER_TYPES_H
/*
 * What kernel code asks the compiler about types, in C and in C++.
 *
 * Unlike Linux: __unqual_scalar_typeof() needs no _Generic. A cast yields an
 * unqualified value in both languages, so its type is what we want; hence
 * scalars only.
 */
#include <linux/compiler_attributes.h>

#ifdef __cplusplus
template <typename A, typename B> struct __lk_same { static constexpr bool value = false; };
template <typename A> struct __lk_same<A, A> { static constexpr bool value = true; };
#define __same_type(a, b) __lk_same<__typeof__(a), __typeof__(b)>::value
#define __lk_static_assert(condition, text) static_assert(condition, text)
#else
#define __same_type(a, b) __builtin_types_compatible_p(__typeof__(a), __typeof__(b))
#define __lk_static_assert(condition, text) _Static_assert(condition, text)
#endif

#define __unqual_scalar_typeof(x) __typeof__((__typeof__(x))(x))

/* Sizes that one instruction can read or write. */
#define __native_word(t) \
	(sizeof(t) == 1 || sizeof(t) == 2 || sizeof(t) == 4 || sizeof(t) == 8)

#define compiletime_assert(condition, text) __lk_static_assert(condition, text)
#define compiletime_assert_atomic_type(t) \
	__lk_static_assert(__native_word(t), "needs an atomic access of 1, 2, 4 or 8 bytes")

#endif /* _LINUX_COMPILER_TYPES_H */
