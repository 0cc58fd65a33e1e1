/* SPDX-License-Identifier: MIT */
#ifndef _ASM_SPINLOCK_TYPES_H
#define _ASM_SPINLOCK_TYPES_H
/*
 * arch_spinlock_t: the word of a spinlock, in each of the four algorithms.
 *
 * The machine uses one algorithm for all locks, chosen at boot (spinlock=).
 * All zero is unlocked in every one. Initialise with __ARCH_SPIN_LOCK_UNLOCKED
 * and leave the members alone: locks/spin/ owns them.
 */
#include <linux/types.h>

struct qspinlock {
	union {
		atomic_t val;
		struct {
			u8 locked;
			u8 pending;
		};
		struct {
			u16 locked_pending;
			u16 tail;
		};
	};
};

struct ticket_lock {
	union {
		u32 both;
		struct {
			u16 owner;
			u16 next;
		};
	};
};

struct tas_lock {
	u32 locked;
};

/* A lock is a node too: see locks/spin/mcs.h. */
struct mcs_lock {
	struct mcs_lock *tail;
	struct mcs_lock *next;
};

typedef struct {
	union {
		struct qspinlock queued;
		struct ticket_lock ticket;
		struct tas_lock tas;
		struct mcs_lock mcs;
	};
} arch_spinlock_t;

#define __ARCH_SPIN_LOCK_UNLOCKED { { .mcs = { 0, 0 } } }

#endif /* _ASM_SPINLOCK_TYPES_H */
