/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H
/*
 * Timers in jiffies: function runs once, in the TIMER softirq of the CPU on which
 * the timer was started, never before expires, and late by up to the granularity of
 * its place in the timer wheel:
 *
 *	level	granularity	for timers that expire in
 *	0	1 jiffy, 4 ms	0 to 62 jiffies
 *	1	8, 32 ms	63 to 503, 2 s
 *	2	64, 256 ms	504 to 4031, 16 s
 *	3	512, 2 s	4032 to 32255, 2 min
 *	l	8^l		63 * 8^(l-1) to 63 * 8^l - 1
 *	8	16777216, 19 h	up to 63 * 8^8, 49 days; later ones expire then
 *
 * It runs at the first multiple of the granularity after expires: of level 0 at
 * expires + 1, since the tick at which it was started may have been nearly over.
 *
 * A timer may start itself again. timer_delete() only dequeues; its function may
 * still be running elsewhere. timer_delete_sync() waits for that too, so it must
 * not be called holding a lock that the function takes: reported by lockdep.
 *
 * Locking: each CPU has two bases (one for TIMER_DEFERRABLE), each with a raw
 * spinlock that guards its wheel and all timers in it. It is taken with interrupts
 * off, inside any other lock, and held for one change; never while a function runs.
 * Which base a timer belongs to is in its flags, and changes only under the lock of
 * the base that it leaves. Users need no lock to start or delete their timer; two
 * who do it at once decide themselves who shall win.
 *
 * Context: any but NMI; timer_delete_sync() not in hardirq context, unless the
 * timer is TIMER_IRQSAFE (whose function runs with interrupts off).
 *
 * TIMER_DEFERRABLE: an idle CPU is not woken for it; it runs when the CPU is awake.
 * Unlike Linux: every timer stays on the CPU that starts it, as if TIMER_PINNED.
 */
#include <linux/hlist.h>
#include <linux/jiffies.h>
#include <linux/lockdep_types.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct timer_list {
	/* guarded by the lock of its base: entry.pprev is NULL while not pending */
	struct hlist_node entry;
	unsigned long expires;
	void (*function)(struct timer_list *timer);
	unsigned int flags; /* the CPU of its base, TIMER_*, its place in the wheel */
	struct lockdep_map lockdep_map;
};

#define TIMER_CPUMASK 0x0003ffffu
#define TIMER_MIGRATING 0x00040000u /* between two bases */
#define TIMER_DEFERRABLE 0x00080000u
#define TIMER_PINNED 0x00100000u
#define TIMER_IRQSAFE 0x00200000u
#define TIMER_INIT_FLAGS (TIMER_DEFERRABLE | TIMER_PINNED | TIMER_IRQSAFE)
#define TIMER_ARRAYSHIFT 22
#define TIMER_ARRAYMASK 0xffc00000u

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
	return !hlist_unhashed_lockless(&timer->entry);
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
