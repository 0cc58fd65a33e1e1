// SPDX-License-Identifier: MIT
// Per-CPU reader-writer semaphores.
//
// The handshake is that of Dekker's algorithm, and needs both barriers:
//
//	reader				writer
//	[R1] count++ of this CPU	[W1] block = 1
//	     smp_mb()			     smp_mb()
//	[R2] block?			[W2] sum of counts?
//
// Either the reader sees block and takes itself back, or the writer sees its
// count and waits. A reader that leaves, or takes itself back, makes a waiting
// writer count again.
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/percpu-rwsem.h>

namespace {

// Leaves as a reader; the sum may be 0 now.
void leave(struct percpu_rw_semaphore *sem)
{
	smp_mb(); // the section, then the count
	this_cpu_dec(*sem->read_count);
	smp_mb(); // the count, then block: pairs with the writer's
	if (atomic_read(&sem->block))
		wake_up(&sem->writer);
}

// True and announced if no writer is near.
__no_tick bool try_read(struct percpu_rw_semaphore *sem, unsigned long ip)
{
	this_cpu_inc(*sem->read_count); // [R1]
	smp_mb();
	if (likely(!atomic_read_acquire(&sem->block))) { // [R2]
		lock_acquired(&sem->dep_map, ip);
		return true;
	}
	return false;
}

bool read_again(struct percpu_rw_semaphore *sem, unsigned long ip)
{
	if (try_read(sem, ip))
		return true;
	leave(sem);
	return false;
}

bool readers_active(struct percpu_rw_semaphore *sem)
{
	unsigned int sum = 0, cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(*per_cpu_ptr(sem->read_count, cpu));
	return sum != 0;
}

// [W1]: keeps new readers and other writers out.
bool try_block(struct percpu_rw_semaphore *sem) { return !atomic_xchg(&sem->block, 1); }

} // namespace

int __percpu_init_rwsem(struct percpu_rw_semaphore *sem, const char *name,
			struct lock_class_key *key)
{
	sem->read_count = alloc_percpu(unsigned int);
	if (!sem->read_count)
		return -ENOMEM;
	atomic_set(&sem->block, 0);
	init_waitqueue_head(&sem->waiters);
	init_waitqueue_head(&sem->writer);
	lockdep_init_map_wait(&sem->dep_map, name, key, 0, LD_WAIT_SLEEP);
	return 0;
}

void percpu_free_rwsem(struct percpu_rw_semaphore *sem)
{
	hw_announce(EV_LOCK_DESTROY, &sem->dep_map, 0, __builtin_return_address(0));
	free_percpu(sem->read_count);
	sem->read_count = nullptr;
}

__no_tick void percpu_down_read(struct percpu_rw_semaphore *sem)
{
	might_sleep();
	rwsem_acquire_read(&sem->dep_map, 0, 0, _RET_IP_);
	if (likely(try_read(sem, _RET_IP_)))
		return;
	lock_contended(&sem->dep_map, _RET_IP_);
	leave(sem);
	wait_event(sem->waiters, read_again(sem, _RET_IP_));
}

__no_tick bool percpu_down_read_trylock(struct percpu_rw_semaphore *sem)
{
	this_cpu_inc(*sem->read_count);
	smp_mb();
	if (atomic_read_acquire(&sem->block)) {
		leave(sem);
		return false;
	}
	rwsem_acquire_read(&sem->dep_map, 0, 1, _RET_IP_);
	lock_acquired(&sem->dep_map, _RET_IP_);
	return true;
}

void percpu_up_read(struct percpu_rw_semaphore *sem)
{
	rwsem_release(&sem->dep_map, _RET_IP_);
	leave(sem);
}

__no_tick void percpu_down_write(struct percpu_rw_semaphore *sem)
{
	bool contended = false;

	might_sleep();
	rwsem_acquire(&sem->dep_map, 0, 0, _RET_IP_);
	if (!try_block(sem)) {
		lock_contended(&sem->dep_map, _RET_IP_);
		contended = true;
		wait_event(sem->waiters, try_block(sem));
	}
	smp_mb();
	if (readers_active(sem)) { // [W2]
		if (!contended)
			lock_contended(&sem->dep_map, _RET_IP_);
		wait_event(sem->writer, !readers_active(sem));
	}
	smp_mb(); // their sections, then ours
	lock_acquired(&sem->dep_map, _RET_IP_);
}

void percpu_up_write(struct percpu_rw_semaphore *sem)
{
	rwsem_release(&sem->dep_map, _RET_IP_);
	atomic_set_release(&sem->block, 0);
	wake_up_all(&sem->waiters);
}

bool percpu_is_read_locked(struct percpu_rw_semaphore *sem)
{
	return !atomic_read(&sem->block) && readers_active(sem);
}

bool percpu_is_write_locked(struct percpu_rw_semaphore *sem) { return atomic_read(&sem->block); }
