/* SPDX-License-Identifier: MIT */
#ifndef _ASM_BARRIER_H
#define _ASM_BARRIER_H
/*
 * Memory barriers: fences of the machine, one step each, and the accesses
 * that carry an ordering of their own.
 *
 *	smp_mb()	all before it, before all after it
 *	smp_rmb()	loads before it, before loads after it
 *	smp_wmb()	stores before it, before stores after it
 *	smp_store_release(p, v)	 all before it, before this store
 *	smp_load_acquire(p)	 this load, before all after it
 *
 * mb(), rmb() and wmb() order accesses to devices as well.
 * Unlike Linux on x86: smp_rmb() and smp_wmb() are fences, not hints to the
 * compiler, since which ones a program needs is what one wants to see.
 */
#include <linux/compiler.h>
#include <asm/processor.h>

#define mb()	  hw_fence(HW_IO_MB)
#define rmb()	  hw_fence(HW_IO_RMB)
#define wmb()	  hw_fence(HW_IO_WMB)
#define dma_mb()  hw_fence(HW_IO_MB)
#define dma_rmb() hw_fence(HW_IO_RMB)
#define dma_wmb() hw_fence(HW_IO_WMB)

#define smp_mb()  hw_fence(HW_MB)
#define smp_rmb() hw_fence(HW_RMB)
#define smp_wmb() hw_fence(HW_WMB)

#define virt_mb()  smp_mb()
#define virt_rmb() smp_rmb()
#define virt_wmb() smp_wmb()

/* Around read-modify-writes that return no value, such as atomic_inc(). */
#define smp_mb__before_atomic() smp_mb()
#define smp_mb__after_atomic()	smp_mb()
/* After spin_lock(): what came before it is ordered as by smp_mb(). */
#define smp_mb__after_spinlock() smp_mb()
/* unlock + lock, even of different locks, becomes a full barrier. */
#define smp_mb__after_unlock_lock() smp_mb()
#define smp_mb__after_srcu_read_unlock() smp_mb()

#define smp_store_release(p, v) __hw_write(p, v, HW_RELEASE)
#define smp_load_acquire(p)	__hw_read(p, HW_ACQUIRE)

/* var = value; smp_mb() */
#define smp_store_mb(var, value) do {					\
	WRITE_ONCE(var, value);						\
	smp_mb();							\
} while (0)

/* A control dependency, turned into an acquire. */
#define smp_acquire__after_ctrl_dep() smp_rmb()
/* Dependencies order by themselves; kept for old code. */
#define smp_read_barrier_depends() do { } while (0)

/**
 * smp_cond_load_relaxed() - wait until a condition on a location holds
 * @ptr: scalar location
 * @cond_expr: the condition, in terms of the value VAL
 *
 * Returns the value that satisfied it. Spins with cpu_relax().
 */
#define smp_cond_load_relaxed(ptr, cond_expr) ({			\
	__typeof__(ptr) __cond_ptr = (ptr);				\
	__unqual_scalar_typeof(*(ptr)) VAL;				\
	for (;;) {							\
		VAL = READ_ONCE(*__cond_ptr);				\
		if (cond_expr)						\
			break;						\
		cpu_relax();						\
	}								\
	VAL;								\
})

/* The same; the load that satisfied it is an acquire. */
#define smp_cond_load_acquire(ptr, cond_expr) ({			\
	__typeof__(ptr) __cond_ptr = (ptr);				\
	__unqual_scalar_typeof(*(ptr)) VAL;				\
	for (;;) {							\
		VAL = smp_load_acquire(__cond_ptr);			\
		if (cond_expr)						\
			break;						\
		cpu_relax();						\
	}								\
	VAL;								\
})

#endif /* _ASM_BARRIER_H */
