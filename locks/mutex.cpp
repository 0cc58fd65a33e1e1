// SPDX-License-Identifier: MIT
// Mutexes, as Linux's kernel/locking/mutex.c (I. Molnar 2006; P. Zijlstra 2016).
//
// Notes on the implementation.
//
// The owner word is the lock; its states are in mutex.h. wait_lock guards only
// the list of those who sleep. A task that finds the mutex taken first spins
// while the owner runs on another CPU (mutex_spin.cpp): short sections are
// over sooner than a sleep. Else it joins the list, WAITERS is set, and it
// sleeps until an unlock wakes the first in the list.
//
// A wake-up is a hint, not a hand-over: between unlock and the waiter's try
// anybody may take the mutex. That is fast, and unfair; so a first waiter that
// was woken in vain sets HANDOFF, and the next unlock writes its name into the
// owner word, with PICKUP, instead of clearing it.
#include "locks/mutex.h"

#include <linux/debug_locks.h>
#include <linux/kernel.h>
#include <linux/sched/wake_q.h>

#include "locks/ww_mutex.h"

void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key)
{
	atomic_long_set(&lock->owner, 0);
	raw_spin_lock_init(&lock->wait_lock);
	INIT_LIST_HEAD(&lock->wait_list);
	osq_lock_init(&lock->osq);
	lockdep_init_map_wait(&lock->dep_map, name, key, 0, LD_WAIT_SLEEP);
	lock->magic = lock;
}

void mutex_destroy(struct mutex *lock)
{
	DEBUG_LOCKS_WARN_ON(mutex_is_locked(lock));
	lock->magic = nullptr;
	hw_announce(EV_LOCK_DESTROY, &lock->dep_map, 0, __builtin_return_address(0));
}

void mutex_lock_nested(struct mutex *lock, unsigned int subclass)
{
	might_sleep();
	(void)__mutex_lock_common(lock, TASK_UNINTERRUPTIBLE, subclass, nullptr, _RET_IP_,
				  nullptr, false);
}

void _mutex_lock_nest_lock(struct mutex *lock, struct lockdep_map *nest_lock)
{
	might_sleep();
	(void)__mutex_lock_common(lock, TASK_UNINTERRUPTIBLE, 0, nest_lock, _RET_IP_, nullptr,
				  false);
}

int mutex_lock_interruptible_nested(struct mutex *lock, unsigned int subclass)
{
	might_sleep();
	return __mutex_lock_common(lock, TASK_INTERRUPTIBLE, subclass, nullptr, _RET_IP_, nullptr,
				   false);
}

int mutex_lock_killable_nested(struct mutex *lock, unsigned int subclass)
{
	might_sleep();
	return __mutex_lock_common(lock, TASK_KILLABLE, subclass, nullptr, _RET_IP_, nullptr,
				   false);
}

__no_tick int mutex_trylock(struct mutex *lock)
{
	debug_mutex_check(lock);
	if (__mutex_trylock_common(lock, false))
		return 0;
	mutex_acquire(&lock->dep_map, 0, 1, _RET_IP_);
	lock_acquired(&lock->dep_map, _RET_IP_);
	return 1;
}

void mutex_unlock(struct mutex *lock) { __mutex_unlock(lock, _RET_IP_); }

bool mutex_is_locked(struct mutex *lock) { return __mutex_owner(lock) != nullptr; }

int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock)
{
	if (atomic_add_unless(cnt, -1, 1))
		return 0;
	mutex_lock(lock);
	if (atomic_dec_and_test(cnt))
		return 1;
	mutex_unlock(lock);
	return 0;
}

// The owner word.

__no_tick struct task_struct *__mutex_trylock_common(struct mutex *lock, bool handoff)
{
	long me = reinterpret_cast<long>(current);
	long owner = atomic_long_read(&lock->owner);

	for (;;) {
		long flags = __owner_flags(owner);
		long task = owner & ~MUTEX_FLAGS;

		if (!task) {
			task = me;
		} else if (flags & MUTEX_FLAG_PICKUP) {
			if (task != me)
				break;
			flags &= ~MUTEX_FLAG_PICKUP;
		} else if (handoff && !(flags & MUTEX_FLAG_HANDOFF)) {
			flags |= MUTEX_FLAG_HANDOFF;
		} else {
			break;
		}
		if (atomic_long_try_cmpxchg_acquire(&lock->owner, &owner, task | flags)) {
			if (task == me)
				return nullptr;
			break;
		}
	}
	return __owner_task(owner);
}

// The contended case. All below runs under wait_lock unless it says otherwise.

void __mutex_add_waiter(struct mutex *lock, struct mutex_waiter *waiter,
			struct list_head *before)
{
	list_add_tail(&waiter->list, before);
	WRITE_ONCE(current->blocked_on, waiter);
	if (__mutex_first_waiter(lock) == waiter)
		atomic_long_or(MUTEX_FLAG_WAITERS, &lock->owner);
}

namespace {

void remove_waiter(struct mutex *lock, struct mutex_waiter *waiter)
{
	list_del(&waiter->list);
	WRITE_ONCE(current->blocked_on, static_cast<struct mutex_waiter *>(nullptr));
	if (list_empty(&lock->wait_list))
		atomic_long_andnot(MUTEX_FLAGS, &lock->owner);
}

// What one sleeper of __mutex_lock_common() works with.
struct attempt {
	struct mutex *lock;
	struct mutex_waiter *waiter;
	struct ww_acquire_ctx *ctx;
	unsigned int state;
	unsigned long ip;
};

// Sleeps until the mutex is ours (0) or not to be waited for (error). Enters
// and returns with wait_lock held, preemption off.
__no_tick int wait_for_mutex(const attempt &a)
{
	set_current_state(a.state);
	for (;;) {
		bool first;
		int err = 0;

		// Once more after joining the list: an unlock before saw no waiter.
		if (__mutex_take(a.lock, false, a.ip))
			return 0;
		if (signal_pending_state(a.state, current))
			return -EINTR;
		if (a.ctx)
			err = ww_mutex_check_kill(a.lock, a.waiter, a.ctx);
		if (err)
			return err;

		raw_spin_unlock(&a.lock->wait_lock);
		schedule_preempt_disabled();

		first = READ_ONCE(a.lock->wait_list.next) == &a.waiter->list;
		set_current_state(a.state);
		// Between unlock and this try another may have taken it.
		if (__mutex_take(a.lock, first, a.ip) ||
		    (first && mutex_optimistic_spin(a.lock, a.ctx, a.waiter, a.ip))) {
			raw_spin_lock(&a.lock->wait_lock);
			return 0;
		}
		raw_spin_lock(&a.lock->wait_lock);
	}
}

// Joins the wait list and waits. 0 or an error.
int lock_slowpath(const attempt &a, bool use_ww_ctx)
{
	struct mutex *lock = a.lock;
	int err = 0;

	raw_spin_lock(&lock->wait_lock);
	if (__mutex_take(lock, false, a.ip)) {
		if (a.ctx)
			ww_mutex_check_waiters(lock, a.ctx);
		goto taken;
	}

	a.waiter->task = current;
	a.waiter->ww_ctx = a.ctx;
	if (use_ww_ctx)
		err = ww_mutex_add_waiter(lock, a.waiter, a.ctx);
	else
		__mutex_add_waiter(lock, a.waiter, &lock->wait_list);
	if (err)
		goto out;

	err = wait_for_mutex(a);
	__set_current_state(TASK_RUNNING);
	// A wound-wait owner is checked by those who queue behind it; whoever was
	// queued before it has not looked yet.
	if (!err && a.ctx && __mutex_first_waiter(lock) != a.waiter)
		ww_mutex_check_waiters(lock, a.ctx);
	remove_waiter(lock, a.waiter);
	if (err)
		goto out;
taken:
	if (a.ctx)
		ww_mutex_lock_acquired(lock, a.ctx);
out:
	raw_spin_unlock(&lock->wait_lock);
	return err;
}

} // namespace

__no_tick int __mutex_lock_common(struct mutex *lock, unsigned int state, unsigned int subclass,
				  struct lockdep_map *nest_lock, unsigned long ip,
				  struct ww_acquire_ctx *ctx, bool use_ww_ctx)
{
	struct mutex_waiter waiter;
	int err;

	debug_mutex_check(lock);
	preempt_disable();
	mutex_acquire_nest(&lock->dep_map, subclass, 0, nest_lock, ip);

	bool taken = __mutex_take(lock, false, ip);

	if (!taken) {
		lock_contended(&lock->dep_map, ip);
		taken = mutex_optimistic_spin(lock, ctx, nullptr, ip);
	}
	if (taken) {
		if (ctx)
			ww_mutex_set_context_fastpath(lock, ctx);
		preempt_enable();
		return 0;
	}
	err = lock_slowpath({ lock, &waiter, ctx, state, ip }, use_ww_ctx);
	if (err)
		mutex_release(&lock->dep_map, ip);
	preempt_enable();
	return err;
}

// Unlock.

namespace {

// Under wait_lock. The owner word still says us, with HANDOFF.
void hand_over(struct mutex *lock, struct task_struct *to)
{
	long owner = atomic_long_read(&lock->owner);

	for (;;) {
		long given = (owner & MUTEX_FLAG_WAITERS) | reinterpret_cast<long>(to);

		if (to)
			given |= MUTEX_FLAG_PICKUP;
		if (atomic_long_try_cmpxchg_release(&lock->owner, &owner, given))
			return;
	}
}

noinline void wake_first(struct mutex *lock, bool handoff)
{
	struct mutex_waiter *waiter;
	struct task_struct *next = nullptr;
	DEFINE_WAKE_Q(wake_q);

	raw_spin_lock(&lock->wait_lock);
	waiter = __mutex_first_waiter(lock);
	if (waiter) {
		next = waiter->task;
		wake_q_add(&wake_q, next);
	}
	if (handoff)
		hand_over(lock, next);
	raw_spin_unlock(&lock->wait_lock);
	wake_up_q(&wake_q);
}

} // namespace

void __mutex_unlock(struct mutex *lock, unsigned long ip)
{
	long owner;

	mutex_release(&lock->dep_map, ip);
	debug_mutex_check(lock);
	owner = atomic_long_read(&lock->owner);
	DEBUG_LOCKS_WARN_ON(__owner_task(owner) != current);
	for (;;) {
		if (owner & MUTEX_FLAG_HANDOFF)
			break;
		if (atomic_long_try_cmpxchg_release(&lock->owner, &owner, __owner_flags(owner))) {
			if (owner & MUTEX_FLAG_WAITERS)
				break;
			return;
		}
	}
	wake_first(lock, owner & MUTEX_FLAG_HANDOFF);
}

// A look that is no step: whether it was ever initialised, and not destroyed.
__no_kcsan void debug_mutex_check(struct mutex *lock)
{
	DEBUG_LOCKS_WARN_ON(lock->magic != lock);
}
