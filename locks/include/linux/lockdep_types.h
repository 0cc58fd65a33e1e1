/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LOCKDEP_TYPES_H
#define _LINUX_LOCKDEP_TYPES_H
/*
 * What a lock carries for the validator: its class, its name, what it is.
 *
 * A lock's class is its key: the address of a static lock_class_key, or of the
 * lock itself if it was initialised statically (key 0). Plain data, read by
 * the checkers from outside; nothing in the guest looks at it.
 */
#include <linux/types.h>

#define MAX_LOCKDEP_SUBCLASSES 8ul
/* The subclass for the second of two locks of one class, taken in an order of
 * the caller's own. */
#define SINGLE_DEPTH_NESTING 1

/* What may be held when a lock is taken: inner must not exceed outer. */
enum lockdep_wait_type {
	LD_WAIT_INV = 0, /* not checked */
	LD_WAIT_FREE,	 /* wait free: RCU readers */
	LD_WAIT_SPIN,	 /* spins: raw_spinlock_t */
	LD_WAIT_CONFIG,	 /* would sleep under PREEMPT_RT: spinlock_t */
	LD_WAIT_SLEEP,	 /* sleeps: struct mutex */
	LD_WAIT_MAX,
};

enum lockdep_lock_type {
	LD_LOCK_NORMAL = 0,
	LD_LOCK_PERCPU,
	LD_LOCK_WAIT_OVERRIDE,
	LD_LOCK_MAX,
};

struct lockdep_subclass_key {
	char __one_byte;
};

/* Static or otherwise never freed while a lock has it; its bytes are unused,
 * only their addresses count: subclass n is the address of subkeys[n]. */
struct lock_class_key {
	struct lockdep_subclass_key subkeys[MAX_LOCKDEP_SUBCLASSES];
};

struct lockdep_map {
	struct lock_class_key *key;
	const char *name;
	u8 wait_type_outer; /* what may be held when taking it; 0: as inner */
	u8 wait_type_inner; /* what it is */
	u8 lock_type;
	u8 subclass; /* set once for all, see lockdep_set_subclass() */
};

struct pin_cookie {
	unsigned int val;
};

#endif /* _LINUX_LOCKDEP_TYPES_H */
