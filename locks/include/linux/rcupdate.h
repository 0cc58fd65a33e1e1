/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCUPDATE_H
#define _LINUX_RCUPDATE_H
/*
 * RCU: readers that never wait, and updaters that wait for readers.
 *
 *	reader				updater
 *	rcu_read_lock();		new = kmalloc(...); *new = *old; ...
 *	p = rcu_dereference(gp);	rcu_assign_pointer(gp, new);
 *	use *p				synchronize_rcu();
 *	rcu_read_unlock();		kfree(old);
 *
 * The guarantee: when synchronize_rcu() returns, every reader that had begun
 * before it was called has ended. Readers that begin later see what was
 * published before. call_rcu() runs a function then, instead of waiting.
 *
 * Readers nest, and may be in any context. With preempt=full they may be
 * preempted, but must not sleep; else they turn preemption off. The _bh and
 * _sched readers turn softirqs or preemption off, and are waited for as well,
 * as is any code that runs with one of them off.
 *
 * Order: rcu_read_lock() is no barrier; rcu_dereference() orders what depends
 * on the pointer; rcu_assign_pointer() is a release; a grace period is a full
 * barrier on every CPU.
 * Misuse reported: dereference outside a reader, sleeping in one, waiting for a
 * grace period in one, an unbalanced unlock.
 *
 * Unlike Linux: a running CPU that is in no reader is found so by its tick in
 * every preemption model, since the depth of preempt_disable() is counted.
 */
#include <linux/bottom_half.h>
#include <linux/cleanup.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/rcu_sync_api.h>
#include <linux/types.h>
#include <asm/barrier.h>

#ifdef __cplusplus
extern "C" {
#endif

extern struct lockdep_map rcu_lock_map, rcu_bh_lock_map, rcu_sched_lock_map;

void __rcu_read_lock(void);
void __rcu_read_unlock(void);

/* 1 in a reader, or if no checker knows. */
#define rcu_read_lock_held()	   (lock_is_held(&rcu_lock_map) != 0)
#define rcu_read_lock_bh_held()	   (in_softirq() || irqs_disabled())
#define rcu_read_lock_sched_held() (!preemptible())
#define rcu_read_lock_any_held()   (rcu_read_lock_held() || !preemptible())
#define rcu_is_watching()	   1

static __always_inline void __rcu_announce_lock(struct lockdep_map *map, unsigned long ip)
{
	lock_acquire(map, 0, 0, 2, 0, NULL, ip);
	hw_announce(EV_RCU_LOCK, NULL, 0, (const void *)ip);
}

static __always_inline void __rcu_announce_unlock(struct lockdep_map *map, unsigned long ip)
{
	hw_announce(EV_RCU_UNLOCK, NULL, 0, (const void *)ip);
	lock_release(map, ip);
}

static __always_inline void rcu_read_lock(void)
{
	__rcu_read_lock();
	__rcu_announce_lock(&rcu_lock_map, _THIS_IP_);
}

static __always_inline void rcu_read_unlock(void)
{
	__rcu_announce_unlock(&rcu_lock_map, _THIS_IP_);
	__rcu_read_unlock();
}

static __always_inline void rcu_read_lock_bh(void)
{
	local_bh_disable();
	__rcu_announce_lock(&rcu_bh_lock_map, _THIS_IP_);
}

static __always_inline void rcu_read_unlock_bh(void)
{
	__rcu_announce_unlock(&rcu_bh_lock_map, _THIS_IP_);
	local_bh_enable();
}

static __always_inline void rcu_read_lock_sched(void)
{
	preempt_disable();
	__rcu_announce_lock(&rcu_sched_lock_map, _THIS_IP_);
}

static __always_inline void rcu_read_unlock_sched(void)
{
	__rcu_announce_unlock(&rcu_sched_lock_map, _THIS_IP_);
	preempt_enable();
}

#define rcu_read_lock_sched_notrace()	preempt_disable_notrace()
#define rcu_read_unlock_sched_notrace() preempt_enable_notrace()

#ifdef __cplusplus
}
#endif

/* Pointers. The checkers are told whether the caller's condition held; inside
 * a reader it need not. */

#define __rcu_deref(p, cond) ({						\
	__typeof__(p) __deref = READ_ONCE(p);				\
	hw_announce(EV_RCU_DEREF, (const volatile void *)__deref, !!(cond), \
		    (const void *)_THIS_IP_);				\
	__deref;							\
})

#define rcu_dereference(p)		    __rcu_deref(p, 0)
#define rcu_dereference_check(p, c)	    __rcu_deref(p, c)
#define rcu_dereference_bh(p)		    __rcu_deref(p, rcu_read_lock_bh_held())
#define rcu_dereference_bh_check(p, c)	    __rcu_deref(p, (c) || rcu_read_lock_bh_held())
#define rcu_dereference_sched(p)	    __rcu_deref(p, rcu_read_lock_sched_held())
#define rcu_dereference_sched_check(p, c)   __rcu_deref(p, (c) || rcu_read_lock_sched_held())
#define rcu_dereference_raw(p)		    READ_ONCE(p)
#define rcu_dereference_raw_check(p)	    READ_ONCE(p)
/* Updates are excluded by what the condition says: a plain read. */
#define rcu_dereference_protected(p, c) ({				\
	hw_announce(EV_RCU_DEREF, (const volatile void *)&(p), (c) ? 1 : 2, \
		    (const void *)_THIS_IP_);				\
	(p);								\
})
/* The value only, not to be followed. */
#define rcu_access_pointer(p)	    READ_ONCE(p)
#define unrcu_pointer(p)	    (p)
#define rcu_pointer_handoff(p)	    (p)

#define rcu_assign_pointer(p, v)    smp_store_release(&(p), v)
#define RCU_INIT_POINTER(p, v)	    WRITE_ONCE(p, v)
#define RCU_POINTER_INITIALIZER(p, v) .p = (v)
#define rcu_replace_pointer(p, v, c) ({					\
	__typeof__(p) __replaced = rcu_dereference_protected((p), (c)); \
	rcu_assign_pointer((p), (v));					\
	__replaced;							\
})
#define rcu_swap_protected(p, v, c) do {				\
	__typeof__(v) __swapped = rcu_dereference_protected((p), (c));	\
	rcu_assign_pointer((p), (v));					\
	(v) = __swapped;						\
} while (0)

#define RCU_LOCKDEP_WARN(c, s) do {					\
	if (__lockdep_on() && (c))					\
		WARN_ONCE(1, "suspicious RCU usage: %s", s);		\
} while (0)

#define init_rcu_head(head) ((void)(head))
#define destroy_rcu_head(head) ((void)(head))
#define init_rcu_head_on_stack(head) ((void)(head))
#define destroy_rcu_head_on_stack(head) ((void)(head))

DEFINE_LOCK_GUARD_0(rcu, rcu_read_lock(), rcu_read_unlock())

#endif /* _LINUX_RCUPDATE_H */
