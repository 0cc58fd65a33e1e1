/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PERCPU_RWSEM_H
#define _LINUX_PERCPU_RWSEM_H
/*
 * Reader-writer semaphores for very many readers and a rare writer: a reader
 * counts itself on its own CPU, and touches nothing that others touch.
 *
 *	state		    percpu_down_read	    percpu_down_write
 *	no writer	    count++ of this CPU	    block = 1; sleeps until the
 *						    sum of all counts is 0
 *	a writer, or one    sleeps		    sleeps behind the other
 *	that waits
 *
 * A reader may end on another CPU than it began on: only the sum counts.
 * Context: tasks; readers may sleep inside.
 * Order: down is an acquire, up a release.
 * The surprising thing: a waiting writer blocks new readers at once, so reading
 * again inside deadlocks.
 *
 * Unlike Linux: readers always execute the full barriers that Linux's do only
 * while a writer is near; so no RCU grace period is needed to begin writing.
 */
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/wait.h>

#ifdef __cplusplus
extern "C" {
#endif

struct percpu_rw_semaphore {
	unsigned int __percpu *read_count; /* by its own CPU, atomically */
	atomic_t block;			   /* 1: a writer has it or waits */
	struct wait_queue_head waiters;	   /* those that block keeps out */
	struct wait_queue_head writer;	   /* the writer: until the readers left */
	struct lockdep_map dep_map;
};

#define __DEFINE_PERCPU_RWSEM(semname, is_static)				\
	static DEFINE_PER_CPU(unsigned int, __percpu_rwsem_rc_##semname);	\
	is_static struct percpu_rw_semaphore semname = {			\
		.read_count = &__percpu_rwsem_rc_##semname,		\
		.block = ATOMIC_INIT(0),				\
		.waiters = __WAIT_QUEUE_HEAD_INITIALIZER(semname.waiters),	\
		.writer = __WAIT_QUEUE_HEAD_INITIALIZER(semname.writer),	\
		.dep_map = { .key = 0, .name = #semname, .wait_type_outer = 0, \
			     .wait_type_inner = LD_WAIT_SLEEP } }
#define DEFINE_PERCPU_RWSEM(semname)	 __DEFINE_PERCPU_RWSEM(semname, )
#define DEFINE_STATIC_PERCPU_RWSEM(semname) __DEFINE_PERCPU_RWSEM(semname, static)

/* 0 or -ENOMEM. */
int __percpu_init_rwsem(struct percpu_rw_semaphore *sem, const char *name,
			struct lock_class_key *key);
#define percpu_init_rwsem(sem) ({					\
	static struct lock_class_key __key;				\
	__percpu_init_rwsem(sem, #sem, &__key);				\
})
void percpu_free_rwsem(struct percpu_rw_semaphore *sem);

void percpu_down_read(struct percpu_rw_semaphore *sem);
bool percpu_down_read_trylock(struct percpu_rw_semaphore *sem);
void percpu_up_read(struct percpu_rw_semaphore *sem);
void percpu_down_write(struct percpu_rw_semaphore *sem);
void percpu_up_write(struct percpu_rw_semaphore *sem);
bool percpu_is_read_locked(struct percpu_rw_semaphore *sem);
bool percpu_is_write_locked(struct percpu_rw_semaphore *sem);

#define percpu_rwsem_assert_held(sem) lockdep_assert_held(sem)

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_PERCPU_RWSEM_H */
