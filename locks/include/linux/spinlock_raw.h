/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SPINLOCK_RAW_H
#define _LINUX_SPINLOCK_RAW_H
/* raw_spin_lock() and its family. Rules and table: <linux/spinlock.h>. */
#include <asm/spinlock.h>
#include <linux/bottom_half.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/spinlock_api_smp.h>
#include <linux/typecheck.h>

/* One class per place that initialises. */
#define raw_spin_lock_init(lock) do {					\
	static struct lock_class_key __key;				\
	__raw_spin_lock_init((lock), #lock, &__key, LD_WAIT_SPIN);	\
} while (0)

#define raw_spin_lock(lock)		   _raw_spin_lock(lock)
#define raw_spin_lock_nested(lock, sub)	   _raw_spin_lock_nested(lock, sub)
#define raw_spin_lock_nest_lock(lock, nest) \
	_raw_spin_lock_nest_lock(lock, &(nest)->dep_map)
#define raw_spin_lock_bh(lock)		   _raw_spin_lock_bh(lock)
#define raw_spin_lock_irq(lock)		   _raw_spin_lock_irq(lock)
#define raw_spin_unlock(lock)		   _raw_spin_unlock(lock)
#define raw_spin_unlock_bh(lock)	   _raw_spin_unlock_bh(lock)
#define raw_spin_unlock_irq(lock)	   _raw_spin_unlock_irq(lock)

#define raw_spin_lock_irqsave(lock, flags) do {				\
	typecheck(unsigned long, flags);				\
	flags = _raw_spin_lock_irqsave(lock);				\
} while (0)
#define raw_spin_lock_irqsave_nested(lock, flags, sub) do {		\
	typecheck(unsigned long, flags);				\
	flags = _raw_spin_lock_irqsave_nested(lock, sub);		\
} while (0)
#define raw_spin_unlock_irqrestore(lock, flags) do {			\
	typecheck(unsigned long, flags);				\
	_raw_spin_unlock_irqrestore(lock, flags);			\
} while (0)

#define raw_spin_trylock(lock)	  _raw_spin_trylock(lock)
#define raw_spin_trylock_bh(lock) _raw_spin_trylock_bh(lock)
#define raw_spin_trylock_irq(lock) ({					\
	int __taken;							\
	local_irq_disable();						\
	__taken = _raw_spin_trylock(lock);				\
	if (!__taken)							\
		local_irq_enable();					\
	__taken;							\
})
#define raw_spin_trylock_irqsave(lock, flags) ({			\
	int __taken;							\
	local_irq_save(flags);						\
	__taken = _raw_spin_trylock(lock);				\
	if (!__taken)							\
		local_irq_restore(flags);				\
	__taken;							\
})

#define raw_spin_is_locked(lock)    arch_spin_is_locked(&(lock)->raw_lock)
#define raw_spin_is_contended(lock) arch_spin_is_contended(&(lock)->raw_lock)
#define assert_raw_spin_locked(x)   BUG_ON(!raw_spin_is_locked(x))

#endif /* _LINUX_SPINLOCK_RAW_H */
