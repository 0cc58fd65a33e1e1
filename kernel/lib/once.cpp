// SPDX-License-Identifier: MIT
// Doing things once: who comes second waits for who came first.
#include <linux/mutex.h>
#include <linux/once.h>
#include <linux/spinlock.h>

namespace {

DEFINE_SPINLOCK(once_lock);
DEFINE_MUTEX(once_mutex);

} // namespace

bool __do_once_start(bool *done, unsigned long *flags)
{
	unsigned long saved;

	spin_lock_irqsave(&once_lock, saved);
	if (*done) {
		spin_unlock_irqrestore(&once_lock, saved);
		return false;
	}
	*flags = saved;
	return true;
}

void __do_once_done(bool *done, unsigned long *flags)
{
	smp_store_release(done, true);
	spin_unlock_irqrestore(&once_lock, *flags);
}

bool __do_once_sleepable_start(bool *done)
{
	mutex_lock(&once_mutex);
	if (*done) {
		mutex_unlock(&once_mutex);
		return false;
	}
	return true;
}

void __do_once_sleepable_done(bool *done)
{
	smp_store_release(done, true);
	mutex_unlock(&once_mutex);
}
