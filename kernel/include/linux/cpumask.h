/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CPUMASK_H
#define _LINUX_CPUMASK_H
/*
 * Sets of CPUs: at most 64, one word.
 *
 * cpumask_set_cpu() and cpumask_clear_cpu() are atomic, the __ forms are not.
 * Unlike Linux: no CPU ever goes offline; possible == present.
 */
#include <linux/compiler.h>
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NR_CPUS 64

typedef struct cpumask {
	unsigned long bits[1];
} cpumask_t;
typedef struct cpumask cpumask_var_t[1];

#define CPU_BITS_ALL { ~0UL }
#define CPU_MASK_ALL ((cpumask_t){ { ~0UL } })
#define CPU_MASK_NONE ((cpumask_t){ { 0UL } })
#define cpumask_bits(maskp) ((maskp)->bits)

extern unsigned int nr_cpu_ids;
extern struct cpumask __cpu_possible_mask, __cpu_online_mask;
#define cpu_possible_mask ((const struct cpumask *)&__cpu_possible_mask)
#define cpu_present_mask cpu_possible_mask
#define cpu_online_mask ((const struct cpumask *)&__cpu_online_mask)
#define cpu_active_mask cpu_online_mask
extern const struct cpumask __cpu_all_mask;
#define cpu_all_mask (&__cpu_all_mask)
const struct cpumask *cpumask_of(unsigned int cpu);

static __always_inline void cpumask_set_cpu(unsigned int cpu, struct cpumask *m)
{
	set_bit(cpu, m->bits);
}

static __always_inline void cpumask_clear_cpu(unsigned int cpu, struct cpumask *m)
{
	clear_bit(cpu, m->bits);
}

static __always_inline void __cpumask_set_cpu(unsigned int cpu, struct cpumask *m)
{
	m->bits[0] |= 1UL << cpu;
}

static __always_inline void __cpumask_clear_cpu(unsigned int cpu, struct cpumask *m)
{
	m->bits[0] &= ~(1UL << cpu);
}

static __always_inline bool cpumask_test_cpu(unsigned int cpu, const struct cpumask *m)
{
	return (READ_ONCE(m->bits[0]) >> cpu) & 1;
}

static __always_inline bool cpumask_test_and_set_cpu(unsigned int cpu, struct cpumask *m)
{
	return test_and_set_bit(cpu, m->bits);
}

static __always_inline bool cpumask_test_and_clear_cpu(unsigned int cpu, struct cpumask *m)
{
	return test_and_clear_bit(cpu, m->bits);
}

static __always_inline void cpumask_clear(struct cpumask *m)
{
	m->bits[0] = 0;
}

static __always_inline void cpumask_copy(struct cpumask *to, const struct cpumask *from)
{
	to->bits[0] = from->bits[0];
}

static __always_inline void cpumask_setall(struct cpumask *m)
{
	m->bits[0] = cpu_possible_mask->bits[0];
}

static __always_inline bool cpumask_and(struct cpumask *to, const struct cpumask *a,
					const struct cpumask *b)
{
	return (to->bits[0] = a->bits[0] & b->bits[0]) != 0;
}

static __always_inline void cpumask_or(struct cpumask *to, const struct cpumask *a,
				       const struct cpumask *b)
{
	to->bits[0] = a->bits[0] | b->bits[0];
}

static __always_inline bool cpumask_andnot(struct cpumask *to, const struct cpumask *a,
					   const struct cpumask *b)
{
	return (to->bits[0] = a->bits[0] & ~b->bits[0]) != 0;
}

static __always_inline bool cpumask_equal(const struct cpumask *a, const struct cpumask *b)
{
	return a->bits[0] == b->bits[0];
}

static __always_inline bool cpumask_intersects(const struct cpumask *a, const struct cpumask *b)
{
	return (a->bits[0] & b->bits[0]) != 0;
}

static __always_inline bool cpumask_subset(const struct cpumask *a, const struct cpumask *b)
{
	return (a->bits[0] & ~b->bits[0]) == 0;
}

static __always_inline bool cpumask_empty(const struct cpumask *m)
{
	return READ_ONCE(m->bits[0]) == 0;
}

static __always_inline unsigned int cpumask_weight(const struct cpumask *m)
{
	return hweight64(m->bits[0]);
}

/* The first CPU of the word after @n (-1: from the start); nr_cpu_ids: none. */
static __always_inline unsigned int __cpumask_next_word(int n, unsigned long word)
{
	unsigned long rest = n >= NR_CPUS - 1 ? 0 : word & (~0UL << (n + 1));

	return rest ? (unsigned int)__builtin_ctzl(rest) : nr_cpu_ids;
}

static __always_inline unsigned int cpumask_next(int n, const struct cpumask *m)
{
	return __cpumask_next_word(n, READ_ONCE(m->bits[0]));
}

static __always_inline unsigned int cpumask_first(const struct cpumask *m)
{
	return cpumask_next(-1, m);
}

static __always_inline unsigned int cpumask_any(const struct cpumask *m)
{
	return cpumask_first(m);
}

static __always_inline unsigned int cpumask_first_and(const struct cpumask *a,
						      const struct cpumask *b)
{
	return __cpumask_next_word(-1, READ_ONCE(a->bits[0]) & READ_ONCE(b->bits[0]));
}
#define cpumask_any_and(a, b) cpumask_first_and((a), (b))

#define for_each_cpu(cpu, mask)                                                \
	for ((cpu) = cpumask_first(mask); (cpu) < nr_cpu_ids;                  \
	     (cpu) = cpumask_next((int)(cpu), (mask)))
#define for_each_possible_cpu(cpu) for ((cpu) = 0; (cpu) < nr_cpu_ids; (cpu)++)
#define for_each_present_cpu(cpu) for_each_possible_cpu(cpu)
#define for_each_online_cpu(cpu) for_each_cpu(cpu, cpu_online_mask)

#define num_possible_cpus() nr_cpu_ids
#define num_present_cpus() nr_cpu_ids
#define num_online_cpus() cpumask_weight(cpu_online_mask)
#define cpu_online(cpu) cpumask_test_cpu((cpu), cpu_online_mask)
#define cpu_possible(cpu) ((unsigned int)(cpu) < nr_cpu_ids)

static inline bool zalloc_cpumask_var(cpumask_var_t *mask, gfp_t flags)
{
	(void)flags;
	(*mask)[0].bits[0] = 0;
	return true;
}
#define alloc_cpumask_var(mask, flags) zalloc_cpumask_var((mask), (flags))

static inline void free_cpumask_var(cpumask_var_t mask)
{
	(void)mask;
}

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_CPUMASK_H */
