// SPDX-License-Identifier: MIT
// Optimistic spinning of mutexes: wait awake while the owner runs.
//
// Worth it only while the owner is on a CPU and this CPU has nothing else to
// do. Of all who come from outside one spins at the mutex, the others in the
// OSQ behind it. The first sleeper, once woken, spins beside them.
#include <linux/sched.h>

#include "locks/mutex.h"
#include "locks/ww_mutex.h"

namespace {

bool on_cpu(struct task_struct *task) { return READ_ONCE(task->on_cpu); }

// Until the owner changes: true. False if waiting asleep is better.
bool spin_on_owner(struct mutex *lock, struct task_struct *owner, struct ww_acquire_ctx *ctx,
		   struct mutex_waiter *waiter)
{
	while (__mutex_owner(lock) == owner) {
		// The owner is read before its on_cpu. It may have let go and
		// ended meanwhile, but while preemption is off here, it is not
		// freed: see put_task_struct().
		barrier();
		if (!on_cpu(owner) || need_resched())
			return false;
		if (ctx && !ww_mutex_spin_on_owner(lock, ctx, waiter))
			return false;
		cpu_relax();
	}
	return true;
}

bool worth_starting(struct mutex *lock)
{
	struct task_struct *owner;

	if (need_resched())
		return false;
	owner = __mutex_owner(lock);
	// No owner: it is just being unlocked.
	return !owner || on_cpu(owner);
}

// With the right to spin at the mutex itself.
__no_tick bool spin(struct mutex *lock, struct ww_acquire_ctx *ctx, struct mutex_waiter *waiter,
		    unsigned long ip)
{
	for (;;) {
		struct task_struct *owner = __mutex_trylock_common(lock, false);

		if (!owner) {
			lock_acquired(&lock->dep_map, ip);
			return true;
		}
		if (!spin_on_owner(lock, owner, ctx, waiter))
			return false;
		cpu_relax();
	}
}

} // namespace

__no_tick bool mutex_optimistic_spin(struct mutex *lock, struct ww_acquire_ctx *ctx,
				     struct mutex_waiter *waiter, unsigned long ip)
{
	bool taken = false;

	if (!osq_spinning())
		return false;
	if (waiter) {
		taken = spin(lock, ctx, waiter, ip);
	} else if (worth_starting(lock) && osq_lock(&lock->osq)) {
		taken = spin(lock, ctx, nullptr, ip);
		osq_unlock(&lock->osq);
	}
	if (!taken && need_resched()) {
		// Let the others run before we queue up to sleep: it may be free
		// then. A waiter's state would put it to sleep here.
		__set_current_state(TASK_RUNNING);
		schedule_preempt_disabled();
	}
	return taken;
}
