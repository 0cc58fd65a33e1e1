// SPDX-License-Identifier: MIT
/*
 * Timers: per CPU, a list in order of expiry.
 *
 * timer->flags names the CPU whose base the timer belongs to. A started timer moves
 * to the starter's CPU, unless its function runs just now: then it stays, so that
 * whoever waits for the function looks at the right base.
 */
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/percpu-defs.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include "kernel/core/boot.h"
#include "kernel/core/tick.h"

namespace {

constexpr unsigned int kMigrating = 0x00040000; /* between two bases */

struct timer_base {
	raw_spinlock_t lock;
	/* guarded by lock: */
	list_head timers;
	timer_list *running;
};
DEFINE_PER_CPU(struct timer_base, timer_bases);

/* The base that the timer belongs to, locked. */
timer_base *lock_base(timer_list *timer, unsigned long *flags)
{
	for (;;) {
		const unsigned int tf = READ_ONCE(timer->flags);
		if (!(tf & kMigrating)) {
			timer_base *base = per_cpu_ptr(&timer_bases, tf & TIMER_CPUMASK);
			raw_spin_lock_irqsave(&base->lock, *flags);
			if (READ_ONCE(timer->flags) == tf)
				return base;
			raw_spin_unlock_irqrestore(&base->lock, *flags);
		}
		cpu_relax();
	}
}

bool detach(timer_list *timer)
{
	if (!timer_pending(timer))
		return false;
	list_del(&timer->entry);
	WRITE_ONCE(timer->entry.next, nullptr);
	return true;
}

/* Most timers are later than those that wait: from the end. */
void insert(timer_base *base, timer_list *timer)
{
	list_head *pos = base->timers.prev;

	while (pos != &base->timers &&
	       time_after(list_entry(pos, struct timer_list, entry)->expires, timer->expires))
		pos = pos->prev;
	list_add(&timer->entry, pos);
}

/* From its base, locked, to that of cpu, locked; interrupts are off. */
timer_base *move(timer_base *from, timer_list *timer, unsigned int cpu)
{
	timer_base *to = per_cpu_ptr(&timer_bases, cpu);

	if (from == to || from->running == timer)
		return from;
	WRITE_ONCE(timer->flags, timer->flags | kMigrating);
	raw_spin_unlock(&from->lock);
	raw_spin_lock(&to->lock);
	WRITE_ONCE(timer->flags, (timer->flags & ~(TIMER_CPUMASK | kMigrating)) | cpu);
	return to;
}

enum Change { SET, ONLY_PENDING, ONLY_EARLIER };

int change(timer_list *timer, unsigned long expires, Change how, int on_cpu)
{
	unsigned long flags;
	timer_base *base = lock_base(timer, &flags);
	const bool pending = timer_pending(timer);
	const bool leave = (how == ONLY_PENDING && !pending) || !timer->function ||
			   (how == ONLY_EARLIER && pending &&
			    time_before_eq(timer->expires, expires));

	if (!leave) {
		const unsigned int cpu = on_cpu >= 0 ? static_cast<unsigned int>(on_cpu) :
						       hw_cpu_id();
		detach(timer);
		base = move(base, timer, cpu);
		timer->expires = expires;
		insert(base, timer);
		if (cpu != hw_cpu_id())
			smp_send_reschedule(static_cast<int>(cpu)); /* it may be idle */
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

void run_timer_softirq(softirq_action *)
{
	timer_base *base = raw_cpu_ptr(&timer_bases);

	raw_spin_lock_irq(&base->lock);
	for (;;) {
		timer_list *timer = list_first_entry_or_null(&base->timers, struct timer_list,
							     entry);
		if (!timer || time_before(jiffies, timer->expires))
			break;
		void (*fn)(timer_list *) = timer->function;
		const bool irqsafe = (timer->flags & TIMER_IRQSAFE) != 0;

		detach(timer);
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
	raw_spin_unlock_irq(&base->lock);
}

int try_delete(timer_list *timer, bool shutdown)
{
	unsigned long flags;
	timer_base *base = lock_base(timer, &flags);
	int result = -1;

	if (shutdown)
		timer->function = nullptr;
	if (base->running != timer)
		result = detach(timer);
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
	const bool was = detach(timer);
	if (shutdown)
		timer->function = nullptr;
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return was;
}

} /* namespace */

void init_timers(void)
{
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++) {
		timer_base *base = per_cpu_ptr(&timer_bases, cpu);
		raw_spin_lock_init(&base->lock);
		INIT_LIST_HEAD(&base->timers);
	}
	open_softirq(TIMER_SOFTIRQ, run_timer_softirq);
}

void run_local_timers(void)
{
	unsigned long expires;

	if (next_timer(&expires) && time_after_eq(jiffies, expires))
		raise_softirq_irqoff(TIMER_SOFTIRQ);
}

/* Our own list, which others change: a look under its lock. Interrupts off. */
bool next_timer(unsigned long *expires)
{
	timer_base *base = raw_cpu_ptr(&timer_bases);

	if (list_empty(&base->timers))
		return false;
	raw_spin_lock(&base->lock);
	const bool any = !list_empty(&base->timers);
	if (any)
		*expires = list_first_entry(&base->timers, struct timer_list, entry)->expires;
	raw_spin_unlock(&base->lock);
	return any;
}

extern "C" {

void init_timer_key(timer_list *timer, void (*func)(timer_list *), unsigned int flags,
		    const char *name, lock_class_key *key)
{
	timer->entry.next = nullptr;
	timer->function = func;
	timer->flags = flags | hw_cpu_id();
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
