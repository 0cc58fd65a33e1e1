/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RWLOCK_H
#define _LINUX_RWLOCK_H
/*
 * Reader-writer spinlocks: many readers or one writer. Rules of context and of
 * the _bh, _irq and _irqsave forms: as spinlocks, <linux/spinlock.h>.
 *
 *	state	    read_lock	 write_lock	read_unlock   write_unlock
 *	free	    -> 1 reader	 -> writer	reported      reported
 *	n readers   -> n+1 (*)	 waits for all	-> n-1	      reported
 *	writer	    waits	 waits		reported      -> free
 *
 * (*) The surprising thing: not if a writer waits already. A task that takes
 * read_lock() twice can so deadlock with a writer in between; in an interrupt
 * readers overtake the queue, so an interrupt's read_lock() nested in a task's
 * is fine.
 *
 * Order: lock is an acquire, unlock a release.
 * Misuse reported: wrong initialisation, unlock of what is not held; and by
 * the checkers all that they say about spinlocks.
 */
#include <linux/bottom_half.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/rwlock_types.h>
#include <linux/typecheck.h>

#ifdef __cplusplus
extern "C" {
#endif

void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key);

void _raw_read_lock(rwlock_t *lock);
void _raw_read_lock_bh(rwlock_t *lock);
void _raw_read_lock_irq(rwlock_t *lock);
unsigned long _raw_read_lock_irqsave(rwlock_t *lock);
int _raw_read_trylock(rwlock_t *lock);
void _raw_read_unlock(rwlock_t *lock);
void _raw_read_unlock_bh(rwlock_t *lock);
void _raw_read_unlock_irq(rwlock_t *lock);
void _raw_read_unlock_irqrestore(rwlock_t *lock, unsigned long flags);

void _raw_write_lock(rwlock_t *lock);
void _raw_write_lock_nested(rwlock_t *lock, int subclass);
void _raw_write_lock_bh(rwlock_t *lock);
void _raw_write_lock_irq(rwlock_t *lock);
unsigned long _raw_write_lock_irqsave(rwlock_t *lock);
int _raw_write_trylock(rwlock_t *lock);
void _raw_write_unlock(rwlock_t *lock);
void _raw_write_unlock_bh(rwlock_t *lock);
void _raw_write_unlock_irq(rwlock_t *lock);
void _raw_write_unlock_irqrestore(rwlock_t *lock, unsigned long flags);

#ifdef __cplusplus
}
#endif

#define rwlock_init(lock) do {						\
	static struct lock_class_key __key;				\
	__rwlock_init((lock), #lock, &__key);				\
} while (0)

#define read_lock(lock)	       _raw_read_lock(lock)
#define read_lock_bh(lock)     _raw_read_lock_bh(lock)
#define read_lock_irq(lock)    _raw_read_lock_irq(lock)
#define read_trylock(lock)     _raw_read_trylock(lock)
#define read_unlock(lock)      _raw_read_unlock(lock)
#define read_unlock_bh(lock)   _raw_read_unlock_bh(lock)
#define read_unlock_irq(lock)  _raw_read_unlock_irq(lock)

#define write_lock(lock)	     _raw_write_lock(lock)
#define write_lock_nested(lock, sub) _raw_write_lock_nested(lock, sub)
#define write_lock_bh(lock)	     _raw_write_lock_bh(lock)
#define write_lock_irq(lock)	     _raw_write_lock_irq(lock)
#define write_trylock(lock)	     _raw_write_trylock(lock)
#define write_unlock(lock)	     _raw_write_unlock(lock)
#define write_unlock_bh(lock)	     _raw_write_unlock_bh(lock)
#define write_unlock_irq(lock)	     _raw_write_unlock_irq(lock)

#define read_lock_irqsave(lock, flags) do {				\
	typecheck(unsigned long, flags);				\
	flags = _raw_read_lock_irqsave(lock);				\
} while (0)
#define read_unlock_irqrestore(lock, flags) do {			\
	typecheck(unsigned long, flags);				\
	_raw_read_unlock_irqrestore(lock, flags);			\
} while (0)
#define write_lock_irqsave(lock, flags) do {				\
	typecheck(unsigned long, flags);				\
	flags = _raw_write_lock_irqsave(lock);				\
} while (0)
#define write_unlock_irqrestore(lock, flags) do {			\
	typecheck(unsigned long, flags);				\
	_raw_write_unlock_irqrestore(lock, flags);			\
} while (0)
#define write_trylock_irqsave(lock, flags) ({				\
	int __taken;							\
	local_irq_save(flags);						\
	__taken = _raw_write_trylock(lock);				\
	if (!__taken)							\
		local_irq_restore(flags);				\
	__taken;							\
})

#define rwlock_is_contended(lock) arch_rwlock_is_contended(&(lock)->raw_lock)

#endif /* _LINUX_RWLOCK_H */
