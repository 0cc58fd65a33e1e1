// SPDX-License-Identifier: MIT
// Mutexes with priority inheritance.
//
// L. Sha, R. Rajkumar, J. P. Lehoczky, "Priority inheritance protocols: an
// approach to real-time synchronization", IEEE Trans. Computers 39(9), 1990.
// The owner word's protocol is that of Linux's kernel/locking/rtmutex.c.
//
//	(task, waiters)
//	(0, 0)  -> (me, 0)	lock, fast
//	(t, 0)  -> (t, 1)	somebody begins to wait: unlock cannot be fast now
//	(me, 0) -> (0, 0)	unlock, fast
//	(me, 1) -> (0, 1)	unlock: the best waiter is woken, and it or a better
//				task takes it
//	(0, 1)  -> (t, 0 or 1)	taken, under the chain lock
//
// chain_lock guards all lists of waiters and all inheritance. A task's
// pi_waiters are the mutexes that it owns and somebody waits for; what it
// inherits is the best of their best waiters.
#include <linux/debug_locks.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/rtmutex.h>
#include <linux/sched.h>
#include <linux/sched/wake_q.h>
#include <linux/spinlock.h>

struct rt_mutex_waiter {
	struct list_head entry; // in the mutex's waiters
	struct task_struct *task;
	struct rt_mutex_base *lock;
	int prio; // as it is queued
};

namespace {

constexpr long kHasWaiters = 1;
constexpr int kChainMax = 1024; // a longer one is a cycle: a deadlock

DEFINE_RAW_SPINLOCK(chain_lock);

long as_owner(struct task_struct *task) { return reinterpret_cast<long>(task); }

struct task_struct *owner_of(struct rt_mutex_base *lock)
{
	return reinterpret_cast<struct task_struct *>(atomic_long_read(&lock->owner) &
						      ~kHasWaiters);
}

// Below: under chain_lock.

struct rt_mutex_waiter *top_waiter(struct rt_mutex_base *lock)
{
	return list_first_entry_or_null(&lock->waiters, struct rt_mutex_waiter, entry);
}

void enqueue(struct rt_mutex_base *lock, struct rt_mutex_waiter *waiter)
{
	struct rt_mutex_waiter *other;
	struct list_head *before = &lock->waiters;

	waiter->prio = READ_ONCE(waiter->task->prio);
	list_for_each_entry(other, &lock->waiters, entry) {
		if (waiter->prio < other->prio) {
			before = &other->entry;
			break;
		}
	}
	list_add_tail(&waiter->entry, before);
}

// The owner's pi_waiters and the waiters bit follow the waiters.
void update_owner(struct rt_mutex_base *lock)
{
	struct task_struct *owner = owner_of(lock);

	list_del_init(&lock->pi_entry);
	if (list_empty(&lock->waiters)) {
		atomic_long_andnot(kHasWaiters, &lock->owner);
		return;
	}
	atomic_long_or(kHasWaiters, &lock->owner);
	if (owner)
		list_add(&lock->pi_entry, &owner->pi_waiters);
}

struct task_struct *best_waiter_for(struct task_struct *owner)
{
	struct rt_mutex_waiter *best = nullptr;
	struct rt_mutex_base *lock;

	list_for_each_entry(lock, &owner->pi_waiters, pi_entry) {
		struct rt_mutex_waiter *top = top_waiter(lock);

		if (top && (!best || top->prio < best->prio))
			best = top;
	}
	return best ? best->task : nullptr;
}

// True if the task's priority changed by it.
bool inherit(struct task_struct *task)
{
	int before = READ_ONCE(task->prio);
	struct task_struct *from = best_waiter_for(task);

	raw_spin_lock(&task->pi_lock);
	rt_mutex_setprio(task, from);
	raw_spin_unlock(&task->pi_lock);
	return READ_ONCE(task->prio) != before;
}

// Along the chain: task, the owner of what it waits for, and so on.
void adjust_chain(struct task_struct *task)
{
	for (int depth = 0; task && depth < kChainMax; depth++) {
		struct rt_mutex_waiter *waiter;

		if (!inherit(task))
			return;
		waiter = task->pi_blocked_on;
		if (!waiter)
			return;
		list_del(&waiter->entry);
		enqueue(waiter->lock, waiter);
		task = owner_of(waiter->lock);
		// Being handed over: the best must know that it is the best now.
		if (!task)
			wake_up_process(top_waiter(waiter->lock)->task);
	}
}

// Takes it if there is no owner and nobody better waits. `waiter` is current's
// own, or null if it is not queued.
__no_tick bool try_to_take(struct rt_mutex_base *lock, struct rt_mutex_waiter *waiter,
			   struct lockdep_map *map, unsigned long ip)
{
	struct rt_mutex_waiter *top;
	long owner;

	// From here on neither lock nor unlock can be fast.
	owner = atomic_long_fetch_or(kHasWaiters, &lock->owner);
	if (owner & ~kHasWaiters)
		return false;
	top = top_waiter(lock);
	if (top && top != waiter && current->prio >= top->prio)
		return false;
	(void)atomic_long_xchg_acquire(&lock->owner, as_owner(current) | kHasWaiters);
	lock_acquired(map, ip);
	if (waiter)
		list_del(&waiter->entry);
	current->pi_blocked_on = nullptr;
	update_owner(lock);
	inherit(current);
	return true;
}

int lock_slowpath(struct rt_mutex *mutex, unsigned int state, unsigned long ip)
{
	struct rt_mutex_base *lock = &mutex->rtmutex;
	struct rt_mutex_waiter waiter;
	unsigned long flags;
	int err = 0;

	raw_spin_lock_irqsave(&chain_lock, flags);
	if (try_to_take(lock, nullptr, &mutex->dep_map, ip))
		goto out;

	waiter.task = current;
	waiter.lock = lock;
	enqueue(lock, &waiter);
	current->pi_blocked_on = &waiter;
	update_owner(lock);
	if (owner_of(lock))
		adjust_chain(owner_of(lock));

	set_current_state(state);
	while (!try_to_take(lock, &waiter, &mutex->dep_map, ip)) {
		if (signal_pending_state(state, current)) {
			err = -EINTR;
			break;
		}
		raw_spin_unlock_irqrestore(&chain_lock, flags);
		schedule();
		raw_spin_lock_irqsave(&chain_lock, flags);
		set_current_state(state);
	}
	__set_current_state(TASK_RUNNING);
	if (err) {
		list_del(&waiter.entry);
		current->pi_blocked_on = nullptr;
		update_owner(lock);
		if (owner_of(lock))
			adjust_chain(owner_of(lock));
		else if (top_waiter(lock)) // the wake-up may have been ours
			wake_up_process(top_waiter(lock)->task);
	}
out:
	// A failed try has set the bit, perhaps for nobody.
	update_owner(lock);
	raw_spin_unlock_irqrestore(&chain_lock, flags);
	return err;
}

__no_tick int lock_common(struct rt_mutex *mutex, unsigned int state, unsigned int subclass,
			  struct lockdep_map *nest_lock, unsigned long ip)
{
	long free = 0;
	int err;

	might_sleep();
	mutex_acquire_nest(&mutex->dep_map, subclass, 0, nest_lock, ip);
	if (atomic_long_try_cmpxchg_acquire(&mutex->rtmutex.owner, &free, as_owner(current))) {
		lock_acquired(&mutex->dep_map, ip);
		return 0;
	}
	lock_contended(&mutex->dep_map, ip);
	err = lock_slowpath(mutex, state, ip);
	if (err)
		mutex_release(&mutex->dep_map, ip);
	return err;
}

noinline void unlock_slowpath(struct rt_mutex_base *lock)
{
	unsigned long flags;
	struct rt_mutex_waiter *top;
	DEFINE_WAKE_Q(wake_q);

	raw_spin_lock_irqsave(&chain_lock, flags);
	top = top_waiter(lock);
	(void)atomic_long_xchg_release(&lock->owner, top ? kHasWaiters : 0);
	update_owner(lock);
	if (top)
		wake_q_add(&wake_q, top->task);
	inherit(current);
	raw_spin_unlock_irqrestore(&chain_lock, flags);
	wake_up_q(&wake_q);
}

} // namespace

void __rt_mutex_init(struct rt_mutex *lock, const char *name, struct lock_class_key *key)
{
	atomic_long_set(&lock->rtmutex.owner, 0);
	INIT_LIST_HEAD(&lock->rtmutex.waiters);
	INIT_LIST_HEAD(&lock->rtmutex.pi_entry);
	lockdep_init_map_wait(&lock->dep_map, name, key, 0, LD_WAIT_SLEEP);
}

void rt_mutex_destroy(struct rt_mutex *lock)
{
	DEBUG_LOCKS_WARN_ON(rt_mutex_is_locked(lock));
	hw_announce(EV_LOCK_DESTROY, &lock->dep_map, 0, __builtin_return_address(0));
}

void rt_mutex_lock_nested(struct rt_mutex *lock, unsigned int subclass)
{
	(void)lock_common(lock, TASK_UNINTERRUPTIBLE, subclass, nullptr, _RET_IP_);
}

void _rt_mutex_lock_nest_lock(struct rt_mutex *lock, struct lockdep_map *nest_lock)
{
	(void)lock_common(lock, TASK_UNINTERRUPTIBLE, 0, nest_lock, _RET_IP_);
}

int rt_mutex_lock_interruptible(struct rt_mutex *lock)
{
	return lock_common(lock, TASK_INTERRUPTIBLE, 0, nullptr, _RET_IP_);
}

int rt_mutex_lock_killable(struct rt_mutex *lock)
{
	return lock_common(lock, TASK_KILLABLE, 0, nullptr, _RET_IP_);
}

__no_tick int rt_mutex_trylock(struct rt_mutex *lock)
{
	long free = 0;

	if (!atomic_long_try_cmpxchg_acquire(&lock->rtmutex.owner, &free, as_owner(current)))
		return 0;
	mutex_acquire(&lock->dep_map, 0, 1, _RET_IP_);
	lock_acquired(&lock->dep_map, _RET_IP_);
	return 1;
}

void rt_mutex_unlock(struct rt_mutex *lock)
{
	long me = as_owner(current);

	mutex_release(&lock->dep_map, _RET_IP_);
	if (atomic_long_try_cmpxchg_release(&lock->rtmutex.owner, &me, 0l))
		return;
	if (!DEBUG_LOCKS_WARN_ON(owner_of(&lock->rtmutex) != current))
		unlock_slowpath(&lock->rtmutex);
}

bool rt_mutex_base_is_locked(struct rt_mutex_base *lock) { return owner_of(lock) != nullptr; }
