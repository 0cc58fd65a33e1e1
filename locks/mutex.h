// SPDX-License-Identifier: MIT
// Inside struct mutex: what mutex.cpp, mutex_spin.cpp and ww_mutex.cpp share.
//
// owner is the owning task with three flags in its low bits:
//
//	WAITERS	 the wait list is not empty: unlock must wake
//	HANDOFF	 the first waiter was woken in vain: unlock must give it away
//	PICKUP	 given to the task in owner, which has not seen it yet
//
//	(task, flags)
//	(0, 0)	     -> (me, 0)			lock
//	(0, W)	     -> (me, W)			lock, waiters asleep
//	(t, W)	     -> (t, W|H)		first waiter, not for the first time
//	(me, 0 or W) -> (0, 0 or W)		unlock
//	(me, W|H)    -> (first, W|P)		unlock, hand-over
//	(me, W|P)    -> (me, W)			the first waiter picks it up
#pragma once

#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

struct ww_acquire_ctx;

struct mutex_waiter {
	struct list_head list;
	struct task_struct *task;
	struct ww_acquire_ctx *ww_ctx; // of a ww_mutex, else null
};

constexpr long MUTEX_FLAG_WAITERS = 1;
constexpr long MUTEX_FLAG_HANDOFF = 2;
constexpr long MUTEX_FLAG_PICKUP = 4;
constexpr long MUTEX_FLAGS = 7;

static __always_inline struct task_struct *__owner_task(long owner)
{
	return reinterpret_cast<struct task_struct *>(owner & ~MUTEX_FLAGS);
}

static __always_inline long __owner_flags(long owner) { return owner & MUTEX_FLAGS; }

static __always_inline struct task_struct *__mutex_owner(struct mutex *lock)
{
	return __owner_task(atomic_long_read(&lock->owner));
}

// guarded by wait_lock
static __always_inline struct mutex_waiter *__mutex_first_waiter(struct mutex *lock)
{
	return list_first_entry_or_null(&lock->wait_list, struct mutex_waiter, list);
}

// Takes the mutex if it is free or handed to us: null. Else its owner; with
// `handoff`, having asked for the hand-over.
struct task_struct *__mutex_trylock_common(struct mutex *lock, bool handoff);

// The same, announced at once: nothing may come between. True if it is ours.
static __always_inline bool __mutex_take(struct mutex *lock, bool handoff, unsigned long ip)
{
	if (__mutex_trylock_common(lock, handoff))
		return false;
	lock_acquired(&lock->dep_map, ip);
	return true;
}

// Spins while the owner runs; true if the mutex is ours, and announced so. `waiter` is that of
// the first in the wait list, or null for one that comes from outside.
bool mutex_optimistic_spin(struct mutex *lock, struct ww_acquire_ctx *ctx,
			   struct mutex_waiter *waiter, unsigned long ip);

// Behind `before` (in wait_list's order: in front of that entry).
void __mutex_add_waiter(struct mutex *lock, struct mutex_waiter *waiter,
			struct list_head *before);

// All locking functions. ctx: of a ww_mutex, else null. 0 or an error.
int __mutex_lock_common(struct mutex *lock, unsigned int state, unsigned int subclass,
			struct lockdep_map *nest_lock, unsigned long ip,
			struct ww_acquire_ctx *ctx, bool use_ww_ctx);
void __mutex_unlock(struct mutex *lock, unsigned long ip);

void debug_mutex_check(struct mutex *lock);
