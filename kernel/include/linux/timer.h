/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H
/*
 * Timers in jiffies: function runs once, in the TIMER softirq of the CPU on which
 * the timer was started, at the first tick at or after expires.
 *
 * A timer may start itself again. timer_delete() only dequeues; its function may
 * still be running elsewhere. timer_delete_sync() waits for that too, so it must
 * not be called holding a lock that the function takes: reported by lockdep.
 *
 * Context: any but NMI; timer_delete_sync() not in hardirq context, unless the
 * timer is TIMER_IRQSAFE (whose function runs with interrupts off).
 * Unlike Linux: exact, not rounded into the buckets of a wheel. Deferrable
 * timers are ordinary ones.
 */
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/lockdep_types.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct timer_list {
	/* guarded by the base's lock: entry.next is NULL while not pending */
	struct list_head entry;
	unsigned long expires;
	void (*function)(struct timer_list *timer);
	unsigned int flags; /* TIMER_*, and the CPU of the base in the low bits */
	struct lockdep_map lockdep_map;
};

#define TIMER_CPUMASK 0x0003ffffu
#define TIMER_DEFERRABLE 0x00080000u
#define TIMER_PINNED 0x00100000u
#define TIMER_IRQSAFE 0x00200000u

#define __TIMER_INITIALIZER(_name, _function, _flags)                          \
	{ .entry = { NULL, NULL }, .expires = 0, .function = (_function), .flags = (_flags), \
	  .lockdep_map = STATIC_LOCKDEP_MAP_INIT("&" #_name, &_name) }
#define DEFINE_TIMER(_name, _function)                                         \
	struct timer_list _name = __TIMER_INITIALIZER(_name, _function, 0)

void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *),
		    unsigned int flags, const char *name, struct lock_class_key *key);
#define timer_setup(timer, callback, flags)                                    \
	do {                                                                   \
		static struct lock_class_key __tm_key;                         \
		init_timer_key((timer), (callback), (flags), #timer, &__tm_key); \
	} while (0)
#define timer_setup_on_stack(timer, callback, flags) timer_setup(timer, callback, flags)
#define destroy_timer_on_stack(timer) ((void)(timer))
#define from_timer(var, callback_timer, timer_fieldname)                       \
	container_of(callback_timer, __typeof__(*var), timer_fieldname)

static inline int timer_pending(const struct timer_list *timer)
{
	return READ_ONCE(timer->entry.next) != NULL;
}

void add_timer(struct timer_list *timer);
void add_timer_on(struct timer_list *timer, int cpu);
/* Each returns 1 if the timer was pending before. */
int mod_timer(struct timer_list *timer, unsigned long expires);
int mod_timer_pending(struct timer_list *timer, unsigned long expires);
int timer_reduce(struct timer_list *timer, unsigned long expires);
int timer_delete(struct timer_list *timer);
int timer_delete_sync(struct timer_list *timer);
int try_to_del_timer_sync(struct timer_list *timer); /* -1: its function runs now */
/* And keep it from being started again. */
int timer_shutdown(struct timer_list *timer);
int timer_shutdown_sync(struct timer_list *timer);
#define del_timer(timer) timer_delete(timer)
#define del_timer_sync(timer) timer_delete_sync(timer)

#ifdef __cplusplus
}
#endif
#endif /* _LINUX_TIMER_H */
