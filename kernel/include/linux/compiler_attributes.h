/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COMPILER_ATTRIBUTES_H
#define _LINUX_COMPILER_ATTRIBUTES_H
/*
 * Attributes that kernel code writes, by the kernel's names.
 *
 * One macro per attribute; each is exactly the compiler's attribute of the
 * same name. Markers that only sparse reads (__user, __rcu, __must_hold...)
 * expand to nothing: they document.
 */

#ifdef __always_inline
#undef __always_inline
#endif
#define __always_inline inline __attribute__((__always_inline__))

#define __alias(symbol)		__attribute__((__alias__(#symbol)))
#define __aligned(x)		__attribute__((__aligned__(x)))
#define __cold			__attribute__((__cold__))
#define __deprecated
#define __flatten		__attribute__((__flatten__))
#define __malloc		__attribute__((__malloc__))
#define __maybe_unused		__attribute__((__unused__))
#define __mode(x)		__attribute__((__mode__(x)))
#define __must_check		__attribute__((__warn_unused_result__))
#define __noreturn		__attribute__((__noreturn__))
#define __packed		__attribute__((__packed__))
#define __printf(a, b)		__attribute__((__format__(printf, a, b)))
#define __pure			__attribute__((__pure__))
#define __attribute_const__	__attribute__((__const__))
#define __section(section)	__attribute__((__section__(section)))
#define __used			__attribute__((__used__))
#define __visible
#define __weak			__attribute__((__weak__))
#define __cleanup(func)		__attribute__((__cleanup__(func)))
#define fallthrough		__attribute__((__fallthrough__))

#ifndef noinline
#define noinline		__attribute__((__noinline__))
#endif
#define notrace
#define noinstr
#define noinline_for_stack	noinline
#define __always_unused		__maybe_unused
#define __latent_entropy
#define __randomize_layout
#define __no_randomize_layout
#define __designated_init
#define __nonstring
#define __ro_after_init
#define __read_mostly
#define __refdata
#define asmlinkage

/* Sparse. */
#define __user
#define __kernel
#define __iomem
#define __percpu
#define __rcu
#define __safe
#define __force
#define __nocast
#define __private
#define __bitwise
#define __must_hold(x)
#define __acquires(x)
#define __cond_acquires(x)
#define __releases(x)
#define __acquire(x) (void)0
#define __release(x) (void)0
#define __cond_lock(x, c) (c)

/*
 * What the machine does not see.
 *
 * __no_kcsan: plain accesses of the function are no steps (and unseen writes
 * are lost in checkpoints: such a function may only read). Not inlined, and
 * nothing of it moved into its callers, where it would be seen.
 *
 * __no_tick: no block of the function is a point at which an interrupt is
 * taken. What must follow a step before anything else can happen stands in
 * such a function; its accesses are steps as always.
 */
#ifdef __clang__
#define __no_kcsan		__attribute__((__no_sanitize_thread__, __noinline__))
#define __no_tick		__attribute__((__no_sanitize__("coverage")))
#else
#define __no_kcsan		__attribute__((__no_sanitize_thread__, __noipa__))
#define __no_tick		__attribute__((__no_sanitize_coverage__))
#endif

#endif /* _LINUX_COMPILER_ATTRIBUTES_H */
