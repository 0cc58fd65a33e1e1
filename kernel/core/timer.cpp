// SPDX-License-Identifier: MIT
/*
 * Timers: two wheels a CPU, one of them for those that may wait while it idles.
 *
 * timer->flags says which base the timer belongs to. A started timer moves
 * to the starter's CPU, unless its function runs just now: then it stays, so that
 * whoever waits for the function looks at the right base.
 */
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include "kernel/core/boot.h"
#include "kernel/core/tick.h"
#include "kernel/core/timer_wheel.h"

namespace {

enum { BASE_STD, BASE_DEF, NR_BASES };

struct timer_base {
	raw_spinlock_t lock;
	/* guarded by lock: */
	timer_wheel wheel;
	timer_list *running;
};
/* Not in the per-CPU areas, which each CPU's boot copies word by word. */
timer_base timer_bases[NR_CPUS][NR_BASES];

timer_base *base_of(unsigned int cpu, unsigned int flags)
{
	return &timer_bases[cpu][flags & TIMER_DEFERRABLE ? BASE_DEF : BASE_STD];
}

/* The base that the timer belongs to, locked. */
timer_base *lock_base(timer_list *timer, unsigned long *flags)
{
	for (;;) {
		const unsigned int tf = READ_ONCE(timer->flags);
		if (!(tf & TIMER_MIGRATING)) {
			timer_base *base = base_of(tf & TIMER_CPUMASK, tf);
			raw_spin_lock_irqsave(&base->lock, *flags);
			if (READ_ONCE(timer->flags) == tf)
				return base;
			raw_spin_unlock_irqrestore(&base->lock, *flags);
		}
		cpu_relax();
	}
}

bool detach(timer_base *base, timer_list *timer)
{
	if (!timer_pending(timer))
		return false;
	wheel_remove(&base->wheel, timer);
	return true;
}

/* From its base, locked, to that of cpu, locked; interrupts are off. */
timer_base *move(timer_base *from, timer_list *timer, unsigned int cpu)
{
	timer_base *to = base_of(cpu, timer->flags);

	if (from == to || from->running == timer)
		return from;
	WRITE_ONCE(timer->flags, timer->flags | TIMER_MIGRATING);
	raw_spin_unlock(&from->lock);
	raw_spin_lock(&to->lock);
	WRITE_ONCE(timer->flags, (timer->flags & ~(TIMER_CPUMASK | TIMER_MIGRATING)) | cpu);
	return to;
}

/* Its base is locked. A CPU that may be idle is told of the earliest. */
void enqueue(timer_base *base, timer_list *timer, unsigned long expires)
{
	const unsigned int cpu = timer->flags & TIMER_CPUMASK;

	timer->expires = expires;
	wheel_forward(&base->wheel, jiffies);
	if (wheel_insert(&base->wheel, timer) && cpu != hw_cpu_id() &&
	    !(timer->flags & TIMER_DEFERRABLE))
		smp_send_reschedule(static_cast<int>(cpu));
}

enum Change { SET, ONLY_PENDING, ONLY_EARLIER };

int change(timer_list *timer, unsigned long expires, Change how, int on_cpu)
{
	unsigned long flags;
	timer_base *base = lock_base(timer, &flags);
	const bool pending = timer_pending(timer);
	const bool leave = (how == ONLY_PENDING && !pending) || !timer->function ||
			   (pending && timer->expires == expires) ||
			   (how == ONLY_EARLIER && pending &&
			    time_before(timer->expires, expires));

	if (!leave) {
		const unsigned int cpu = on_cpu >= 0 ? static_cast<unsigned int>(on_cpu) :
						       hw_cpu_id();
		detach(base, timer);
		base = move(base, timer, cpu);
		enqueue(base, timer, expires);
	}
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return pending;
}

void call_timer_fn(timer_list *timer, void (*fn)(timer_list *))
{
	const int count = preempt_count();
	/* The timer may be freed by its own function. */
	struct lockdep_map map = timer->lockdep_map;

	lock_map_acquire(&map);
	hw_announce(EV_TIMER_ENTER, timer, reinterpret_cast<u64>(fn), nullptr);
	fn(timer);
	hw_announce(EV_TIMER_EXIT, timer, reinterpret_cast<u64>(fn), nullptr);
	lock_map_release(&map);
	if (count != preempt_count()) {
		WARN_ONCE(1, "timer: %px preempt leak: %08x -> %08x\n",
			  reinterpret_cast<void *>(fn), count, preempt_count());
		preempt_count_set(count);
	}
}

/* The base is locked, and not while a function runs. */
void run_expired(timer_base *base, hlist_head *expired)
{
	while (timer_list *timer = wheel_take(expired)) {
		void (*fn)(timer_list *) = timer->function;
		const bool irqsafe = (timer->flags & TIMER_IRQSAFE) != 0;

		WRITE_ONCE(base->running, timer);
		if (irqsafe)
			raw_spin_unlock(&base->lock);
		else
			raw_spin_unlock_irq(&base->lock);
		call_timer_fn(timer, fn);
		if (irqsafe)
			raw_spin_lock(&base->lock);
		else
			raw_spin_lock_irq(&base->lock);
		WRITE_ONCE(base->running, nullptr);
	}
}

void run_base(timer_base *base)
{
	hlist_head expired[WHEEL_LEVELS] = {};
	unsigned int lists;

	raw_spin_lock_irq(&base->lock);
	while ((lists = wheel_expired(&base->wheel, jiffies, expired)) != 0) {
		while (lists--)
			run_expired(base, &expired[lists]);
	}
	raw_spin_unlock_irq(&base->lock);
}

/* Others change it as well: a look under its lock. Interrupts off. */
bool base_next(timer_base *base, unsigned long *expires)
{
	if (!READ_ONCE(base->wheel.any))
		return false;
	raw_spin_lock(&base->lock);
	const bool any = wheel_next(&base->wheel, expires);
	raw_spin_unlock(&base->lock);
	return any;
}

void run_timer_softirq(softirq_action *)
{
	for (timer_base &base : timer_bases[hw_cpu_id()]) {
		if (READ_ONCE(base.wheel.any))
			run_base(&base);
	}
}

int try_delete(timer_list *timer, bool shutdown)
{
	unsigned long flags;
	timer_base *base = lock_base(timer, &flags);
	int result = -1;

	if (shutdown)
		timer->function = nullptr;
	if (base->running != timer)
		result = detach(base, timer);
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return result;
}

int delete_sync(timer_list *timer, bool shutdown)
{
	unsigned long flags;
	int result;

	/* Whoever waits for the function must not hold what it takes. */
	local_irq_save(flags);
	lock_map_acquire(&timer->lockdep_map);
	lock_map_release(&timer->lockdep_map);
	local_irq_restore(flags);
	WARN_ON(in_hardirq() && !(timer->flags & TIMER_IRQSAFE));
	while ((result = try_delete(timer, shutdown)) < 0)
		cpu_relax();
	return result;
}

int delete_now(timer_list *timer, bool shutdown)
{
	unsigned long flags;

	if (!shutdown && !timer_pending(timer))
		return 0;
	timer_base *base = lock_base(timer, &flags);
	const bool was = detach(base, timer);
	if (shutdown)
		timer->function = nullptr;
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return was;
}

} /* namespace */

void init_timers(void)
{
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++) {
		for (timer_base &base : timer_bases[cpu]) {
			raw_spin_lock_init(&base.lock);
			base.wheel.clk = jiffies;
		}
	}
	open_softirq(TIMER_SOFTIRQ, run_timer_softirq);
}

void run_local_timers(void)
{
	for (timer_base &base : timer_bases[hw_cpu_id()]) {
		unsigned long expires;
		if (base_next(&base, &expires) && time_after_eq(jiffies, expires)) {
			raise_softirq_irqoff(TIMER_SOFTIRQ);
			return;
		}
	}
}

bool next_timer(unsigned long *expires)
{
	return base_next(&timer_bases[hw_cpu_id()][BASE_STD], expires);
}

extern "C" {

void init_timer_key(timer_list *timer, void (*func)(timer_list *), unsigned int flags,
		    const char *name, lock_class_key *key)
{
	INIT_HLIST_NODE(&timer->entry);
	timer->function = func;
	timer->flags = (flags & TIMER_INIT_FLAGS) | hw_cpu_id();
	lockdep_init_map(&timer->lockdep_map, name, key, 0);
}

void add_timer(timer_list *timer)
{
	BUG_ON(timer_pending(timer));
	change(timer, timer->expires, SET, -1);
}

void add_timer_on(timer_list *timer, int cpu)
{
	BUG_ON(timer_pending(timer));
	change(timer, timer->expires, SET, cpu);
}

int mod_timer(timer_list *timer, unsigned long expires)
{
	return change(timer, expires, SET, -1);
}

int mod_timer_pending(timer_list *timer, unsigned long expires)
{
	return change(timer, expires, ONLY_PENDING, -1);
}

int timer_reduce(timer_list *timer, unsigned long expires)
{
	return change(timer, expires, ONLY_EARLIER, -1);
}

int timer_delete(timer_list *timer)
{
	return delete_now(timer, false);
}

int timer_delete_sync(timer_list *timer)
{
	return delete_sync(timer, false);
}

int try_to_del_timer_sync(timer_list *timer)
{
	return try_delete(timer, false);
}

int timer_shutdown(timer_list *timer)
{
	return delete_now(timer, true);
}

int timer_shutdown_sync(timer_list *timer)
{
	return delete_sync(timer, true);
}

} /* extern "C" */
