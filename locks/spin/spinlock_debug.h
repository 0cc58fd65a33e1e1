// SPDX-License-Identifier: MIT
// Linux's debug-build checks of a spinlock's user, by looks that are no steps.
#pragma once

#include <linux/spinlock_types.h>

// Reports "bad magic": a lock that was never initialised.
void debug_spin_lock_before(const raw_spinlock_t *lock);
// Reports "bad magic" and "already unlocked". False if unlocking it would
// break the lock for good: then it is left alone.
bool debug_spin_unlock_allowed(const raw_spinlock_t *lock);
