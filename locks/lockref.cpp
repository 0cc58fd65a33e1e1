// SPDX-License-Identifier: MIT
// Reference counts with their locks.
#include <linux/lockref.h>

namespace {

constexpr int kDead = -128; // some puts may still come before it looks alive

// Adds n if the count is more than `above`. Returns with the lock held.
bool change(lockref *ref, int n, int above)
{
	spin_lock(&ref->lock);
	if (ref->count <= above)
		return false;
	ref->count += n;
	return true;
}

int change_and_unlock(lockref *ref, int n, int above)
{
	const bool changed = change(ref, n, above);

	spin_unlock(&ref->lock);
	return changed;
}

int change_or_lock(lockref *ref, int n, int above)
{
	if (!change(ref, n, above))
		return 0;
	spin_unlock(&ref->lock);
	return 1;
}

} // namespace

void lockref_get(lockref *ref)
{
	spin_lock(&ref->lock);
	ref->count++;
	spin_unlock(&ref->lock);
}

int lockref_get_not_zero(lockref *ref)
{
	return change_and_unlock(ref, 1, 0);
}

int lockref_get_not_dead(lockref *ref)
{
	return change_and_unlock(ref, 1, -1);
}

int lockref_put_not_zero(lockref *ref)
{
	return change_and_unlock(ref, -1, 1);
}

int lockref_get_or_lock(lockref *ref)
{
	return change_or_lock(ref, 1, 0);
}

int lockref_put_or_lock(lockref *ref)
{
	return change_or_lock(ref, -1, 1);
}

int lockref_put_return(lockref *)
{
	return -1;
}

void lockref_mark_dead(lockref *ref)
{
	assert_spin_locked(&ref->lock);
	ref->count = kDead;
}
