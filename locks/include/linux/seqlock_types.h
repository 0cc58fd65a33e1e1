/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SEQLOCK_TYPES_H
#define _LINUX_SEQLOCK_TYPES_H
/*
 * seqcount_t, its kinds that know the lock of their writers, and seqlock_t.
 *
 * Every kind begins with its seqcount_t, which is what the readers use.
 */
#include <linux/mutex_types.h>
#include <linux/spinlock_types.h>

typedef struct seqcount {
	unsigned sequence;
	struct lockdep_map dep_map;
} seqcount_t;

#define SEQCOUNT_ZERO(seqname) \
	{ .sequence = 0, .dep_map = { .key = 0, .name = #seqname } }
#define SEQCNT_ZERO(name) SEQCOUNT_ZERO(name)

/* The lock is what writers must hold; it is only asserted, never taken. */
typedef struct seqcount_raw_spinlock {
	seqcount_t seqcount;
	raw_spinlock_t *lock;
} seqcount_raw_spinlock_t;

typedef struct seqcount_spinlock {
	seqcount_t seqcount;
	spinlock_t *lock;
} seqcount_spinlock_t;

typedef struct seqcount_rwlock {
	seqcount_t seqcount;
	rwlock_t *lock;
} seqcount_rwlock_t;

typedef struct seqcount_mutex {
	seqcount_t seqcount;
	struct mutex *lock;
} seqcount_mutex_t;

#define __SEQCOUNT_LOCK_ZERO(name, assoc) \
	{ .seqcount = SEQCOUNT_ZERO(name), .lock = (assoc) }
#define SEQCNT_RAW_SPINLOCK_ZERO(name, lock) __SEQCOUNT_LOCK_ZERO(name, lock)
#define SEQCNT_SPINLOCK_ZERO(name, lock)     __SEQCOUNT_LOCK_ZERO(name, lock)
#define SEQCNT_RWLOCK_ZERO(name, lock)	     __SEQCOUNT_LOCK_ZERO(name, lock)
#define SEQCNT_MUTEX_ZERO(name, lock)	     __SEQCOUNT_LOCK_ZERO(name, lock)

/* Two copies of the data; readers of any context use the one at rest. */
typedef struct {
	seqcount_t seqcount;
} seqcount_latch_t;
#define SEQCNT_LATCH_ZERO(name) { .seqcount = SEQCOUNT_ZERO(name) }

typedef struct {
	seqcount_spinlock_t seqcount;
	spinlock_t lock;
} seqlock_t;

#define __SEQLOCK_UNLOCKED(lockname) {					\
	.seqcount = SEQCNT_SPINLOCK_ZERO(lockname, &(lockname).lock),	\
	.lock = __SPIN_LOCK_INITIALIZER(lockname) }
#define DEFINE_SEQLOCK(sl) seqlock_t sl = __SEQLOCK_UNLOCKED(sl)

#endif /* _LINUX_SEQLOCK_TYPES_H */
