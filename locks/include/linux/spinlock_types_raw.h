/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SPINLOCK_TYPES_RAW_H
#define _LINUX_SPINLOCK_TYPES_RAW_H
/*
 * raw_spinlock_t: a spinlock that spins whatever the kernel's configuration.
 *
 * Unlike Linux: no owner fields; who holds a lock is known from its events.
 */
#include <asm/spinlock_types.h>
#include <linux/lockdep_types.h>

#define SPINLOCK_MAGIC 0xdead4eadu

typedef struct raw_spinlock {
	arch_spinlock_t raw_lock;
	unsigned int magic;
	struct lockdep_map dep_map;
} raw_spinlock_t;

#define __SPIN_DEP_MAP_INIT(lockname, inner) \
	{ .key = 0, .name = #lockname, .wait_type_outer = 0, .wait_type_inner = (inner) }

#define __SPIN_LOCK_INITIALIZER_TYPE(lockname, inner) {			\
	.raw_lock = __ARCH_SPIN_LOCK_UNLOCKED,				\
	.magic = SPINLOCK_MAGIC,					\
	.dep_map = __SPIN_DEP_MAP_INIT(lockname, inner) }

#define __RAW_SPIN_LOCK_INITIALIZER(lockname) \
	__SPIN_LOCK_INITIALIZER_TYPE(lockname, LD_WAIT_SPIN)
#define __RAW_SPIN_LOCK_UNLOCKED(lockname) \
	(raw_spinlock_t) __RAW_SPIN_LOCK_INITIALIZER(lockname)

#define DEFINE_RAW_SPINLOCK(x) raw_spinlock_t x = __RAW_SPIN_LOCK_INITIALIZER(x)

#endif /* _LINUX_SPINLOCK_TYPES_RAW_H */
