/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PERCPU_DEFS_H
#define _LINUX_PERCPU_DEFS_H
/*
 * Per-CPU variables: one copy a CPU.
 *
 * The variable's own address is canonical: the copy of CPU c lies at a distance
 * that is the same for all variables. So members and array elements work:
 * this_cpu_ptr(&stats.rx) is CPU-local.
 *
 *	static DEFINE_PER_CPU(int, hits);
 *	this_cpu_inc(hits);		one instruction, safe against anything
 *	per_cpu(hits, 3)		CPU 3's copy
 *
 * this_cpu_add() and its family are single steps and need no protection against
 * preemption or interrupts of this CPU; __this_cpu_add() is meant for where
 * preemption is off (announced if it is not), raw_cpu_add() does not care: both
 * load and store in two steps, so an interrupt in between is lost. Only the
 * owner CPU may use them; no ordering against other CPUs.
 */
#include <linux/compiler.h>
#include <linux/preempt.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The instruction behind this_cpu_cmpxchg(); returns the old value. */
uint64_t __this_cpu_cmpxchg_size(volatile void *p, unsigned int size, uint64_t expected,
				 uint64_t desired);

#define PER_CPU_ATTRIBUTES __attribute__((section("lockstep_percpu")))
#define DECLARE_PER_CPU(type, name) extern PER_CPU_ATTRIBUTES __typeof__(type) name
#define DEFINE_PER_CPU(type, name) PER_CPU_ATTRIBUTES __typeof__(type) name
#define DEFINE_PER_CPU_ALIGNED(type, name)                                     \
	DEFINE_PER_CPU(type, name) __attribute__((aligned(64)))
#define DEFINE_PER_CPU_SHARED_ALIGNED(type, name) DEFINE_PER_CPU_ALIGNED(type, name)
#define DECLARE_PER_CPU_ALIGNED(type, name) DECLARE_PER_CPU(type, name)
#define DECLARE_PER_CPU_SHARED_ALIGNED(type, name) DECLARE_PER_CPU(type, name)
#define DEFINE_PER_CPU_READ_MOSTLY(type, name) DEFINE_PER_CPU(type, name)

/* Distance of CPU c's copies; constant after boot, so its reads are no steps. */
unsigned long __per_cpu_offset_of(unsigned int cpu);
#define per_cpu_offset(cpu) __per_cpu_offset_of(cpu)
/* Announces use in preemptible context at ip; returns the executing CPU. */
unsigned int __debug_smp_processor_id(const void *ip);

#define __per_cpu_shift(ptr, offset)                                           \
	((__typeof__(ptr))((unsigned long)(ptr) + (offset)))
#define per_cpu_ptr(ptr, cpu) __per_cpu_shift(ptr, per_cpu_offset(cpu))
#define raw_cpu_ptr(ptr) __per_cpu_shift(ptr, hw_percpu_base())
#define this_cpu_ptr(ptr)                                                      \
	({                                                                     \
		(void)__debug_smp_processor_id((const void *)_THIS_IP_);       \
		raw_cpu_ptr(ptr);                                              \
	})
#define per_cpu(var, cpu) (*per_cpu_ptr(&(var), cpu))

/* The executing CPU's copy, preemption off until put_cpu_var(). */
#define get_cpu_var(var)                                                       \
	(*({                                                                   \
		preempt_disable();                                             \
		raw_cpu_ptr(&(var));                                           \
	}))
#define put_cpu_var(var)                                                       \
	do {                                                                   \
		(void)&(var);                                                  \
		preempt_enable();                                              \
	} while (0)
#define get_cpu_ptr(ptr)                                                       \
	({                                                                     \
		preempt_disable();                                             \
		raw_cpu_ptr(ptr);                                              \
	})
#define put_cpu_ptr(ptr)                                                       \
	do {                                                                   \
		(void)(ptr);                                                   \
		preempt_enable();                                              \
	} while (0)

/* One instruction on the copy of whichever CPU executes it. */
#define __pcpu_insn(op, pcp, operand)                                          \
	hw_this_cpu((op), &(pcp), sizeof(pcp), (uint64_t)(operand))
#define this_cpu_read(pcp) ((__typeof__(pcp))__pcpu_insn(HW_READ, pcp, 0))
#define this_cpu_write(pcp, val) ((void)__pcpu_insn(HW_WRITE, pcp, val))
#define this_cpu_add(pcp, val) ((void)__pcpu_insn(HW_ADD, pcp, val))
#define this_cpu_sub(pcp, val) ((void)__pcpu_insn(HW_SUB, pcp, val))
#define this_cpu_and(pcp, val) ((void)__pcpu_insn(HW_AND, pcp, val))
#define this_cpu_or(pcp, val) ((void)__pcpu_insn(HW_OR, pcp, val))
#define this_cpu_inc(pcp) this_cpu_add(pcp, 1)
#define this_cpu_dec(pcp) this_cpu_sub(pcp, 1)
#define this_cpu_add_return(pcp, val)                                          \
	((__typeof__(pcp))(__pcpu_insn(HW_ADD, pcp, val) + (uint64_t)(val)))
#define this_cpu_sub_return(pcp, val)                                          \
	((__typeof__(pcp))(__pcpu_insn(HW_SUB, pcp, val) - (uint64_t)(val)))
#define this_cpu_inc_return(pcp) this_cpu_add_return(pcp, 1)
#define this_cpu_dec_return(pcp) this_cpu_sub_return(pcp, 1)
#define this_cpu_xchg(pcp, val) ((__typeof__(pcp))__pcpu_insn(HW_XCHG, pcp, val))
#define this_cpu_cmpxchg(pcp, oval, nval)                                      \
	((__typeof__(pcp))__this_cpu_cmpxchg_size(&(pcp), sizeof(pcp),         \
						  (uint64_t)(oval), (uint64_t)(nval)))

/* Two steps on this CPU's copy: for where nothing else on it can interfere. */
#define raw_cpu_read(pcp) (*raw_cpu_ptr(&(pcp)))
#define raw_cpu_write(pcp, val) ((void)(*raw_cpu_ptr(&(pcp)) = (val)))
#define raw_cpu_add(pcp, val) ((void)(*raw_cpu_ptr(&(pcp)) += (val)))
#define raw_cpu_sub(pcp, val) ((void)(*raw_cpu_ptr(&(pcp)) -= (val)))
#define raw_cpu_and(pcp, val) ((void)(*raw_cpu_ptr(&(pcp)) &= (val)))
#define raw_cpu_or(pcp, val) ((void)(*raw_cpu_ptr(&(pcp)) |= (val)))
#define raw_cpu_inc(pcp) raw_cpu_add(pcp, 1)
#define raw_cpu_dec(pcp) raw_cpu_sub(pcp, 1)
#define raw_cpu_add_return(pcp, val) (*raw_cpu_ptr(&(pcp)) += (val))
#define __this_cpu_read(pcp) (*this_cpu_ptr(&(pcp)))
#define __this_cpu_write(pcp, val) ((void)(*this_cpu_ptr(&(pcp)) = (val)))
#define __this_cpu_add(pcp, val) ((void)(*this_cpu_ptr(&(pcp)) += (val)))
#define __this_cpu_sub(pcp, val) ((void)(*this_cpu_ptr(&(pcp)) -= (val)))
#define __this_cpu_and(pcp, val) ((void)(*this_cpu_ptr(&(pcp)) &= (val)))
#define __this_cpu_or(pcp, val) ((void)(*this_cpu_ptr(&(pcp)) |= (val)))
#define __this_cpu_inc(pcp) __this_cpu_add(pcp, 1)
#define __this_cpu_dec(pcp) __this_cpu_sub(pcp, 1)
#define __this_cpu_add_return(pcp, val) (*this_cpu_ptr(&(pcp)) += (val))
#define __this_cpu_inc_return(pcp) __this_cpu_add_return(pcp, 1)
#define __this_cpu_dec_return(pcp) __this_cpu_add_return(pcp, -1)

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_PERCPU_DEFS_H */
