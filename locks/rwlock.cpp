// SPDX-License-Identifier: MIT
// The public reader-writer spinlock functions, in the shape of spinlock.cpp.
#include <linux/kernel.h>
#include <linux/rwlock.h>
#include <linux/sched.h>

namespace {

noinline __cold void rwlock_bug(const rwlock_t *lock, const char *what)
{
	WARN(true, "BUG: rwlock %s on CPU#%u, %s/%d, %s", what, hw_cpu_id(), current->comm,
	     current->pid, lock->dep_map.name ? lock->dep_map.name : "?");
}

// Looks of a debugger, as in spinlock_debug.cpp: no steps.
__no_kcsan __no_tick noinline void check_magic(const rwlock_t *lock)
{
	if (unlikely(lock->magic != RWLOCK_MAGIC))
		rwlock_bug(lock, "bad magic");
}

// Whether unlocking it for one that has it in this way would keep it whole.
__no_kcsan __no_tick noinline bool unlock_allowed(const rwlock_t *lock, int held_mask)
{
	check_magic(lock);
	if (likely(lock->raw_lock.cnts.counter & held_mask))
		return true;
	rwlock_bug(lock, "already unlocked");
	return false;
}

constexpr int kWriter = 0xff, kReaders = ~0x1ff;

__always_inline bool do_raw_read_trylock(rwlock_t *lock)
{
	return arch_read_trylock(&lock->raw_lock);
}

__always_inline bool do_raw_write_trylock(rwlock_t *lock)
{
	return arch_write_trylock(&lock->raw_lock);
}

__always_inline void do_raw_read_lock(rwlock_t *lock) { arch_read_lock(&lock->raw_lock); }
__always_inline void do_raw_write_lock(rwlock_t *lock) { arch_write_lock(&lock->raw_lock); }

__always_inline void read_lock_common(rwlock_t *lock)
{
	rwlock_acquire_read(&lock->dep_map, 0, 0, _RET_IP_);
	check_magic(lock);
	LOCK_CONTENDED(lock, do_raw_read_trylock, do_raw_read_lock);
}

__always_inline void write_lock_common(rwlock_t *lock, unsigned int subclass = 0)
{
	rwlock_acquire(&lock->dep_map, subclass, 0, _RET_IP_);
	check_magic(lock);
	LOCK_CONTENDED(lock, do_raw_write_trylock, do_raw_write_lock);
}

__always_inline void read_unlock_common(rwlock_t *lock)
{
	rwlock_release(&lock->dep_map, _RET_IP_);
	if (unlock_allowed(lock, kReaders))
		arch_read_unlock(&lock->raw_lock);
}

__always_inline void write_unlock_common(rwlock_t *lock)
{
	rwlock_release(&lock->dep_map, _RET_IP_);
	if (unlock_allowed(lock, kWriter))
		arch_write_unlock(&lock->raw_lock);
}

} // namespace

void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key)
{
	lockdep_init_map_wait(&lock->dep_map, name, key, 0, LD_WAIT_CONFIG);
	lock->raw_lock = __ARCH_RW_LOCK_UNLOCKED;
	lock->magic = RWLOCK_MAGIC;
}

__no_tick int _raw_read_trylock(rwlock_t *lock)
{
	preempt_disable();
	if (do_raw_read_trylock(lock)) {
		rwlock_acquire_read(&lock->dep_map, 0, 1, _RET_IP_);
		lock_acquired(&lock->dep_map, _RET_IP_);
		return 1;
	}
	preempt_enable();
	return 0;
}

__no_tick int _raw_write_trylock(rwlock_t *lock)
{
	preempt_disable();
	if (do_raw_write_trylock(lock)) {
		rwlock_acquire(&lock->dep_map, 0, 1, _RET_IP_);
		lock_acquired(&lock->dep_map, _RET_IP_);
		return 1;
	}
	preempt_enable();
	return 0;
}

__no_tick void _raw_write_lock_nested(rwlock_t *lock, int subclass)
{
	preempt_disable();
	write_lock_common(lock, static_cast<unsigned int>(subclass));
}

// Reader and writer differ in nothing else.
#define RWLOCK_FORMS(op)						\
__no_tick void _raw_##op##_lock(rwlock_t *lock)				\
{									\
	preempt_disable();						\
	op##_lock_common(lock);						\
}									\
__no_tick void _raw_##op##_lock_bh(rwlock_t *lock)			\
{									\
	__local_bh_disable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);		\
	op##_lock_common(lock);						\
}									\
__no_tick void _raw_##op##_lock_irq(rwlock_t *lock)			\
{									\
	local_irq_disable();						\
	preempt_disable();						\
	op##_lock_common(lock);						\
}									\
__no_tick unsigned long _raw_##op##_lock_irqsave(rwlock_t *lock)	\
{									\
	unsigned long flags;						\
									\
	local_irq_save(flags);						\
	preempt_disable();						\
	op##_lock_common(lock);						\
	return flags;							\
}									\
__no_tick void _raw_##op##_unlock(rwlock_t *lock)			\
{									\
	op##_unlock_common(lock);					\
	preempt_enable();						\
}									\
__no_tick void _raw_##op##_unlock_bh(rwlock_t *lock)			\
{									\
	op##_unlock_common(lock);					\
	__local_bh_enable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);		\
}									\
__no_tick void _raw_##op##_unlock_irq(rwlock_t *lock)			\
{									\
	op##_unlock_common(lock);					\
	local_irq_enable();						\
	preempt_enable();						\
}									\
__no_tick void _raw_##op##_unlock_irqrestore(rwlock_t *lock, unsigned long flags) \
{									\
	op##_unlock_common(lock);					\
	local_irq_restore(flags);					\
	preempt_enable();						\
}

RWLOCK_FORMS(read)
RWLOCK_FORMS(write)
