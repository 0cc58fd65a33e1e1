/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RTMUTEX_H
#define _LINUX_RTMUTEX_H
/*
 * rt_mutex: a mutex whose owner runs at the priority of the best task that
 * waits for it (priority inheritance), through any chain of such mutexes. So a
 * task of middle priority cannot keep the owner from finishing while a better
 * one waits.
 *
 *	state	   rt_mutex_lock	     rt_mutex_unlock
 *	unlocked   -> ours		     reported
 *	another's  sleeps; the owner gets    reported, nothing happens
 *		   our priority if better
 *	ours	   deadlock, reported	     -> unlocked; the best waiter is woken;
 *					     what was inherited through it ends
 *
 * Waiters get it in order of priority, then of arrival; a task better than all
 * waiters may take it before them.
 * Context, order, misuse: as struct mutex, <linux/mutex.h>.
 *
 * Unlike Linux: all priority chains are guarded by one lock, not hand over hand;
 * changing a sleeping waiter's priority by hand takes effect when it next wakes.
 */
#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/lockdep.h>

#ifdef __cplusplus
extern "C" {
#endif

struct task_struct;

struct rt_mutex_base {
	/* The owning task | 1 if somebody waits; 0 | 1: being handed over. */
	atomic_long_t owner;
	/* guarded by the chain lock: */
	struct list_head waiters;  /* best first */
	struct list_head pi_entry; /* in the owner's pi_waiters while somebody waits */
};

struct rt_mutex {
	struct rt_mutex_base rtmutex;
	struct lockdep_map dep_map;
};

#define __RT_MUTEX_BASE_INITIALIZER(base) {				\
	.owner = ATOMIC_LONG_INIT(0),					\
	.waiters = { &(base).waiters, &(base).waiters },		\
	.pi_entry = { &(base).pi_entry, &(base).pi_entry } }
#define __RT_MUTEX_INITIALIZER(mutexname) {				\
	.rtmutex = __RT_MUTEX_BASE_INITIALIZER(mutexname.rtmutex),	\
	.dep_map = { .key = 0, .name = #mutexname, .wait_type_outer = 0, \
		     .wait_type_inner = LD_WAIT_SLEEP } }
#define DEFINE_RT_MUTEX(mutexname) \
	struct rt_mutex mutexname = __RT_MUTEX_INITIALIZER(mutexname)

#define rt_mutex_init(mutex) do {					\
	static struct lock_class_key __key;				\
	__rt_mutex_init((mutex), #mutex, &__key);			\
} while (0)
void __rt_mutex_init(struct rt_mutex *lock, const char *name, struct lock_class_key *key);
void rt_mutex_destroy(struct rt_mutex *lock);

void rt_mutex_lock_nested(struct rt_mutex *lock, unsigned int subclass);
void _rt_mutex_lock_nest_lock(struct rt_mutex *lock, struct lockdep_map *nest_lock);
#define rt_mutex_lock(lock) rt_mutex_lock_nested(lock, 0)
#define rt_mutex_lock_nest_lock(lock, nest) \
	_rt_mutex_lock_nest_lock(lock, &(nest)->dep_map)
/* 0 or -EINTR. */
int __must_check rt_mutex_lock_interruptible(struct rt_mutex *lock);
int __must_check rt_mutex_lock_killable(struct rt_mutex *lock);
int rt_mutex_trylock(struct rt_mutex *lock); /* 1: have it */
void rt_mutex_unlock(struct rt_mutex *lock);

bool rt_mutex_base_is_locked(struct rt_mutex_base *lock);
#define rt_mutex_is_locked(lock) rt_mutex_base_is_locked(&(lock)->rtmutex)

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_RTMUTEX_H */
