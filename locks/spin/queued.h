/* SPDX-License-Identifier: MIT */
#ifndef LOCKS_SPIN_QUEUED_H
#define LOCKS_SPIN_QUEUED_H
/*
 * Queued spinlock: an MCS queue squeezed into 32 bits, as Linux's
 * kernel/locking/qspinlock.c (P. Zijlstra, W. Long, 2015).
 *
 *	bits  0-7   locked
 *	bit   8     pending (of a byte)
 *	bits 16-17  tail: which of the CPU's nodes
 *	bits 18-31  tail: CPU + 1
 *
 * The word is written as (tail, pending, locked), x: any.
 *
 *	free	   (0,0,0)
 *	1st locker (0,0,0) -> (0,0,1)				     fast path
 *	2nd	   (0,0,1) -> (0,1,1), waits for (0,1,0) -> (0,0,1)  [1]
 *	3rd, ...   (n,x,y) -> (m,x,y), waits for its turn in the queue,
 *		   then for (m,0,0) -> (0,0,1), or (*,0,0) -> (*,0,1) [2]
 *	unlock	   (x,x,1) -> (x,x,0)
 *
 * A CPU waits in at most four contexts at once: task, softirq, hardirq, NMI.
 * Hence four nodes; a fifth level, which nothing here prevents, spins unfairly.
 * The surprising thing: the pending waiter owns no node, so two CPUs never
 * touch the queue; and a newcomer may take a lock that a queue waits for in
 * the moment between unlock and the head's step.
 */
#include <asm/spinlock_types.h>
#include <linux/atomic.h>

#define _Q_LOCKED_VAL	    1u
#define _Q_LOCKED_MASK	    0xffu
#define _Q_PENDING_VAL	    (1u << 8)
#define _Q_PENDING_MASK	    0xff00u
#define _Q_LOCKED_PENDING_MASK (_Q_LOCKED_MASK | _Q_PENDING_MASK)
#define _Q_TAIL_OFFSET	    16
#define _Q_TAIL_IDX_MASK    0x30000u
#define _Q_TAIL_CPU_OFFSET  18
#define _Q_TAIL_MASK	    0xffff0000u
#define _Q_PENDING_LOOPS    512

#define _Q_MAX_NODES 4

struct qnode {
	struct qnode *next;
	int locked;
	int count; /* of the CPU's first node only: nodes in use */
};

static struct qnode qnodes[HW_CPUS_MAX][_Q_MAX_NODES];

static __always_inline u32 encode_tail(unsigned int cpu, int idx)
{
	return (cpu + 1) << _Q_TAIL_CPU_OFFSET | (u32)idx << _Q_TAIL_OFFSET;
}

static __always_inline struct qnode *decode_tail(u32 tail)
{
	unsigned int cpu = (tail >> _Q_TAIL_CPU_OFFSET) - 1;

	return &qnodes[cpu][(tail & _Q_TAIL_IDX_MASK) >> _Q_TAIL_OFFSET];
}

/* (0,0,0) -> (0,0,1) */
static __always_inline bool queued_trylock(struct qspinlock *lock)
{
	int val = atomic_read(&lock->val);

	if (val)
		return false;
	return atomic_try_cmpxchg_acquire(&lock->val, &val, (int)_Q_LOCKED_VAL);
}

/*
 * Waits at the head of the queue, having come with `tail`, and takes the lock.
 * Returns true if others queue behind us.
 */
static __always_inline bool queued_head(struct qspinlock *lock, u32 tail)
{
	int val = smp_cond_load_acquire(&lock->val.counter, !((u32)VAL & _Q_LOCKED_PENDING_MASK));

	/*
	 * [2] If we are the last: (m,0,0) -> (0,0,1). It fails if somebody
	 * queues up behind us meanwhile, or takes the pending bit.
	 */
	if (((u32)val & _Q_TAIL_MASK) == tail &&
	    atomic_try_cmpxchg_relaxed(&lock->val, &val, (int)_Q_LOCKED_VAL))
		return false;
	/* (*,0,0) -> (*,0,1): nobody but the head does that. */
	WRITE_ONCE(lock->locked, (u8)_Q_LOCKED_VAL);
	return true;
}

static __always_inline void queued_queue(struct qspinlock *lock)
{
	unsigned int cpu = hw_cpu_id();
	int idx = qnodes[cpu][0].count++;
	struct qnode *node = &qnodes[cpu][idx & (_Q_MAX_NODES - 1)], *prev, *next = 0;
	u32 tail = encode_tail(cpu, idx), old;

	if (idx >= _Q_MAX_NODES) {
		while (!queued_trylock(lock))
			cpu_relax();
		goto release;
	}
	/* An interrupt that comes before count is written has come and gone. */
	barrier();
	WRITE_ONCE(node->locked, 0);
	WRITE_ONCE(node->next, (struct qnode *)0);

	/* The lock may have become free while we prepared. */
	if (queued_trylock(lock))
		goto release;

	/* The node is ready before anybody can find it: (n,x,y) -> (m,x,y) */
	smp_wmb();
	old = (u32)xchg_relaxed(&lock->tail, (u16)(tail >> _Q_TAIL_OFFSET)) << _Q_TAIL_OFFSET;
	if (old) {
		prev = decode_tail(old);
		WRITE_ONCE(prev->next, node);
		smp_cond_load_acquire(&node->locked, VAL);
		next = READ_ONCE(node->next);
	}
	if (queued_head(lock, tail)) {
		if (!next)
			next = smp_cond_load_relaxed(&node->next, VAL);
		smp_store_release(&next->locked, 1);
	}
release:
	qnodes[cpu][0].count--;
}

static noinline __no_tick void queued_lock_slowpath(struct qspinlock *lock, u32 val)
{
	int loops = _Q_PENDING_LOOPS;

	/* (0,1,0): a hand-over to the pending waiter is under way, let it pass. */
	if (val == _Q_PENDING_VAL)
		val = (u32)smp_cond_load_relaxed(&lock->val.counter,
						 (u32)VAL != _Q_PENDING_VAL || !loops--);

	/* Others wait already. */
	if (val & ~_Q_LOCKED_MASK) {
		queued_queue(lock);
		return;
	}

	/* [1] (0,0,1) -> (0,1,1), or (0,0,0) -> (0,1,0) */
	val = (u32)atomic_fetch_or_acquire((int)_Q_PENDING_VAL, &lock->val);
	if (val & ~_Q_LOCKED_MASK) {
		/* Too late. If the pending bit was ours alone, undo it. */
		if (!(val & _Q_PENDING_MASK))
			WRITE_ONCE(lock->pending, (u8)0);
		queued_queue(lock);
		return;
	}
	/* (0,1,1) -> (0,1,0) is the holder's; (0,1,0) -> (0,0,1) ours. */
	if (val & _Q_LOCKED_MASK)
		smp_cond_load_acquire(&lock->locked, !VAL);
	WRITE_ONCE(lock->locked_pending, (u16)_Q_LOCKED_VAL);
}

static __always_inline void queued_lock(struct qspinlock *lock)
{
	int val = 0;

	if (atomic_try_cmpxchg_acquire(&lock->val, &val, (int)_Q_LOCKED_VAL))
		return;
	queued_lock_slowpath(lock, (u32)val);
}

static __always_inline void queued_unlock(struct qspinlock *lock)
{
	/* (x,x,1) -> (x,x,0) */
	smp_store_release(&lock->locked, (u8)0);
}

static __always_inline bool queued_is_locked(const struct qspinlock *lock)
{
	/* Somebody waiting is as good as locked. */
	return atomic_read(&lock->val) != 0;
}

static __always_inline bool queued_is_contended(const struct qspinlock *lock)
{
	return ((u32)atomic_read(&lock->val) & ~_Q_LOCKED_MASK) != 0;
}

#endif /* LOCKS_SPIN_QUEUED_H */
