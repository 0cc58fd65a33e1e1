/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SPINLOCK_TYPES_H
#define _LINUX_SPINLOCK_TYPES_H
/* spinlock_t: a raw_spinlock_t whose class may sleep under PREEMPT_RT, which
 * is all that tells them apart here. */
#include <linux/rwlock_types.h>
#include <linux/spinlock_types_raw.h>

#define LOCK_PADSIZE (__builtin_offsetof(struct raw_spinlock, dep_map))

typedef struct spinlock {
	union {
		struct raw_spinlock rlock;
		struct {
			u8 __padding[LOCK_PADSIZE];
			struct lockdep_map dep_map;
		};
	};
} spinlock_t;

#define __SPIN_LOCK_INITIALIZER(lockname) \
	{ { .rlock = __SPIN_LOCK_INITIALIZER_TYPE(lockname, LD_WAIT_CONFIG) } }
#define __SPIN_LOCK_UNLOCKED(lockname) (spinlock_t) __SPIN_LOCK_INITIALIZER(lockname)

#define DEFINE_SPINLOCK(x) spinlock_t x = __SPIN_LOCK_INITIALIZER(x)

#endif /* _LINUX_SPINLOCK_TYPES_H */
