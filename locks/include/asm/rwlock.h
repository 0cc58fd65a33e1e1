/* SPDX-License-Identifier: MIT */
#ifndef _ASM_RWLOCK_H
#define _ASM_RWLOCK_H
/* The bare reader-writer spinlock: locks/spin/qrwlock.h. Use <linux/rwlock.h>. */
#include <asm/spinlock.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qrwlock {
	union {
		atomic_t cnts;
		struct {
			u8 wlocked;
			u8 __lstate[3];
		};
	};
	arch_spinlock_t wait_lock;
} arch_rwlock_t;

#define __ARCH_RW_LOCK_UNLOCKED \
	{ { ATOMIC_INIT(0) }, __ARCH_SPIN_LOCK_UNLOCKED }

void arch_read_lock(arch_rwlock_t *lock);
void arch_write_lock(arch_rwlock_t *lock);
bool arch_read_trylock(arch_rwlock_t *lock);
bool arch_write_trylock(arch_rwlock_t *lock);
void arch_read_unlock(arch_rwlock_t *lock);
void arch_write_unlock(arch_rwlock_t *lock);
bool arch_rwlock_is_locked(const arch_rwlock_t *lock);
bool arch_rwlock_is_contended(const arch_rwlock_t *lock);

#ifdef __cplusplus
}
#endif
#endif /* _ASM_RWLOCK_H */
