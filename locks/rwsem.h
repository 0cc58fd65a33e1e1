// SPDX-License-Identifier: MIT
// Inside struct rw_semaphore: what rwsem.cpp and rwsem_wait.cpp share.
//
//	count	bit 0	   a writer has it
//		bit 1	   somebody is in the wait list
//		bit 2	   the first waiter is owed a hand-over
//		bits 8-62  how many readers have it
//		bit 63	   too many readers
//
//	owner	the writer; or the task that last became a reader | READER_OWNED.
//		A hint for spinners and debugging, but for the writer itself.
#pragma once

#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

constexpr long RWSEM_WRITER_LOCKED = 1;
constexpr long RWSEM_FLAG_WAITERS = 2;
constexpr long RWSEM_FLAG_HANDOFF = 4;
constexpr long RWSEM_FLAG_READFAIL = static_cast<long>(1ul << 63);
constexpr long RWSEM_READER_SHIFT = 8;
constexpr long RWSEM_READER_BIAS = 1l << RWSEM_READER_SHIFT;
constexpr long RWSEM_READER_MASK = ~(RWSEM_READER_BIAS - 1);
constexpr long RWSEM_LOCK_MASK = RWSEM_WRITER_LOCKED | RWSEM_READER_MASK;
constexpr long RWSEM_READ_FAILED_MASK = RWSEM_WRITER_LOCKED | RWSEM_FLAG_WAITERS |
					RWSEM_FLAG_HANDOFF | RWSEM_FLAG_READFAIL;

constexpr long RWSEM_READER_OWNED = 1; // in owner

static __always_inline void rwsem_set_owner(struct rw_semaphore *sem)
{
	atomic_long_set(&sem->owner, reinterpret_cast<long>(current));
}

static __always_inline void rwsem_set_reader_owned(struct rw_semaphore *sem,
						   struct task_struct *reader)
{
	atomic_long_set(&sem->owner, reinterpret_cast<long>(reader) | RWSEM_READER_OWNED);
}

// The slow paths. 0 with the semaphore taken and announced, or -EINTR.
// `count` is what the reader saw, itself already counted.
int rwsem_down_read_slowpath(struct rw_semaphore *sem, long count, unsigned int state,
			     unsigned long ip);
int rwsem_down_write_slowpath(struct rw_semaphore *sem, unsigned int state, unsigned long ip);
// Somebody waits and nobody has it, or (readers_only) readers have it.
void rwsem_wake(struct rw_semaphore *sem);
void rwsem_wake_readers(struct rw_semaphore *sem);
