/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RWLOCK_TYPES_H
#define _LINUX_RWLOCK_TYPES_H
/* rwlock_t. Unlike Linux: no owner fields, see <linux/spinlock_types_raw.h>. */
#include <asm/rwlock.h>
#include <linux/lockdep_types.h>

#define RWLOCK_MAGIC 0xdeaf1eedu

typedef struct {
	arch_rwlock_t raw_lock;
	unsigned int magic;
	struct lockdep_map dep_map;
} rwlock_t;

#define __RW_LOCK_INITIALIZER(lockname) {				\
	.raw_lock = __ARCH_RW_LOCK_UNLOCKED,				\
	.magic = RWLOCK_MAGIC,						\
	.dep_map = { .key = 0, .name = #lockname, .wait_type_outer = 0,	\
		     .wait_type_inner = LD_WAIT_CONFIG } }
#define __RW_LOCK_UNLOCKED(lockname) (rwlock_t) __RW_LOCK_INITIALIZER(lockname)

#define DEFINE_RWLOCK(x) rwlock_t x = __RW_LOCK_INITIALIZER(x)

#endif /* _LINUX_RWLOCK_TYPES_H */
