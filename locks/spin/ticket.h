/* SPDX-License-Identifier: MIT */
#ifndef LOCKS_SPIN_TICKET_H
#define LOCKS_SPIN_TICKET_H
/*
 * Ticket lock: take a number, wait until it is called. First come, first
 * served; all waiters watch the same word.
 *
 * D. P. Reed and R. K. Kanodia, "Synchronization with eventcounts and
 * sequencers", CACM 22(2), 1979; as a spinlock: J. M. Mellor-Crummey and
 * M. L. Scott, ACM TOCS 9(1), 1991, section 2.2.
 *
 *	(next, owner)	free when equal
 *	lock:	n, o -> n+1, o	and wait for (?, n)
 *	unlock:	n, o -> n, o+1
 *
 * Both are 16 bits and wrap; that many CPUs there are not.
 */
#include <asm/spinlock_types.h>
#include <linux/atomic.h>

#define TICKET_NEXT_SHIFT 16
#define TICKET_NEXT_ONE	  (1u << TICKET_NEXT_SHIFT)

static __always_inline void ticket_lock(struct ticket_lock *lock)
{
	u32 old = (u32)hw_rmw(HW_ADD, &lock->both, sizeof(lock->both), TICKET_NEXT_ONE,
			      HW_ACQUIRE);
	u16 ticket = (u16)(old >> TICKET_NEXT_SHIFT);

	if ((u16)old == ticket)
		return;
	smp_cond_load_acquire(&lock->owner, VAL == ticket);
}

static __always_inline bool ticket_trylock(struct ticket_lock *lock)
{
	u32 old = READ_ONCE(lock->both);

	if ((old >> TICKET_NEXT_SHIFT) != (old & 0xffff))
		return false;
	return try_cmpxchg_acquire(&lock->both, &old, old + TICKET_NEXT_ONE);
}

static __always_inline void ticket_unlock(struct ticket_lock *lock)
{
	/* Only the holder writes owner. */
	u16 owner = READ_ONCE(lock->owner);

	smp_store_release(&lock->owner, (u16)(owner + 1));
}

static __always_inline bool ticket_is_locked(const struct ticket_lock *lock)
{
	u32 both = READ_ONCE(lock->both);

	return (both >> TICKET_NEXT_SHIFT) != (both & 0xffff);
}

static __always_inline bool ticket_is_contended(const struct ticket_lock *lock)
{
	u32 both = READ_ONCE(lock->both);

	return (u16)((both >> TICKET_NEXT_SHIFT) - both) > 1;
}

#endif /* LOCKS_SPIN_TICKET_H */
