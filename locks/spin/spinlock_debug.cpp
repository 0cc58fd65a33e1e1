// SPDX-License-Identifier: MIT
#include "locks/spin/spinlock_debug.h"

#include <asm/spinlock.h>
#include <linux/kernel.h>
#include <linux/sched.h>

namespace {

// The look of a debugger: unhooked, so that checking changes no schedule.
__no_kcsan bool looks_locked(const raw_spinlock_t *lock)
{
	const arch_spinlock_t &word = lock->raw_lock;

	if (spinlock_kind == SPINLOCK_TICKET)
		return word.ticket.owner != word.ticket.next;
	return word.mcs.tail != nullptr;
}

noinline __cold void spin_bug(const raw_spinlock_t *lock, const char *what)
{
	WARN(true, "BUG: spinlock %s on CPU#%u, %s/%d\n lock: %s, .magic: %08x", what,
	     hw_cpu_id(), current->comm, current->pid,
	     lock->dep_map.name ? lock->dep_map.name : "?", lock->magic);
}

} // namespace

__no_kcsan __no_tick void debug_spin_lock_before(const raw_spinlock_t *lock)
{
	if (unlikely(lock->magic != SPINLOCK_MAGIC))
		spin_bug(lock, "bad magic");
}

__no_kcsan __no_tick bool debug_spin_unlock_allowed(const raw_spinlock_t *lock)
{
	if (unlikely(lock->magic != SPINLOCK_MAGIC))
		spin_bug(lock, "bad magic");
	if (likely(looks_locked(lock)))
		return true;
	spin_bug(lock, "already unlocked");
	return false;
}
