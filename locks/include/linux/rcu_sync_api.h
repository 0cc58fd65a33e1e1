/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCU_SYNC_API_H
#define _LINUX_RCU_SYNC_API_H
/* RCU's updaters: waiting for grace periods, and callbacks after them. Include
 * <linux/rcupdate.h>. */
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * synchronize_rcu() - wait until all readers that have begun are over
 *
 * Context: task, may sleep, not in a reader. Order: a full barrier.
 */
void synchronize_rcu(void);
/* The same, disturbing other CPUs so that it is sooner over. */
void synchronize_rcu_expedited(void);
#define synchronize_net() synchronize_rcu()
#define synchronize_sched() synchronize_rcu()

/**
 * call_rcu() - call func(head) after a grace period
 * @head: in the object, untouched until then; one call at a time
 *
 * func runs in softirq context on the CPU that called, after all that was
 * queued there before. Context: any but NMI. Misuse: a head that is queued
 * already is reported, and neither call is made.
 */
void call_rcu(struct rcu_head *head, rcu_callback_t func);
#define call_rcu_hurry(head, func) call_rcu(head, func)

/* Waits until all callbacks queued so far, on all CPUs, have run. May sleep. */
void rcu_barrier(void);

/* Frees the object after a grace period. With the member's name it may be
 * called anywhere; kfree_rcu(ptr) without it waits. */
#define kfree_rcu(ptr, ...) __kfree_rcu_##__VA_OPT__(head)(ptr __VA_OPT__(,) __VA_ARGS__)
#define __kfree_rcu_head(ptr, rhf) do {					\
	__typeof__(ptr) __dead = (ptr);					\
	if (__dead)							\
		kvfree_call_rcu(&__dead->rhf,				\
				__builtin_offsetof(__typeof__(*__dead), rhf)); \
} while (0)
#define __kfree_rcu_(ptr) kfree_rcu_mightsleep(ptr)
#define kfree_rcu_mightsleep(ptr) kvfree_rcu_wait((void *)(ptr))
#define kvfree_rcu(...) kfree_rcu(__VA_ARGS__)
void kvfree_call_rcu(struct rcu_head *head, unsigned long offset);
void kvfree_rcu_wait(void *ptr);

/* Grace periods by number: has one passed since I asked? */
unsigned long get_state_synchronize_rcu(void);
unsigned long start_poll_synchronize_rcu(void);
bool poll_state_synchronize_rcu(unsigned long oldstate);
void cond_synchronize_rcu(unsigned long oldstate);

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_RCU_SYNC_API_H */
