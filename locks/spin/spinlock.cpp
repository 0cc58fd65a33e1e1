// SPDX-License-Identifier: MIT
// The public spinlock functions: keep this CPU, announce, take, announce.
//
// All are __no_tick: the announcements stand directly beside the steps they
// are about. Waiting still lets interrupts in, at its own steps.
#include <linux/spinlock.h>

#include "locks/spin/spinlock_debug.h"

namespace {

__always_inline bool do_raw_spin_trylock(raw_spinlock_t *lock)
{
	return arch_spin_trylock(&lock->raw_lock);
}

__always_inline void do_raw_spin_lock(raw_spinlock_t *lock)
{
	arch_spin_lock(&lock->raw_lock);
}

// Takes the lock, which the caller's context may now wait for. The class is
// announced with `subclass`, or as nested in `nest`.
__always_inline void lock_common(raw_spinlock_t *lock, unsigned int subclass,
				 struct lockdep_map *nest)
{
	spin_acquire_nest(&lock->dep_map, subclass, 0, nest, _RET_IP_);
	debug_spin_lock_before(lock);
	LOCK_CONTENDED(lock, do_raw_spin_trylock, do_raw_spin_lock);
}

__always_inline bool trylock_common(raw_spinlock_t *lock)
{
	if (!do_raw_spin_trylock(lock))
		return false;
	spin_acquire(&lock->dep_map, 0, 1, _RET_IP_);
	lock_acquired(&lock->dep_map, _RET_IP_);
	return true;
}

__always_inline void unlock_common(raw_spinlock_t *lock)
{
	spin_release(&lock->dep_map, _RET_IP_);
	if (debug_spin_unlock_allowed(lock))
		arch_spin_unlock(&lock->raw_lock);
}

} // namespace

void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key,
			  short inner)
{
	lockdep_init_map_wait(&lock->dep_map, name, key, 0, static_cast<u8>(inner));
	lock->raw_lock = __ARCH_SPIN_LOCK_UNLOCKED;
	lock->magic = SPINLOCK_MAGIC;
}

__no_tick void _raw_spin_lock(raw_spinlock_t *lock)
{
	preempt_disable();
	lock_common(lock, 0, nullptr);
}

__no_tick void _raw_spin_lock_nested(raw_spinlock_t *lock, int subclass)
{
	preempt_disable();
	lock_common(lock, static_cast<unsigned int>(subclass), nullptr);
}

__no_tick void _raw_spin_lock_nest_lock(raw_spinlock_t *lock, struct lockdep_map *map)
{
	preempt_disable();
	lock_common(lock, 0, map);
}

__no_tick void _raw_spin_lock_bh(raw_spinlock_t *lock)
{
	__local_bh_disable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
	lock_common(lock, 0, nullptr);
}

__no_tick void _raw_spin_lock_irq(raw_spinlock_t *lock)
{
	local_irq_disable();
	preempt_disable();
	lock_common(lock, 0, nullptr);
}

__no_tick unsigned long _raw_spin_lock_irqsave(raw_spinlock_t *lock)
{
	unsigned long flags;

	local_irq_save(flags);
	preempt_disable();
	lock_common(lock, 0, nullptr);
	return flags;
}

__no_tick unsigned long _raw_spin_lock_irqsave_nested(raw_spinlock_t *lock, int subclass)
{
	unsigned long flags;

	local_irq_save(flags);
	preempt_disable();
	lock_common(lock, static_cast<unsigned int>(subclass), nullptr);
	return flags;
}

__no_tick int _raw_spin_trylock(raw_spinlock_t *lock)
{
	preempt_disable();
	if (trylock_common(lock))
		return 1;
	preempt_enable();
	return 0;
}

__no_tick int _raw_spin_trylock_bh(raw_spinlock_t *lock)
{
	__local_bh_disable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
	if (trylock_common(lock))
		return 1;
	__local_bh_enable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
	return 0;
}

__no_tick void _raw_spin_unlock(raw_spinlock_t *lock)
{
	unlock_common(lock);
	preempt_enable();
}

__no_tick void _raw_spin_unlock_bh(raw_spinlock_t *lock)
{
	unlock_common(lock);
	__local_bh_enable_ip(_RET_IP_, SOFTIRQ_LOCK_OFFSET);
}

__no_tick void _raw_spin_unlock_irq(raw_spinlock_t *lock)
{
	unlock_common(lock);
	local_irq_enable();
	preempt_enable();
}

__no_tick void _raw_spin_unlock_irqrestore(raw_spinlock_t *lock, unsigned long flags)
{
	unlock_common(lock);
	local_irq_restore(flags);
	preempt_enable();
}

int _atomic_dec_and_lock(atomic_t *atomic, spinlock_t *lock)
{
	// Not the last reference: no lock needed.
	if (atomic_add_unless(atomic, -1, 1))
		return 0;
	spin_lock(lock);
	if (atomic_dec_and_test(atomic))
		return 1;
	spin_unlock(lock);
	return 0;
}

int _atomic_dec_and_lock_irqsave(atomic_t *atomic, spinlock_t *lock, unsigned long *flags)
{
	if (atomic_add_unless(atomic, -1, 1))
		return 0;
	spin_lock_irqsave(lock, *flags);
	if (atomic_dec_and_test(atomic))
		return 1;
	spin_unlock_irqrestore(lock, *flags);
	return 0;
}

int _atomic_dec_and_raw_lock(atomic_t *atomic, raw_spinlock_t *lock)
{
	if (atomic_add_unless(atomic, -1, 1))
		return 0;
	raw_spin_lock(lock);
	if (atomic_dec_and_test(atomic))
		return 1;
	raw_spin_unlock(lock);
	return 0;
}
