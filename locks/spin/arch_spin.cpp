// SPDX-License-Identifier: MIT
// The bare spinlock: whichever algorithm the machine was booted with.
#include <asm/spinlock.h>
#include <linux/errno.h>

#include "locks/spin/mcs.h"
#include "locks/spin/queued.h"
#include "locks/spin/tas.h"
#include "locks/spin/ticket.h"

constinit enum spinlock_kind spinlock_kind = SPINLOCK_QUEUED;

namespace {

// As if patched into the code at boot: choosing the algorithm is no access.
__always_inline enum spinlock_kind kind()
{
	enum spinlock_kind k;

	__asm__("movl %1, %0" : "=r"(k) : "m"(spinlock_kind));
	return k;
}

bool same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

} // namespace

int spinlock_set_kind(const char *name)
{
	static const char *const names[] = { "queued", "ticket", "mcs", "tas" };

	for (unsigned int k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
		if (same(name, names[k])) {
			spinlock_kind = static_cast<enum spinlock_kind>(k);
			return 0;
		}
	}
	return -EINVAL;
}

__no_tick void arch_spin_lock(arch_spinlock_t *lock)
{
	switch (kind()) {
	case SPINLOCK_QUEUED:
		return queued_lock(&lock->queued);
	case SPINLOCK_TICKET:
		return ticket_lock(&lock->ticket);
	case SPINLOCK_MCS:
		return mcs_lock(&lock->mcs);
	case SPINLOCK_TAS:
		return tas_lock(&lock->tas);
	}
}

__no_tick bool arch_spin_trylock(arch_spinlock_t *lock)
{
	switch (kind()) {
	case SPINLOCK_QUEUED:
		return queued_trylock(&lock->queued);
	case SPINLOCK_TICKET:
		return ticket_trylock(&lock->ticket);
	case SPINLOCK_MCS:
		return mcs_trylock(&lock->mcs);
	case SPINLOCK_TAS:
		return tas_trylock(&lock->tas);
	}
	return false;
}

__no_tick void arch_spin_unlock(arch_spinlock_t *lock)
{
	switch (kind()) {
	case SPINLOCK_QUEUED:
		return queued_unlock(&lock->queued);
	case SPINLOCK_TICKET:
		return ticket_unlock(&lock->ticket);
	case SPINLOCK_MCS:
		return mcs_unlock(&lock->mcs);
	case SPINLOCK_TAS:
		return tas_unlock(&lock->tas);
	}
}

bool arch_spin_is_locked(const arch_spinlock_t *lock)
{
	switch (kind()) {
	case SPINLOCK_QUEUED:
		return queued_is_locked(&lock->queued);
	case SPINLOCK_TICKET:
		return ticket_is_locked(&lock->ticket);
	case SPINLOCK_MCS:
		return mcs_is_locked(&lock->mcs);
	case SPINLOCK_TAS:
		return tas_is_locked(&lock->tas);
	}
	return false;
}

// A test-and-set lock does not know who waits.
bool arch_spin_is_contended(const arch_spinlock_t *lock)
{
	switch (kind()) {
	case SPINLOCK_QUEUED:
		return queued_is_contended(&lock->queued);
	case SPINLOCK_TICKET:
		return ticket_is_contended(&lock->ticket);
	case SPINLOCK_MCS:
		return mcs_is_contended(&lock->mcs);
	case SPINLOCK_TAS:
		return false;
	}
	return false;
}
