// SPDX-License-Identifier: MIT
// Reader-writer semaphores, as Linux's kernel/locking/rwsem.c (D. Howells 2001,
// M. Lespinasse 2013, W. Long 2019). This file: the public functions.
//
// Every operation is one atomic step on count if nobody is in the way; count's
// layout is in rwsem.h, and those who wait are in rwsem_wait.cpp.
#include "locks/rwsem.h"

#include <linux/debug_locks.h>
#include <linux/kernel.h>

#define DEBUG_RWSEMS_WARN_ON(c, sem) ({					\
	bool __bad = !!(c);						\
	if (unlikely(__bad) && hw_ask(HW_ASK_DEBUG_LOCKS, 0) != 0)	\
		rwsem_bug(sem, #c);					\
	unlikely(__bad);						\
})

namespace {

noinline __cold void rwsem_bug(struct rw_semaphore *sem, const char *what)
{
	if (!debug_locks_off())
		return;
	WARN(1, "DEBUG_RWSEMS_WARN_ON(%s): count = 0x%lx, owner = 0x%lx, curr 0x%lx, list %sempty",
	     what, atomic_long_read(&sem->count), atomic_long_read(&sem->owner),
	     reinterpret_cast<long>(current), list_empty(&sem->wait_list) ? "" : "not ");
}

// A look that is no step.
__no_kcsan void check_magic(struct rw_semaphore *sem)
{
	DEBUG_RWSEMS_WARN_ON(sem->magic != sem, sem);
}

__no_tick int down_read_common(struct rw_semaphore *sem, int subclass, unsigned int state,
			       unsigned long ip)
{
	long count;
	int err = 0;

	check_magic(sem);
	preempt_disable();
	rwsem_acquire_read(&sem->dep_map, static_cast<unsigned int>(subclass), 0, ip);
	count = atomic_long_add_return_acquire(RWSEM_READER_BIAS, &sem->count);
	if (likely(!(count & RWSEM_READ_FAILED_MASK))) {
		lock_acquired(&sem->dep_map, ip);
		rwsem_set_reader_owned(sem, current);
	} else {
		lock_contended(&sem->dep_map, ip);
		err = rwsem_down_read_slowpath(sem, count, state, ip);
		if (err)
			rwsem_release(&sem->dep_map, ip);
	}
	preempt_enable();
	return err;
}

__no_tick int down_write_common(struct rw_semaphore *sem, int subclass,
				struct lockdep_map *nest_lock, unsigned int state,
				unsigned long ip)
{
	long free = 0;
	int err = 0;

	check_magic(sem);
	preempt_disable();
	rwsem_acquire_nest(&sem->dep_map, static_cast<unsigned int>(subclass), 0, nest_lock, ip);
	if (likely(atomic_long_try_cmpxchg_acquire(&sem->count, &free, RWSEM_WRITER_LOCKED))) {
		lock_acquired(&sem->dep_map, ip);
		rwsem_set_owner(sem);
	} else {
		lock_contended(&sem->dep_map, ip);
		err = rwsem_down_write_slowpath(sem, state, ip);
		if (err)
			rwsem_release(&sem->dep_map, ip);
	}
	preempt_enable();
	return err;
}

// The unlock itself. False, and reported, if it would break the count.
void up_read_common(struct rw_semaphore *sem)
{
	long count;

	check_magic(sem);
	count = atomic_long_read(&sem->count);
	if (DEBUG_RWSEMS_WARN_ON(!(count & RWSEM_READER_MASK), sem))
		return;
	count = atomic_long_add_return_release(-RWSEM_READER_BIAS, &sem->count);
	if ((count & (RWSEM_LOCK_MASK | RWSEM_FLAG_WAITERS)) == RWSEM_FLAG_WAITERS)
		rwsem_wake(sem);
}

} // namespace

void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key)
{
	lockdep_init_map_wait(&sem->dep_map, name, key, 0, LD_WAIT_SLEEP);
	atomic_long_set(&sem->count, 0);
	atomic_long_set(&sem->owner, 0);
	osq_lock_init(&sem->osq);
	raw_spin_lock_init(&sem->wait_lock);
	INIT_LIST_HEAD(&sem->wait_list);
	sem->magic = sem;
}

void down_read_nested(struct rw_semaphore *sem, int subclass)
{
	might_sleep();
	(void)down_read_common(sem, subclass, TASK_UNINTERRUPTIBLE, _RET_IP_);
}

int down_read_killable_nested(struct rw_semaphore *sem, int subclass)
{
	might_sleep();
	return down_read_common(sem, subclass, TASK_KILLABLE, _RET_IP_);
}

int down_read_interruptible(struct rw_semaphore *sem)
{
	might_sleep();
	return down_read_common(sem, 0, TASK_INTERRUPTIBLE, _RET_IP_);
}

void down_write_nested(struct rw_semaphore *sem, int subclass)
{
	might_sleep();
	(void)down_write_common(sem, subclass, nullptr, TASK_UNINTERRUPTIBLE, _RET_IP_);
}

int down_write_killable_nested(struct rw_semaphore *sem, int subclass)
{
	might_sleep();
	return down_write_common(sem, subclass, nullptr, TASK_KILLABLE, _RET_IP_);
}

void _down_write_nest_lock(struct rw_semaphore *sem, struct lockdep_map *nest_lock)
{
	might_sleep();
	(void)down_write_common(sem, 0, nest_lock, TASK_UNINTERRUPTIBLE, _RET_IP_);
}

// Whoever releases it may be another task: the validator, which keeps locks by
// task, is told that it was let go at once.
void down_read_non_owner(struct rw_semaphore *sem)
{
	might_sleep();
	(void)down_read_common(sem, 0, TASK_UNINTERRUPTIBLE, _RET_IP_);
	rwsem_release(&sem->dep_map, _RET_IP_);
}

__no_tick int down_read_trylock(struct rw_semaphore *sem)
{
	long count = atomic_long_read(&sem->count);

	check_magic(sem);
	while (!(count & RWSEM_READ_FAILED_MASK)) {
		if (atomic_long_try_cmpxchg_acquire(&sem->count, &count,
						    count + RWSEM_READER_BIAS)) {
			rwsem_acquire_read(&sem->dep_map, 0, 1, _RET_IP_);
			lock_acquired(&sem->dep_map, _RET_IP_);
			rwsem_set_reader_owned(sem, current);
			return 1;
		}
	}
	return 0;
}

__no_tick int down_write_trylock(struct rw_semaphore *sem)
{
	long free = 0;

	check_magic(sem);
	if (!atomic_long_try_cmpxchg_acquire(&sem->count, &free, RWSEM_WRITER_LOCKED))
		return 0;
	rwsem_acquire(&sem->dep_map, 0, 1, _RET_IP_);
	lock_acquired(&sem->dep_map, _RET_IP_);
	rwsem_set_owner(sem);
	return 1;
}

void up_read(struct rw_semaphore *sem)
{
	rwsem_release(&sem->dep_map, _RET_IP_);
	up_read_common(sem);
}

void up_read_non_owner(struct rw_semaphore *sem) { up_read_common(sem); }

void up_write(struct rw_semaphore *sem)
{
	long owner, count;

	rwsem_release(&sem->dep_map, _RET_IP_);
	check_magic(sem);
	owner = atomic_long_read(&sem->owner);
	count = atomic_long_read(&sem->count);
	DEBUG_RWSEMS_WARN_ON(owner != reinterpret_cast<long>(current), sem);
	if (!(count & RWSEM_WRITER_LOCKED))
		return;
	atomic_long_set(&sem->owner, 0);
	count = atomic_long_fetch_add_release(-RWSEM_WRITER_LOCKED, &sem->count);
	if (unlikely(count & RWSEM_FLAG_WAITERS))
		rwsem_wake(sem);
}

void downgrade_write(struct rw_semaphore *sem)
{
	long count;

	lock_downgrade(&sem->dep_map, _RET_IP_);
	DEBUG_RWSEMS_WARN_ON(atomic_long_read(&sem->owner) != reinterpret_cast<long>(current), sem);
	count = atomic_long_fetch_add_release(RWSEM_READER_BIAS - RWSEM_WRITER_LOCKED,
					      &sem->count);
	rwsem_set_reader_owned(sem, current);
	if (count & RWSEM_FLAG_WAITERS)
		rwsem_wake_readers(sem);
}

int rwsem_is_locked(struct rw_semaphore *sem)
{
	return (atomic_long_read(&sem->count) & RWSEM_LOCK_MASK) != 0;
}

int rwsem_is_contended(struct rw_semaphore *sem)
{
	return READ_ONCE(sem->wait_list.next) != &sem->wait_list;
}
