/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SEMAPHORE_H
#define _LINUX_SEMAPHORE_H
/*
 * Counting semaphores: at most `count` tasks inside, the others asleep in the
 * order in which they came.
 *
 *	count	waiters	   down			  up
 *	n > 0	none	   -> n-1		  -> n+1
 *	0	none	   sleeps		  -> 1
 *	0	some	   sleeps behind them	  the first one gets it; count stays 0
 *
 * Nobody owns a semaphore: whoever likes may call up(), in any context but NMI.
 * That is why lockdep does not check them. For mutual exclusion use a mutex.
 *
 * Context: down sleeps; down_trylock() and up() may be called in interrupts.
 * Order: down is an acquire, up a release.
 * The surprising thing: down_trylock() returns 0 on *success*.
 */
#include <linux/list.h>
#include <linux/spinlock.h>

#ifdef __cplusplus
extern "C" {
#endif

struct semaphore {
	raw_spinlock_t lock;
	/* guarded by lock: */
	unsigned int count;
	struct list_head wait_list;
};

#define __SEMAPHORE_INITIALIZER(name, n) {				\
	.lock = __RAW_SPIN_LOCK_INITIALIZER((name).lock),		\
	.count = (n),							\
	.wait_list = { &(name).wait_list, &(name).wait_list } }

/* DEFINE_SEMAPHORE(name) or, as in newer kernels, DEFINE_SEMAPHORE(name, n). */
#define __DEFINE_SEMAPHORE(name, n, ...) \
	struct semaphore name = __SEMAPHORE_INITIALIZER(name, n)
#define DEFINE_SEMAPHORE(...) __DEFINE_SEMAPHORE(__VA_ARGS__, 1, 1)

#define sema_init(sem, val) do {					\
	static struct lock_class_key __key;				\
	__sema_init((sem), (val), &__key);				\
} while (0)
void __sema_init(struct semaphore *sem, int val, struct lock_class_key *key);

void down(struct semaphore *sem);
int __must_check down_interruptible(struct semaphore *sem); /* 0 or -EINTR */
int __must_check down_killable(struct semaphore *sem);	    /* 0 or -EINTR */
/* In jiffies: 0 or -ETIME. */
int __must_check down_timeout(struct semaphore *sem, long jiffies);
int __must_check down_trylock(struct semaphore *sem); /* 0: have it; 1: not */
void up(struct semaphore *sem);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_SEMAPHORE_H */
