/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_OSQ_LOCK_H
#define _LINUX_OSQ_LOCK_H
/*
 * The queue of those who spin for a sleeping lock instead of sleeping, one at
 * a time at the lock itself: an MCS lock that can be given up.
 *
 *	tail: CPU + 1 of the last in the queue, 0 if it is empty
 *
 * Context: task, preemption disabled. Locks: struct mutex, struct rw_semaphore.
 */
#include <linux/atomic.h>

#ifdef __cplusplus
extern "C" {
#endif

struct optimistic_spin_queue {
	atomic_t tail;
};

#define OSQ_UNLOCKED_VAL 0
#define OSQ_LOCK_UNLOCKED { ATOMIC_INIT(OSQ_UNLOCKED_VAL) }

static inline void osq_lock_init(struct optimistic_spin_queue *lock)
{
	atomic_set(&lock->tail, OSQ_UNLOCKED_VAL);
}

static __always_inline bool osq_is_locked(struct optimistic_spin_queue *lock)
{
	return atomic_read(&lock->tail) != OSQ_UNLOCKED_VAL;
}

/* False if this CPU should reschedule instead: it is not in the queue then. */
bool osq_lock(struct optimistic_spin_queue *lock);
void osq_unlock(struct optimistic_spin_queue *lock);

/* Do mutexes and rwsems spin while their owner runs? Boot parameter osq=0: no. */
bool osq_spinning(void);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_OSQ_LOCK_H */
