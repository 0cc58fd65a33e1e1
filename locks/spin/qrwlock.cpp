// SPDX-License-Identifier: MIT
// Queued reader-writer lock, as Linux's kernel/locking/qrwlock.c (T. Chang,
// W. Long, 2014; after J. M. Mellor-Crummey and M. L. Scott, "Scalable
// reader-writer synchronization for shared-memory multiprocessors", PPoPP 1991).
//
//	bits 0-7   a writer holds it (0xff)
//	bit  8	   a writer waits
//	bits 9-31  how many readers
//
// Written as (readers, waiting, writer):
//
//	read_lock     (r,0,0) -> (r+1,0,0)		else queue
//	write_lock    (0,0,0) -> (0,0,w)		else queue
//	queued writer (r,0,x) -> (r,1,x), waits for (0,1,0) -> (0,0,w)
//	read_unlock   r -> r-1;  write_unlock  w -> 0
//
// The queue is a spinlock: whoever has it is the head. It is fair, so that a
// reader behind a waiting writer waits. A reader in an interrupt must not, as
// the reader that it interrupted would wait for it and the writer for both:
// it overtakes the queue and waits for a holding writer only.
#include <asm/rwlock.h>
#include <linux/atomic.h>
#include <linux/preempt.h>

namespace {

constexpr int kWriterLocked = 0xff;
constexpr int kWriterWaiting = 0x100;
constexpr int kWriterMask = 0x1ff;
constexpr int kReader = 0x200;

// The reader has counted itself already and found a writer.
noinline __no_tick void read_lock_slowpath(arch_rwlock_t *lock)
{
	if (unlikely(in_interrupt())) {
		smp_cond_load_acquire(&lock->cnts.counter, !(VAL & kWriterLocked));
		return;
	}
	atomic_sub(kReader, &lock->cnts);
	arch_spin_lock(&lock->wait_lock);
	// At the head no writer waits before us, though one may hold it.
	atomic_add(kReader, &lock->cnts);
	smp_cond_load_acquire(&lock->cnts.counter, !(VAL & kWriterLocked));
	arch_spin_unlock(&lock->wait_lock);
}

noinline __no_tick void write_lock_slowpath(arch_rwlock_t *lock)
{
	int cnts;

	arch_spin_lock(&lock->wait_lock);
	if (!arch_write_trylock(lock)) {
		// From here on new readers queue up behind us.
		atomic_or(kWriterWaiting, &lock->cnts);
		do {
			cnts = smp_cond_load_relaxed(&lock->cnts.counter, VAL == kWriterWaiting);
			// (0,1,0) -> (0,0,w)
		} while (!atomic_try_cmpxchg_acquire(&lock->cnts, &cnts, kWriterLocked));
	}
	arch_spin_unlock(&lock->wait_lock);
}

} // namespace

__no_tick bool arch_read_trylock(arch_rwlock_t *lock)
{
	if (atomic_read(&lock->cnts) & kWriterMask)
		return false;
	if (!(atomic_add_return_acquire(kReader, &lock->cnts) & kWriterMask))
		return true;
	atomic_sub(kReader, &lock->cnts);
	return false;
}

__no_tick bool arch_write_trylock(arch_rwlock_t *lock)
{
	int cnts = atomic_read(&lock->cnts);

	return !cnts && atomic_try_cmpxchg_acquire(&lock->cnts, &cnts, kWriterLocked);
}

__no_tick void arch_read_lock(arch_rwlock_t *lock)
{
	if (atomic_add_return_acquire(kReader, &lock->cnts) & kWriterMask)
		read_lock_slowpath(lock);
}

__no_tick void arch_write_lock(arch_rwlock_t *lock)
{
	int cnts = 0;

	if (!atomic_try_cmpxchg_acquire(&lock->cnts, &cnts, kWriterLocked))
		write_lock_slowpath(lock);
}

__no_tick void arch_read_unlock(arch_rwlock_t *lock)
{
	(void)atomic_sub_return_release(kReader, &lock->cnts);
}

__no_tick void arch_write_unlock(arch_rwlock_t *lock)
{
	smp_store_release(&lock->wlocked, static_cast<u8>(0));
}

bool arch_rwlock_is_locked(const arch_rwlock_t *lock)
{
	return atomic_read(&lock->cnts) != 0;
}

bool arch_rwlock_is_contended(const arch_rwlock_t *lock)
{
	return arch_spin_is_locked(&lock->wait_lock);
}
