// SPDX-License-Identifier: MIT
// Wound/wait mutexes, as Linux's kernel/locking/ww_mutex.h (M. Lankhorst 2013,
// T. Hellstrom 2018).
//
// D. J. Rosenkrantz, R. E. Stearns, P. M. Lewis, "System level concurrency
// control for distributed database systems", ACM TODS 3(2), 1978.
//
// Waiters with a context stand in the list in order of age, oldest first, and
// those without between them, first come first. So under wait-die whoever has
// an older one in front of it must die, and under wound-wait only the first
// with a context need be compared with the owner.
//
// Between taking the mutex (owner word) and publishing the context (ctx) the
// two disagree. Either a waiter sees the context, or the new owner sees the
// WAITERS flag and compares in its stead: the barriers marked [W] pair.
#include <linux/debug_locks.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/ww_mutex.h>

#include "locks/ww_mutex.h"

namespace {

struct ww_mutex *to_ww(struct mutex *lock) { return container_of(lock, struct ww_mutex, base); }

bool younger(const struct ww_acquire_ctx *a, const struct ww_acquire_ctx *b)
{
	return static_cast<long>(a->stamp - b->stamp) > 0;
}

struct mutex_waiter *previous(struct mutex *lock, struct mutex_waiter *waiter)
{
	struct list_head *at = waiter->list.prev;

	return at == &lock->wait_list ? nullptr : list_entry(at, struct mutex_waiter, list);
}

struct mutex_waiter *last_waiter(struct mutex *lock)
{
	if (list_empty(&lock->wait_list))
		return nullptr;
	return list_entry(lock->wait_list.prev, struct mutex_waiter, list);
}

// Wait-die: wake a younger waiter that holds locks; it will find that it must
// die. Returns whether that was the question at all.
bool make_die(struct mutex_waiter *waiter, struct ww_acquire_ctx *ctx)
{
	if (!ctx->is_wait_die)
		return false;
	if (READ_ONCE(waiter->ww_ctx->acquired) > 0 && younger(waiter->ww_ctx, ctx))
		wake_up_process(waiter->task);
	return true;
}

// Wound-wait: ctx waits for the owner; wound it if it is younger.
bool wound_owner(struct mutex *lock, struct ww_acquire_ctx *ctx, struct ww_acquire_ctx *owner_ctx)
{
	struct task_struct *owner = __mutex_owner(lock);

	// Not published yet, or just unlocked: whoever takes it will compare.
	if (!owner_ctx || !owner)
		return false;
	if (READ_ONCE(ctx->acquired) == 0 || !younger(owner_ctx, ctx))
		return false;
	WRITE_ONCE(owner_ctx->wounded, static_cast<unsigned short>(1));
	// If it sleeps for another mutex it looks again.
	if (owner != current)
		wake_up_process(owner);
	return true;
}

int kill(struct ww_acquire_ctx *ctx) { return READ_ONCE(ctx->acquired) > 0 ? -EDEADLK : 0; }

int lock_common(struct ww_mutex *lock, struct ww_acquire_ctx *ctx, unsigned int state,
		unsigned long ip)
{
	if (ctx) {
		if (READ_ONCE(lock->ctx) == ctx)
			return -EALREADY;
		DEBUG_LOCKS_WARN_ON(ctx->ww_class != lock->ww_class);
		// Who holds nothing is nobody's owner: a wound is history.
		if (ctx->acquired == 0)
			WRITE_ONCE(ctx->wounded, static_cast<unsigned short>(0));
	}
	return __mutex_lock_common(&lock->base, state, 0, ctx ? &ctx->dep_map : nullptr, ip, ctx,
				   true);
}

} // namespace

void ww_mutex_init(struct ww_mutex *lock, struct ww_class *ww_class)
{
	__mutex_init(&lock->base, ww_class->mutex_name, &ww_class->mutex_key);
	WRITE_ONCE(lock->ctx, static_cast<struct ww_acquire_ctx *>(nullptr));
	lock->ww_class = ww_class;
}

void ww_acquire_init(struct ww_acquire_ctx *ctx, struct ww_class *ww_class)
{
	ctx->task = current;
	ctx->stamp = static_cast<unsigned long>(atomic_long_inc_return_relaxed(&ww_class->stamp));
	ctx->is_wait_die = static_cast<unsigned short>(ww_class->is_wait_die);
	ctx->ww_class = ww_class;
	ctx->acquired = 0;
	ctx->done_acquire = 0;
	ctx->wounded = 0;
	lockdep_init_map(&ctx->dep_map, ww_class->acquire_name, &ww_class->acquire_key, 0);
	mutex_acquire(&ctx->dep_map, 0, 0, _RET_IP_);
	lock_acquired(&ctx->dep_map, _RET_IP_);
}

void ww_acquire_done(struct ww_acquire_ctx *ctx)
{
	lockdep_assert_held(ctx);
	DEBUG_LOCKS_WARN_ON(ctx->done_acquire);
	ctx->done_acquire = 1;
}

void ww_acquire_fini(struct ww_acquire_ctx *ctx)
{
	mutex_release(&ctx->dep_map, _RET_IP_);
	DEBUG_LOCKS_WARN_ON(ctx->acquired);
}

int ww_mutex_lock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	might_sleep();
	return lock_common(lock, ctx, TASK_UNINTERRUPTIBLE, _RET_IP_);
}

int ww_mutex_lock_interruptible(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	might_sleep();
	return lock_common(lock, ctx, TASK_INTERRUPTIBLE, _RET_IP_);
}

void ww_mutex_lock_slow(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	might_sleep();
	DEBUG_LOCKS_WARN_ON(ctx->acquired);
	(void)lock_common(lock, ctx, TASK_UNINTERRUPTIBLE, _RET_IP_);
}

int ww_mutex_lock_slow_interruptible(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	might_sleep();
	DEBUG_LOCKS_WARN_ON(ctx->acquired);
	return lock_common(lock, ctx, TASK_INTERRUPTIBLE, _RET_IP_);
}

__no_tick int ww_mutex_trylock(struct ww_mutex *lock, struct ww_acquire_ctx *ctx)
{
	struct mutex *base = &lock->base;

	debug_mutex_check(base);
	if (ctx && ctx->acquired == 0)
		WRITE_ONCE(ctx->wounded, static_cast<unsigned short>(0));
	if (__mutex_trylock_common(base, false))
		return 0;
	mutex_acquire_nest(&base->dep_map, 0, 1, ctx ? &ctx->dep_map : nullptr, _RET_IP_);
	lock_acquired(&base->dep_map, _RET_IP_);
	if (ctx)
		ww_mutex_set_context_fastpath(base, ctx);
	return 1;
}

void ww_mutex_unlock(struct ww_mutex *lock)
{
	struct ww_acquire_ctx *ctx = READ_ONCE(lock->ctx);

	if (ctx) {
		DEBUG_LOCKS_WARN_ON(!ctx->acquired);
		if (ctx->acquired > 0)
			WRITE_ONCE(ctx->acquired, ctx->acquired - 1);
		WRITE_ONCE(lock->ctx, static_cast<struct ww_acquire_ctx *>(nullptr));
	}
	__mutex_unlock(&lock->base, _RET_IP_);
}

void ww_mutex_lock_acquired(struct mutex *lock, struct ww_acquire_ctx *ctx)
{
	DEBUG_LOCKS_WARN_ON(ctx->done_acquire);
	WRITE_ONCE(ctx->acquired, ctx->acquired + 1);
	WRITE_ONCE(to_ww(lock)->ctx, ctx);
}

void ww_mutex_set_context_fastpath(struct mutex *lock, struct ww_acquire_ctx *ctx)
{
	ww_mutex_lock_acquired(lock, ctx);
	smp_mb(); // [W] ctx, then the flag
	if (!(atomic_long_read(&lock->owner) & MUTEX_FLAG_WAITERS))
		return;
	raw_spin_lock(&lock->wait_lock);
	ww_mutex_check_waiters(lock, ctx);
	raw_spin_unlock(&lock->wait_lock);
}

void ww_mutex_check_waiters(struct mutex *lock, struct ww_acquire_ctx *ctx)
{
	struct mutex_waiter *waiter;

	list_for_each_entry(waiter, &lock->wait_list, list) {
		if (!waiter->ww_ctx)
			continue;
		if (make_die(waiter, ctx) || wound_owner(lock, waiter->ww_ctx, ctx))
			break;
	}
}

int ww_mutex_add_waiter(struct mutex *lock, struct mutex_waiter *waiter,
			struct ww_acquire_ctx *ctx)
{
	struct list_head *before = &lock->wait_list;
	struct mutex_waiter *cur;

	if (!ctx) {
		__mutex_add_waiter(lock, waiter, before);
		return 0;
	}
	// From the end forwards, in front of all that are younger.
	for (cur = last_waiter(lock); cur; cur = previous(lock, cur)) {
		if (!cur->ww_ctx)
			continue;
		if (younger(ctx, cur->ww_ctx)) {
			int err = ctx->is_wait_die ? kill(ctx) : 0;

			if (err)
				return err;
			break;
		}
		before = &cur->list;
		make_die(cur, ctx);
	}
	__mutex_add_waiter(lock, waiter, before);
	if (!ctx->is_wait_die) {
		smp_mb(); // [W] the flag, then ctx
		wound_owner(lock, ctx, READ_ONCE(to_ww(lock)->ctx));
	}
	return 0;
}

int ww_mutex_check_kill(struct mutex *lock, struct mutex_waiter *waiter,
			struct ww_acquire_ctx *ctx)
{
	struct ww_acquire_ctx *owner_ctx = READ_ONCE(to_ww(lock)->ctx);
	struct mutex_waiter *cur;

	if (ctx->acquired == 0)
		return 0;
	if (!ctx->is_wait_die)
		return READ_ONCE(ctx->wounded) ? kill(ctx) : 0;
	if (owner_ctx && younger(ctx, owner_ctx))
		return kill(ctx);
	// An older one in front of us will own it before us.
	for (cur = previous(lock, waiter); cur; cur = previous(lock, cur)) {
		if (cur->ww_ctx)
			return kill(ctx);
	}
	return 0;
}

bool ww_mutex_spin_on_owner(struct mutex *lock, struct ww_acquire_ctx *ctx,
			    struct mutex_waiter *waiter)
{
	// Whether we must die is decided under wait_lock only.
	if (ctx->acquired > 0 && READ_ONCE(to_ww(lock)->ctx))
		return false;
	if (!waiter)
		return !(atomic_long_read(&lock->owner) & MUTEX_FLAG_WAITERS);
	return READ_ONCE(lock->wait_list.next) == &waiter->list;
}
