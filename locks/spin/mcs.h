/* SPDX-License-Identifier: MIT */
#ifndef LOCKS_SPIN_MCS_H
#define LOCKS_SPIN_MCS_H
/*
 * MCS lock, K42's variant: a queue of waiters, each of which spins on a node
 * of its own.
 *
 * J. M. Mellor-Crummey and M. L. Scott, "Algorithms for scalable
 * synchronization on shared-memory multiprocessors", ACM TOCS 9(1), 1991. The
 * original hands the node of lock() to unlock(), and spin_unlock() has no such
 * argument. K42's variant (M. L. Scott, "Shared-Memory Synchronization",
 * Morgan & Claypool 2013, section 4.3.1) needs the node only while waiting:
 * the lock is itself a node, which stands in the queue for its holder.
 *
 *	(tail, next)	 meaning, for lock q and waiters a, b
 *	(0, -)		 free
 *	(q, -)		 held, nobody waits
 *	(a, a)		 held, a waits
 *	(b, a)		 held, a waits, then b
 *
 * In a waiter's node, tail is MCS_WAITING until it is told to go.
 */
#include <asm/spinlock_types.h>
#include <linux/atomic.h>

#define MCS_WAITING ((struct mcs_lock *)1)

static __always_inline bool mcs_trylock(struct mcs_lock *q)
{
	/* 0 -> q */
	return cmpxchg_acquire(&q->tail, (struct mcs_lock *)0, q) == 0;
}

/* We hold q, our node stands first in the queue: let the lock take its place. */
static __always_inline void mcs_leave_queue(struct mcs_lock *q, struct mcs_lock *node)
{
	struct mcs_lock *successor = READ_ONCE(node->next);

	if (!successor) {
		WRITE_ONCE(q->next, (struct mcs_lock *)0);
		/* node -> q: nobody waits behind us */
		if (cmpxchg(&q->tail, node, q) == node)
			return;
		/* Somebody is behind us and about to say so. */
		successor = smp_cond_load_relaxed(&node->next, VAL);
	}
	WRITE_ONCE(q->next, successor);
}

static __always_inline void mcs_lock(struct mcs_lock *q)
{
	struct mcs_lock node, *prev;

	for (;;) {
		prev = READ_ONCE(q->tail);
		if (!prev) {
			if (mcs_trylock(q))
				return;
			continue;
		}
		WRITE_ONCE(node.tail, MCS_WAITING);
		WRITE_ONCE(node.next, (struct mcs_lock *)0);
		/* prev -> node: we are in line, behind prev or behind q itself */
		if (cmpxchg(&q->tail, prev, &node) == prev)
			break;
	}
	WRITE_ONCE(prev->next, &node);
	smp_cond_load_acquire(&node.tail, VAL != MCS_WAITING);
	mcs_leave_queue(q, &node);
}

static __always_inline void mcs_unlock(struct mcs_lock *q)
{
	struct mcs_lock *successor = READ_ONCE(q->next);

	if (!successor) {
		/* q -> 0: nobody waits */
		if (cmpxchg_release(&q->tail, q, (struct mcs_lock *)0) == q)
			return;
		successor = smp_cond_load_relaxed(&q->next, VAL);
	}
	smp_store_release(&successor->tail, (struct mcs_lock *)0);
}

static __always_inline bool mcs_is_locked(const struct mcs_lock *q)
{
	return READ_ONCE(q->tail) != 0;
}

static __always_inline bool mcs_is_contended(const struct mcs_lock *q)
{
	const struct mcs_lock *tail = READ_ONCE(q->tail);

	return tail && tail != q;
}

#endif /* LOCKS_SPIN_MCS_H */
