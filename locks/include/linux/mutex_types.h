/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MUTEX_TYPES_H
#define _LINUX_MUTEX_TYPES_H
/* struct mutex. Rules: <linux/mutex.h>. */
#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/lockdep_types.h>
#include <linux/osq_lock.h>
#include <linux/spinlock_types_raw.h>

struct mutex {
	/* The owner, and three flags in its low bits: see locks/mutex.h. */
	atomic_long_t owner;
	raw_spinlock_t wait_lock;
	struct optimistic_spin_queue osq;
	struct list_head wait_list; /* guarded by wait_lock; first come first */
	void *magic;		    /* the mutex itself once initialised */
	struct lockdep_map dep_map;
};

#define __MUTEX_INITIALIZER(lockname) {					\
	.owner = ATOMIC_LONG_INIT(0),					\
	.wait_lock = __RAW_SPIN_LOCK_INITIALIZER(lockname.wait_lock),	\
	.osq = OSQ_LOCK_UNLOCKED,					\
	.wait_list = { &lockname.wait_list, &lockname.wait_list },	\
	.magic = &lockname,						\
	.dep_map = { .key = 0, .name = #lockname, .wait_type_outer = 0,	\
		     .wait_type_inner = LD_WAIT_SLEEP } }

#define DEFINE_MUTEX(mutexname) struct mutex mutexname = __MUTEX_INITIALIZER(mutexname)

#endif /* _LINUX_MUTEX_TYPES_H */
