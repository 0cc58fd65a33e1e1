/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H
/*
 * What runs here, and may it be preempted: preempt_count, with Linux's layout.
 *
 *	bits  0-7	preempt_disable() depth
 *	bits  8-15	softirq: 0x100 serving one, 0x200 per local_bh_disable()
 *	bits 16-19	hardirq depth
 *	bits 20-23	NMI depth
 *
 * A task is preempted only while all of it is 0, interrupts are on, and the
 * model chosen at boot is preempt=full. The word is counted in every model.
 * Turning it off and on again is announced.
 *
 * Unlike Linux: the word lives in the task, not in the CPU; the values are those
 * of a kernel without PREEMPT_RT.
 */
#include <asm/preempt.h>
#include <linux/compiler.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PREEMPT_BITS 8
#define SOFTIRQ_BITS 8
#define HARDIRQ_BITS 4
#define NMI_BITS 4

#define PREEMPT_SHIFT 0
#define SOFTIRQ_SHIFT (PREEMPT_SHIFT + PREEMPT_BITS)
#define HARDIRQ_SHIFT (SOFTIRQ_SHIFT + SOFTIRQ_BITS)
#define NMI_SHIFT (HARDIRQ_SHIFT + HARDIRQ_BITS)

#define PREEMPT_MASK 0x000000ffu
#define SOFTIRQ_MASK 0x0000ff00u
#define HARDIRQ_MASK 0x000f0000u
#define NMI_MASK 0x00f00000u

#define PREEMPT_OFFSET (1u << PREEMPT_SHIFT)
#define SOFTIRQ_OFFSET (1u << SOFTIRQ_SHIFT)
#define HARDIRQ_OFFSET (1u << HARDIRQ_SHIFT)
#define NMI_OFFSET (1u << NMI_SHIFT)
#define SOFTIRQ_DISABLE_OFFSET (2 * SOFTIRQ_OFFSET)
#define PREEMPT_DISABLE_OFFSET PREEMPT_OFFSET
#define PREEMPT_LOCK_OFFSET PREEMPT_DISABLE_OFFSET
#define SOFTIRQ_LOCK_OFFSET (SOFTIRQ_DISABLE_OFFSET + PREEMPT_LOCK_OFFSET)

#define PREEMPT_DISABLED (PREEMPT_DISABLE_OFFSET + PREEMPT_ENABLED)
#define INIT_PREEMPT_COUNT PREEMPT_OFFSET
/* A new task starts inside the switch to it: schedule()'s own, and its lock's. */
#define FORK_PREEMPT_COUNT (2 * PREEMPT_DISABLE_OFFSET + PREEMPT_ENABLED)

#define preempt_count() ((int)(__preempt_word() & ~PREEMPT_NEED_RESCHED))
#define nmi_count() ((unsigned int)preempt_count() & NMI_MASK)
#define hardirq_count() ((unsigned int)preempt_count() & HARDIRQ_MASK)
#define softirq_count() ((unsigned int)preempt_count() & SOFTIRQ_MASK)
#define irq_count() ((unsigned int)preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_MASK))

#define in_nmi() (nmi_count() != 0)
#define in_hardirq() (hardirq_count() != 0)
#define in_serving_softirq() ((softirq_count() & SOFTIRQ_OFFSET) != 0)
#define in_task()                                                              \
	(!((unsigned int)preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET)))
#define in_irq() in_hardirq()
#define in_softirq() (softirq_count() != 0)
#define in_interrupt() (irq_count() != 0)
#define in_atomic() (preempt_count() != 0)
#define in_atomic_preempt_off() (preempt_count() != (int)PREEMPT_DISABLE_OFFSET)
#define preemptible() (preempt_count() == 0 && hw_irq_flags() != 0)

/* 0 task, 1 softirq, 2 hardirq, 3 NMI */
static __always_inline unsigned char interrupt_context_level(void)
{
	unsigned int pc = (unsigned int)preempt_count();
	unsigned char level = 0;

	level += !!(pc & NMI_MASK);
	level += !!(pc & (NMI_MASK | HARDIRQ_MASK));
	level += !!(pc & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET));
	return level;
}

#define preempt_count_add(val) ((void)__preempt_word_add((unsigned int)(val)))
#define preempt_count_sub(val) ((void)__preempt_word_add(0u - (unsigned int)(val)))
#define preempt_count_set(val)                                                 \
	__preempt_word_set((__preempt_word() & PREEMPT_NEED_RESCHED) | (unsigned int)(val))
#define __preempt_count_add(val) preempt_count_add(val)
#define __preempt_count_sub(val) preempt_count_sub(val)
#define set_preempt_need_resched() __preempt_word_and(~PREEMPT_NEED_RESCHED)
#define clear_preempt_need_resched() __preempt_word_or(PREEMPT_NEED_RESCHED)
#define test_preempt_need_resched() (!(__preempt_word() & PREEMPT_NEED_RESCHED))
#define should_resched(offset) (__preempt_word() == (unsigned int)(offset))

/* Called when the word becomes 0; does something with preempt=full only. */
void preempt_schedule(void);
/* The models: "none", "voluntary", "full". */
bool preempt_model_none(void);
bool preempt_model_voluntary(void);
bool preempt_model_full(void);

static __always_inline void __preempt_off(const void *ip)
{
	if ((__preempt_word_add(1) & PREEMPT_MASK) == 1)
		hw_announce(EV_PREEMPT_OFF, NULL, 0, ip);
}

/* Returns the word after: 0 asks for preempt_schedule(). */
static __always_inline unsigned int __preempt_on(const void *ip)
{
	unsigned int word = __preempt_word_add(-1u);

	if (!(word & PREEMPT_MASK))
		hw_announce(EV_PREEMPT_ON, NULL, 0, ip);
	return word;
}

/**
 * preempt_disable - stay on this CPU, running, until preempt_enable()
 *
 * Nests. Context: any; must not sleep inside.
 */
#define preempt_disable() __preempt_off((const void *)_THIS_IP_)
#define preempt_enable()                                                       \
	do {                                                                   \
		if (unlikely(!__preempt_on((const void *)_THIS_IP_)))          \
			preempt_schedule();                                    \
	} while (0)
#define preempt_enable_no_resched() ((void)__preempt_on((const void *)_THIS_IP_))
#define sched_preempt_enable_no_resched() preempt_enable_no_resched()
#define preempt_check_resched()                                                \
	do {                                                                   \
		if (should_resched(0))                                         \
			preempt_schedule();                                    \
	} while (0)
#define preempt_disable_notrace() preempt_count_add(1)
#define preempt_enable_no_resched_notrace() preempt_count_sub(1)
#define preempt_enable_notrace()                                               \
	do {                                                                   \
		if (unlikely(!__preempt_word_add(-1u)))                        \
			preempt_schedule();                                    \
	} while (0)

/* Stay on this CPU; may be preempted and may sleep. Nests. Tasks only. */
void migrate_disable(void);
void migrate_enable(void);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_PREEMPT_H */
