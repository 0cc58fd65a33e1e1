/* SPDX-License-Identifier: MIT */
#ifndef _ASM_SPINLOCK_H
#define _ASM_SPINLOCK_H
/*
 * The bare spinlocks: mutual exclusion and nothing else.
 *
 * They tell nobody and leave preemption and interrupts alone; <linux/spinlock.h>
 * is what one uses. Nothing happens on this CPU between the step that takes
 * the lock without waiting and the return (see __no_tick).
 *
 * Context: any, preemption disabled. Order: lock acquire, unlock release.
 */
#include <asm/spinlock_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The algorithm; set before the first lock is taken, constant from then on. */
enum spinlock_kind {
	SPINLOCK_QUEUED,
	SPINLOCK_TICKET,
	SPINLOCK_MCS,
	SPINLOCK_TAS,
};
extern enum spinlock_kind spinlock_kind;
/* By its name on the command line ("queued", "ticket", "mcs", "tas"): 0, or
 * -EINVAL for another name. */
int spinlock_set_kind(const char *name);

void arch_spin_lock(arch_spinlock_t *lock);
bool arch_spin_trylock(arch_spinlock_t *lock);
void arch_spin_unlock(arch_spinlock_t *lock);
/* Marked reads; the answer may be old when it arrives. */
bool arch_spin_is_locked(const arch_spinlock_t *lock);
bool arch_spin_is_contended(const arch_spinlock_t *lock);

#ifdef __cplusplus
}
#endif
#endif /* _ASM_SPINLOCK_H */
