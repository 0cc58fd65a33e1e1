/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SPINLOCK_API_SMP_H
#define _LINUX_SPINLOCK_API_SMP_H
/*
 * The functions behind the macros of <linux/spinlock.h>; locks/spinlock.cpp.
 *
 * Each is: make this CPU unable to be taken away from us, say what we want,
 * take, say that we have it. The caller's address is the one that is blamed.
 */
#include <linux/spinlock_types.h>

#ifdef __cplusplus
extern "C" {
#endif

void _raw_spin_lock(raw_spinlock_t *lock);
void _raw_spin_lock_nested(raw_spinlock_t *lock, int subclass);
void _raw_spin_lock_nest_lock(raw_spinlock_t *lock, struct lockdep_map *map);
void _raw_spin_lock_bh(raw_spinlock_t *lock);
void _raw_spin_lock_irq(raw_spinlock_t *lock);
unsigned long _raw_spin_lock_irqsave(raw_spinlock_t *lock);
unsigned long _raw_spin_lock_irqsave_nested(raw_spinlock_t *lock, int subclass);
int _raw_spin_trylock(raw_spinlock_t *lock);
int _raw_spin_trylock_bh(raw_spinlock_t *lock);
void _raw_spin_unlock(raw_spinlock_t *lock);
void _raw_spin_unlock_bh(raw_spinlock_t *lock);
void _raw_spin_unlock_irq(raw_spinlock_t *lock);
void _raw_spin_unlock_irqrestore(raw_spinlock_t *lock, unsigned long flags);

void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key,
			  short inner);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_SPINLOCK_API_SMP_H */
