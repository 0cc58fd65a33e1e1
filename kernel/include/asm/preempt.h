/* SPDX-License-Identifier: MIT */
#ifndef _ASM_PREEMPT_H
#define _ASM_PREEMPT_H
/*
 * The word that <linux/preempt.h> counts in: single instructions on the
 * thread_info of `current`. They are no steps and no hook sees them, so nothing
 * comes between finding the task and changing its word.
 *
 * Bit 31 is need-resched, inverted as on x86: the word is 0 exactly if
 * preemption is enabled and somebody asked for a reschedule.
 */
#include "cpu/hw.h"

#ifndef __x86_64__
#error "preempt_count needs the instructions of this architecture"
#endif

#define PREEMPT_NEED_RESCHED 0x80000000u
#define PREEMPT_ENABLED PREEMPT_NEED_RESCHED

#define __CURRENT_TO(reg)                                                      \
	"movq hw_current@gottpoff(%%rip), %" #reg "\n\t"                       \
	"movq %%fs:(%" #reg "), %" #reg "\n\t"

/* The whole word, bit 31 included. */
static inline __attribute__((always_inline)) unsigned int __preempt_word(void)
{
	unsigned long task;
	unsigned int word;

	__asm__ __volatile__(__CURRENT_TO(0) "movl (%0), %1"
			     : "=&r"(task), "=r"(word) : : "memory");
	return word;
}

/* Adds, modulo 2^32, and returns the word after. */
static inline __attribute__((always_inline)) unsigned int __preempt_word_add(unsigned int value)
{
	unsigned long task;
	unsigned int before = value;

	__asm__ __volatile__(__CURRENT_TO(0) "xaddl %1, (%0)"
			     : "=&r"(task), "+r"(before) : : "memory", "cc");
	return before + value;
}

static inline __attribute__((always_inline)) void __preempt_word_set(unsigned int word)
{
	unsigned long task;

	__asm__ __volatile__(__CURRENT_TO(0) "movl %1, (%0)"
			     : "=&r"(task) : "r"(word) : "memory");
}

static inline __attribute__((always_inline)) void __preempt_word_and(unsigned int mask)
{
	unsigned long task;

	__asm__ __volatile__(__CURRENT_TO(0) "andl %1, (%0)"
			     : "=&r"(task) : "r"(mask) : "memory", "cc");
}

static inline __attribute__((always_inline)) void __preempt_word_or(unsigned int mask)
{
	unsigned long task;

	__asm__ __volatile__(__CURRENT_TO(0) "orl %1, (%0)"
			     : "=&r"(task) : "r"(mask) : "memory", "cc");
}

#endif /* _ASM_PREEMPT_H */
