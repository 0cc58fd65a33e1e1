/* SPDX-License-Identifier: MIT */
#ifndef LOCKS_SPIN_TAS_H
#define LOCKS_SPIN_TAS_H
/*
 * Test-and-set lock, with a test before each further test-and-set.
 *
 * L. Rudolph and Z. Segall, "Dynamic decentralized cache schemes for MIMD
 * parallel processors", ISCA 1984. Unfair: whoever comes at the right moment
 * takes it. Waiters read, so that the word stays shared until it is released.
 *
 *	locked: 0 -> 1 lock, 1 -> 0 unlock
 */
#include <asm/spinlock_types.h>
#include <linux/atomic.h>

static __always_inline bool tas_trylock(struct tas_lock *lock)
{
	return xchg_acquire(&lock->locked, 1u) == 0;
}

static __always_inline void tas_lock(struct tas_lock *lock)
{
	while (!tas_trylock(lock)) {
		while (READ_ONCE(lock->locked))
			cpu_relax();
	}
}

static __always_inline void tas_unlock(struct tas_lock *lock)
{
	smp_store_release(&lock->locked, 0u);
}

static __always_inline bool tas_is_locked(const struct tas_lock *lock)
{
	return READ_ONCE(lock->locked) != 0;
}

#endif /* LOCKS_SPIN_TAS_H */
