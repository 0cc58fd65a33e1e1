/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LOCAL_LOCK_H
#define _LINUX_LOCAL_LOCK_H
/*
 * local_lock_t: names what preempt_disable() or local_irq_disable() protects:
 * the data of this CPU that stand beside it in a per-CPU structure.
 *
 *	struct stats { local_lock_t lock; int hits; };
 *	static DEFINE_PER_CPU(struct stats, stats) = { .lock = INIT_LOCAL_LOCK(lock) };
 *
 *	local_lock(&stats.lock);	preemption off
 *	this_cpu_ptr(&stats)->hits++;
 *	local_unlock(&stats.lock);
 *
 * It never waits: nobody else runs on this CPU. Other CPUs have their own.
 * Misuse reported by the checkers: recursion, use in a wrong context.
 */
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/percpu-defs.h>
#include <linux/preempt.h>

typedef struct {
	struct lockdep_map dep_map;
} local_lock_t;

#define INIT_LOCAL_LOCK(lockname) {					\
	.dep_map = { .key = 0, .name = #lockname, .wait_type_outer = 0,	\
		     .wait_type_inner = LD_WAIT_CONFIG,			\
		     .lock_type = LD_LOCK_PERCPU } }

#define local_lock_init(lock) do {					\
	static struct lock_class_key __key;				\
	lockdep_init_map_type(&(lock)->dep_map, #lock, &__key, 0,	\
			      LD_WAIT_CONFIG, LD_WAIT_INV, LD_LOCK_PERCPU); \
} while (0)

static __always_inline void __local_lock_acquire(local_lock_t *lock, unsigned long ip)
{
	lock_acquire_exclusive(&lock->dep_map, 0, 0, NULL, ip);
	lock_acquired(&lock->dep_map, ip);
}

#define __local_lock_take(lock) __local_lock_acquire(raw_cpu_ptr(lock), _THIS_IP_)
#define __local_lock_give(lock) lock_map_release(&raw_cpu_ptr(lock)->dep_map)

#define local_lock(lock) do {						\
	preempt_disable();						\
	__local_lock_take(lock);					\
} while (0)
#define local_unlock(lock) do {						\
	__local_lock_give(lock);					\
	preempt_enable();						\
} while (0)
#define local_lock_irq(lock) do {					\
	local_irq_disable();						\
	__local_lock_take(lock);					\
} while (0)
#define local_unlock_irq(lock) do {					\
	__local_lock_give(lock);					\
	local_irq_enable();						\
} while (0)
#define local_lock_irqsave(lock, flags) do {				\
	local_irq_save(flags);						\
	__local_lock_take(lock);					\
} while (0)
#define local_unlock_irqrestore(lock, flags) do {			\
	__local_lock_give(lock);					\
	local_irq_restore(flags);					\
} while (0)

#endif /* _LINUX_LOCAL_LOCK_H */
