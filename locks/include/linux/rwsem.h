/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RWSEM_H
#define _LINUX_RWSEM_H
/*
 * Reader-writer semaphores: many reading tasks or one writing; waiting sleeps.
 *
 *	state	    down_read		down_write	     downgrade_write
 *	free	    -> 1 reader		-> writer	     -
 *	n readers   -> n+1, if nobody	sleeps		     -
 *		    waits; else sleeps
 *	writer	    sleeps (or spins	sleeps (or spins     -> 1 reader, wakes
 *		    while it runs)	while it runs)	     waiting readers
 *
 * First come first served, but that readers are woken together, and that a
 * running task may overtake one that is just waking. A waiter that has been
 * overtaken for 4 ms gets it by hand-over.
 *
 * Rules as of struct mutex: tasks only, whoever took it releases it, not twice;
 * the _non_owner forms let another task do so.
 * Order: down is an acquire, up a release.
 * The surprising thing: a task that reads and reads again deadlocks with a
 * writer that came in between.
 *
 * Unlike Linux: lock_contended is announced before optimistic spinning; only
 * writers spin, and only while a writer runs, not on readers.
 */
#include <linux/atomic.h>
#include <linux/cleanup.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/osq_lock.h>
#include <linux/spinlock_types_raw.h>

#ifdef __cplusplus
extern "C" {
#endif

struct rw_semaphore {
	atomic_long_t count; /* see locks/rwsem.cpp */
	atomic_long_t owner; /* the writer, or the last reader | flags */
	struct optimistic_spin_queue osq;
	raw_spinlock_t wait_lock;
	struct list_head wait_list; /* guarded by wait_lock */
	void *magic;		    /* the semaphore itself once initialised */
	struct lockdep_map dep_map;
};

#define __RWSEM_INITIALIZER(semname) {					\
	.count = ATOMIC_LONG_INIT(0),					\
	.owner = ATOMIC_LONG_INIT(0),					\
	.osq = OSQ_LOCK_UNLOCKED,					\
	.wait_lock = __RAW_SPIN_LOCK_INITIALIZER(semname.wait_lock),	\
	.wait_list = { &(semname).wait_list, &(semname).wait_list },		\
	.magic = &semname,							\
	.dep_map = { .key = 0, .name = #semname, .wait_type_outer = 0,	\
		     .wait_type_inner = LD_WAIT_SLEEP } }
#define DECLARE_RWSEM(semname) struct rw_semaphore semname = __RWSEM_INITIALIZER(semname)

#define init_rwsem(sem) do {						\
	static struct lock_class_key __key;				\
	__init_rwsem((sem), #sem, &__key);				\
} while (0)
void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key);

void down_read_nested(struct rw_semaphore *sem, int subclass);
int __must_check down_read_killable_nested(struct rw_semaphore *sem, int subclass);
int __must_check down_read_interruptible(struct rw_semaphore *sem);
void down_read_non_owner(struct rw_semaphore *sem);
void down_write_nested(struct rw_semaphore *sem, int subclass);
int __must_check down_write_killable_nested(struct rw_semaphore *sem, int subclass);
void _down_write_nest_lock(struct rw_semaphore *sem, struct lockdep_map *nest_lock);

#define down_read(sem)		  down_read_nested(sem, 0)
#define down_read_killable(sem)	  down_read_killable_nested(sem, 0)
#define down_write(sem)		  down_write_nested(sem, 0)
#define down_write_killable(sem)  down_write_killable_nested(sem, 0)
#define down_write_nest_lock(sem, nest) \
	_down_write_nest_lock(sem, &(nest)->dep_map)

/* 1: have it; 0: not. */
int down_read_trylock(struct rw_semaphore *sem);
int down_write_trylock(struct rw_semaphore *sem);

void up_read(struct rw_semaphore *sem);
void up_read_non_owner(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);
/* The writer becomes a reader; nobody writes in between. */
void downgrade_write(struct rw_semaphore *sem);

int rwsem_is_locked(struct rw_semaphore *sem);
int rwsem_is_contended(struct rw_semaphore *sem);

#ifdef __cplusplus
}
#endif

DEFINE_GUARD(rwsem_read, struct rw_semaphore *, down_read(_T), up_read(_T))
DEFINE_GUARD(rwsem_write, struct rw_semaphore *, down_write(_T), up_write(_T))
DEFINE_GUARD_COND(rwsem_read, _try, down_read_trylock(_T))
DEFINE_GUARD_COND(rwsem_write, _try, down_write_trylock(_T))

#endif /* _LINUX_RWSEM_H */
