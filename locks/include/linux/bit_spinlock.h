/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BIT_SPINLOCK_H
#define _LINUX_BIT_SPINLOCK_H
/*
 * A spinlock in one bit of a word that has other uses: where a spinlock_t in every
 * element would cost too much (buckets of a hash table).
 *
 *	state	bit_spin_lock	bit_spin_trylock   bit_spin_unlock
 *	0	-> 1		-> 1, true	   BUG
 *	1	spins		false		   -> 0
 *
 * Preemption is off while it is held. All other bits of the word must be changed
 * atomically (set_bit(), ...), or with the lock held and __bit_spin_unlock(), which
 * in Linux is a plain store, by nobody else at all.
 *
 * Order: lock is an acquire, unlock a release.
 * The surprising thing: lockdep does not see it: no recursion, no order and no
 * context is reported; a deadlock is, when it happens. It is not fair, and there
 * are no _irq forms: turn interrupts off yourself if a handler takes it.
 */
#include <asm/processor.h>
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/preempt.h>

static inline void bit_spin_lock(int bitnum, unsigned long *addr)
{
	preempt_disable();
	while (unlikely(test_and_set_bit_lock(bitnum, addr))) {
		preempt_enable();
		do {
			cpu_relax();
		} while (test_bit(bitnum, addr));
		preempt_disable();
	}
}

static inline int bit_spin_trylock(int bitnum, unsigned long *addr)
{
	preempt_disable();
	if (likely(!test_and_set_bit_lock(bitnum, addr)))
		return 1;
	preempt_enable();
	return 0;
}

static inline void bit_spin_unlock(int bitnum, unsigned long *addr)
{
	BUG_ON(!test_bit(bitnum, addr));
	clear_bit_unlock(bitnum, addr);
	preempt_enable();
}

static inline void __bit_spin_unlock(int bitnum, unsigned long *addr)
{
	BUG_ON(!test_bit(bitnum, addr));
	__clear_bit_unlock(bitnum, addr);
	preempt_enable();
}

static inline int bit_spin_is_locked(int bitnum, unsigned long *addr)
{
	return test_bit(bitnum, addr);
}

#endif /* _LINUX_BIT_SPINLOCK_H */
