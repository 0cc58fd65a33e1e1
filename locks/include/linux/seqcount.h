/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SEQCOUNT_H
#define _LINUX_SEQCOUNT_H
/*
 * Sequence counters: readers that never disturb the writer, and try again if
 * it disturbed them. Include <linux/seqlock.h>.
 *
 *	sequence even	nobody writes
 *	sequence odd	a write section is open
 *
 *	writer: write_seqcount_begin  s -> s+1 (odd);  _end  s+1 -> s+2 (even)
 *	reader: begin waits for even and notes it; retry: true if it moved on
 *
 * Writers must exclude each other and must not be preempted inside. The kinds
 * with a lock assert that it is held; the mutex kind turns preemption off.
 * Readers may see half-written data until read_seqcount_retry() says so:
 * follow no pointers between begin and retry.
 *
 * Order: begin, the reads between, retry, in this order; likewise the writes.
 * The surprising thing: a reader that interrupts the writer on its own CPU
 * waits for ever.
 * Unlike Linux: the kind is told by type comparison, not _Generic; the race
 * detector looks away from begin to retry, not for 1000 accesses.
 */
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/seqlock_types.h>
#include <asm/barrier.h>

#define __seqcount(s) ((seqcount_t *)(void *)(s))
#define __seqcount_const(s) ((const seqcount_t *)(const void *)(s))

/* Whether writers of this kind can be preempted under their lock. */
#define __seqprop_preemptible(s) __same_type(*(s), seqcount_mutex_t)

#define __seqprop_assert(s) do {					\
	if (__same_type(*(s), seqcount_raw_spinlock_t))			\
		lockdep_assert_held(((seqcount_raw_spinlock_t *)(void *)(s))->lock); \
	if (__same_type(*(s), seqcount_spinlock_t))			\
		lockdep_assert_held(((seqcount_spinlock_t *)(void *)(s))->lock); \
	if (__same_type(*(s), seqcount_rwlock_t))			\
		lockdep_assert_held(((seqcount_rwlock_t *)(void *)(s))->lock); \
	if (__same_type(*(s), seqcount_mutex_t))			\
		lockdep_assert_held(((seqcount_mutex_t *)(void *)(s))->lock); \
} while (0)

static inline void __seqcount_init(seqcount_t *s, const char *name, struct lock_class_key *key)
{
	lockdep_init_map(&s->dep_map, name, key, 0);
	WRITE_ONCE(s->sequence, 0u);
}

#define seqcount_init(s) do {						\
	static struct lock_class_key __key;				\
	__seqcount_init((s), #s, &__key);				\
} while (0)
#define __seqcount_lock_init(s, assoc) do {				\
	seqcount_init(__seqcount(s));					\
	(s)->lock = (assoc);						\
} while (0)
#define seqcount_raw_spinlock_init(s, lock) __seqcount_lock_init(s, lock)
#define seqcount_spinlock_init(s, lock)	    __seqcount_lock_init(s, lock)
#define seqcount_rwlock_init(s, lock)	    __seqcount_lock_init(s, lock)
#define seqcount_mutex_init(s, lock)	    __seqcount_lock_init(s, lock)

/* Readers. */

/* Interrupts off: a reader that a writer interrupts goes round again, and so it is
 * no mistake to read with interrupts on. */
static __always_inline void __seqcount_lockdep_reader(const seqcount_t *s)
{
	struct lockdep_map *map = (struct lockdep_map *)&s->dep_map;
	unsigned long flags;

	local_irq_save(flags);
	seqcount_acquire_read(map, 0, 0, _RET_IP_);
	seqcount_release(map, _RET_IP_);
	local_irq_restore(flags);
}

static __always_inline unsigned __seqcount_begin(const seqcount_t *s, bool wait)
{
	unsigned seq;

	while ((seq = READ_ONCE(s->sequence)) & 1) {
		if (!wait)
			break;
		cpu_relax();
	}
	smp_rmb();
	hw_announce(EV_DATA_RACE_OFF, s, 0, 0);
	return seq;
}

static __always_inline bool __seqcount_retry(const seqcount_t *s, unsigned start)
{
	hw_announce(EV_DATA_RACE_ON, s, 0, 0);
	smp_rmb();
	return unlikely(READ_ONCE(s->sequence) != start);
}

static __always_inline unsigned __read_seqcount_begin_checked(const seqcount_t *s)
{
	__seqcount_lockdep_reader(s);
	return __seqcount_begin(s, true);
}

#define __read_seqcount_begin(s)   __seqcount_begin(__seqcount_const(s), true)
#define raw_read_seqcount_begin(s) __seqcount_begin(__seqcount_const(s), true)
#define read_seqcount_begin(s)	   __read_seqcount_begin_checked(__seqcount_const(s))
/* Does not wait: if a write is open, retry will say so. */
#define raw_seqcount_begin(s)	   (__seqcount_begin(__seqcount_const(s), false) & ~1u)
#define raw_read_seqcount(s)	   __seqcount_begin(__seqcount_const(s), false)
#define read_seqcount_retry(s, start)	__seqcount_retry(__seqcount_const(s), start)
#define __read_seqcount_retry(s, start) __seqcount_retry(__seqcount_const(s), start)

/* Writers. */

static __always_inline void __raw_seqcount_write_begin(seqcount_t *s)
{
	hw_announce(EV_DATA_RACE_OFF, s, 0, 0);
	WRITE_ONCE(s->sequence, READ_ONCE(s->sequence) + 1);
	smp_wmb();
}

static __always_inline void __raw_seqcount_write_end(seqcount_t *s)
{
	smp_wmb();
	WRITE_ONCE(s->sequence, READ_ONCE(s->sequence) + 1);
	hw_announce(EV_DATA_RACE_ON, s, 0, 0);
}

static __always_inline void __seqcount_write_begin(seqcount_t *s, int subclass)
{
	seqcount_acquire(&s->dep_map, subclass, 0, _RET_IP_);
	__raw_seqcount_write_begin(s);
}

static __always_inline void __seqcount_write_end(seqcount_t *s)
{
	seqcount_release(&s->dep_map, _RET_IP_);
	__raw_seqcount_write_end(s);
}

#define write_seqcount_begin_nested(s, subclass) do {			\
	__seqprop_assert(s);						\
	if (__seqprop_preemptible(s))					\
		preempt_disable();					\
	else								\
		lockdep_assert_preemption_disabled();			\
	__seqcount_write_begin(__seqcount(s), subclass);		\
} while (0)
#define write_seqcount_begin(s) write_seqcount_begin_nested(s, 0)
#define write_seqcount_end(s) do {					\
	__seqcount_write_end(__seqcount(s));				\
	if (__seqprop_preemptible(s))					\
		preempt_enable();					\
} while (0)

#define raw_write_seqcount_begin(s) do {				\
	if (__seqprop_preemptible(s))					\
		preempt_disable();					\
	__raw_seqcount_write_begin(__seqcount(s));			\
} while (0)
#define raw_write_seqcount_end(s) do {					\
	__raw_seqcount_write_end(__seqcount(s));			\
	if (__seqprop_preemptible(s))					\
		preempt_enable();					\
} while (0)

static __always_inline void __seqcount_barrier(seqcount_t *s)
{
	WRITE_ONCE(s->sequence, READ_ONCE(s->sequence) + 1);
	smp_wmb();
	WRITE_ONCE(s->sequence, READ_ONCE(s->sequence) + 1);
}

static __always_inline void __seqcount_invalidate(seqcount_t *s)
{
	smp_wmb();
	WRITE_ONCE(s->sequence, READ_ONCE(s->sequence) + 2);
}

/* Two separately ordered groups of writes, with no section around them. */
#define raw_write_seqcount_barrier(s) __seqcount_barrier(__seqcount(s))
/* Readers that run now must try again. */
#define write_seqcount_invalidate(s) __seqcount_invalidate(__seqcount(s))

/* Latch. Writer: raw_write_seqcount_latch(), change copy 0, again, copy 1.
 * Reader: seq = raw_read_seqcount_latch(), read copy seq & 1, retry. */
#define seqcount_latch_init(s) seqcount_init(&(s)->seqcount)

static __always_inline unsigned raw_read_seqcount_latch(const seqcount_latch_t *s)
{
	return READ_ONCE(s->seqcount.sequence);
}

static __always_inline bool read_seqcount_latch_retry(const seqcount_latch_t *s, unsigned start)
{
	smp_rmb();
	return unlikely(READ_ONCE(s->seqcount.sequence) != start);
}

static __always_inline void raw_write_seqcount_latch(seqcount_latch_t *s)
{
	smp_wmb();
	WRITE_ONCE(s->seqcount.sequence, READ_ONCE(s->seqcount.sequence) + 1);
	smp_wmb();
}

#endif /* _LINUX_SEQCOUNT_H */
