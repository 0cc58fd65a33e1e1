// SPDX-License-Identifier: MIT
// What mutex.cpp asks ww_mutex.cpp when a mutex is taken with a context.
// "Under wait_lock" is meant of the mutex in question.
#pragma once

#include "locks/mutex.h"

struct ww_acquire_ctx;

// Taken without sleeping, wait_lock not held: the owner's context is ctx.
void ww_mutex_set_context_fastpath(struct mutex *lock, struct ww_acquire_ctx *ctx);
// The same, taken under wait_lock.
void ww_mutex_lock_acquired(struct mutex *lock, struct ww_acquire_ctx *ctx);

// Under wait_lock, ctx just became the owner's: those who wait for it with a
// context of another age must now die or wound.
void ww_mutex_check_waiters(struct mutex *lock, struct ww_acquire_ctx *ctx);
// Under wait_lock: joins the list in order of age. -EDEADLK: better not.
int ww_mutex_add_waiter(struct mutex *lock, struct mutex_waiter *waiter,
			struct ww_acquire_ctx *ctx);
// Under wait_lock: -EDEADLK if this waiter must give up, else 0.
int ww_mutex_check_kill(struct mutex *lock, struct mutex_waiter *waiter,
			struct ww_acquire_ctx *ctx);
// Whether ctx may go on spinning for the mutex.
bool ww_mutex_spin_on_owner(struct mutex *lock, struct ww_acquire_ctx *ctx,
			    struct mutex_waiter *waiter);
