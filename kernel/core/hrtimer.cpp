// SPDX-License-Identifier: MIT
/* Timers in nanoseconds: per CPU, a list in order of expiry. */
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/percpu-defs.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include "kernel/core/boot.h"
#include "kernel/core/tick.h"

namespace {

struct hrtimer_base {
	raw_spinlock_t lock;
	/* guarded by lock: */
	list_head hard, soft; /* run in hardirq context; in HRTIMER_SOFTIRQ */
	hrtimer *running[2];  /* of each */
};
DEFINE_PER_CPU(struct hrtimer_base, hrtimer_bases);

hrtimer *first_of(list_head *queue)
{
	return list_first_entry_or_null(queue, struct hrtimer, node);
}

bool detach(hrtimer *timer)
{
	if (!hrtimer_is_queued(timer))
		return false;
	list_del(&timer->node);
	WRITE_ONCE(timer->node.next, nullptr);
	return true;
}

void insert(hrtimer_base *base, hrtimer *timer)
{
	list_head *queue = timer->soft ? &base->soft : &base->hard;
	list_head *pos = queue->prev;

	while (pos != queue && list_entry(pos, struct hrtimer, node)->expires > timer->expires)
		pos = pos->prev;
	list_add(&timer->node, pos);
}

/* timer->cpu changes only under the lock of the base that it leaves. */
hrtimer_base *lock_base(hrtimer *timer, unsigned long *flags)
{
	for (;;) {
		const unsigned int cpu = READ_ONCE(timer->cpu);
		hrtimer_base *base = per_cpu_ptr(&hrtimer_bases, cpu);
		raw_spin_lock_irqsave(&base->lock, *flags);
		if (READ_ONCE(timer->cpu) == cpu)
			return base;
		raw_spin_unlock_irqrestore(&base->lock, *flags);
	}
}

/* Runs what is due in one queue; the lock is held, interrupts are off. */
void run_queue(hrtimer_base *base, bool soft, u64 now)
{
	list_head *queue = soft ? &base->soft : &base->hard;

	for (hrtimer *timer; (timer = first_of(queue)) && timer->expires <= (s64)now;) {
		auto *fn = timer->function;

		detach(timer);
		WRITE_ONCE(base->running[soft], timer);
		if (soft)
			raw_spin_unlock_irq(&base->lock);
		else
			raw_spin_unlock(&base->lock);
		hw_announce(EV_TIMER_ENTER, timer, reinterpret_cast<u64>(fn), nullptr);
		const bool again = fn(timer) == HRTIMER_RESTART;
		hw_announce(EV_TIMER_EXIT, timer, reinterpret_cast<u64>(fn), nullptr);
		if (soft)
			raw_spin_lock_irq(&base->lock);
		else
			raw_spin_lock(&base->lock);
		/* Somebody may have started it again meanwhile. */
		if (again && !hrtimer_is_queued(timer))
			insert(base, timer);
		WRITE_ONCE(base->running[soft], nullptr);
	}
}

void run_hrtimer_softirq(softirq_action *)
{
	hrtimer_base *base = raw_cpu_ptr(&hrtimer_bases);

	raw_spin_lock_irq(&base->lock);
	run_queue(base, true, hw_clock());
	raw_spin_unlock(&base->lock);
	tick_reprogram();
	local_irq_enable();
}

struct hrtimer_sleeper {
	hrtimer timer;
	task_struct *task; /* nullptr: it has fired */
};

hrtimer_restart wake_sleeper(hrtimer *timer)
{
	hrtimer_sleeper *s = container_of(timer, struct hrtimer_sleeper, timer);
	task_struct *task = s->task;

	WRITE_ONCE(s->task, nullptr);
	if (task)
		wake_up_process(task);
	return HRTIMER_NORESTART;
}

} /* namespace */

void hrtimer_run_queues(u64 now)
{
	hrtimer_base *base = raw_cpu_ptr(&hrtimer_bases);

	if (list_empty(&base->hard) && list_empty(&base->soft))
		return;
	raw_spin_lock(&base->lock);
	hrtimer *soft = first_of(&base->soft);
	if (soft && soft->expires <= (s64)now)
		raise_softirq_irqoff(HRTIMER_SOFTIRQ);
	run_queue(base, false, now);
	raw_spin_unlock(&base->lock);
}

/* A soft timer that is due waits for its softirq, not for the clock. */
u64 hrtimer_next_event(void)
{
	hrtimer_base *base = raw_cpu_ptr(&hrtimer_bases);
	u64 next = kTimeNever;

	if (list_empty(&base->hard) && list_empty(&base->soft))
		return next;
	raw_spin_lock(&base->lock);
	if (hrtimer *hard = first_of(&base->hard))
		next = (u64)hard->expires;
	hrtimer *soft = first_of(&base->soft);
	if (soft && !(local_softirq_pending() & (1u << HRTIMER_SOFTIRQ)))
		next = min(next, (u64)soft->expires);
	raw_spin_unlock(&base->lock);
	return next;
}

void hrtimers_init(void)
{
	for (unsigned int cpu = 0; cpu < nr_cpu_ids; cpu++) {
		hrtimer_base *base = per_cpu_ptr(&hrtimer_bases, cpu);
		raw_spin_lock_init(&base->lock);
		INIT_LIST_HEAD(&base->hard);
		INIT_LIST_HEAD(&base->soft);
	}
	open_softirq(HRTIMER_SOFTIRQ, run_hrtimer_softirq);
}

extern "C" {

void hrtimer_init(hrtimer *timer, int, enum hrtimer_mode mode)
{
	timer->node.next = nullptr;
	timer->expires = 0;
	timer->cpu = hw_cpu_id();
	timer->soft = (mode & HRTIMER_MODE_SOFT) != 0;
	timer->function = nullptr;
}

void hrtimer_start(hrtimer *timer, ktime_t time, enum hrtimer_mode mode)
{
	unsigned long flags;
	hrtimer_base *base = lock_base(timer, &flags);
	const unsigned int cpu = hw_cpu_id();

	detach(timer);
	if (timer->cpu != cpu && base->running[timer->soft] != timer) {
		WRITE_ONCE(timer->cpu, cpu);
		raw_spin_unlock(&base->lock);
		base = raw_cpu_ptr(&hrtimer_bases);
		raw_spin_lock(&base->lock);
	}
	timer->expires = mode & HRTIMER_MODE_REL ? ktime_get() + time : time;
	insert(base, timer);
	raw_spin_unlock(&base->lock);
	if (timer->cpu == cpu)
		tick_reprogram();
	local_irq_restore(flags);
}

int hrtimer_try_to_cancel(hrtimer *timer)
{
	unsigned long flags;
	hrtimer_base *base = lock_base(timer, &flags);
	const int result = base->running[timer->soft] == timer ? -1 : detach(timer);

	raw_spin_unlock_irqrestore(&base->lock, flags);
	return result;
}

int hrtimer_cancel(hrtimer *timer)
{
	int result;

	while ((result = hrtimer_try_to_cancel(timer)) < 0)
		cpu_relax();
	return result;
}

bool hrtimer_active(const hrtimer *timer)
{
	unsigned long flags;
	hrtimer *t = const_cast<hrtimer *>(timer);
	hrtimer_base *base = lock_base(t, &flags);
	const bool active = hrtimer_is_queued(t) || base->running[t->soft] == t;

	raw_spin_unlock_irqrestore(&base->lock, flags);
	return active;
}

u64 hrtimer_forward(hrtimer *timer, ktime_t now, ktime_t interval)
{
	const ktime_t late = now - timer->expires;

	if (late < 0)
		return 0;
	const u64 turns = (u64)(late / interval) + 1;
	timer->expires += (s64)turns * interval;
	return turns;
}

int schedule_hrtimeout_range(ktime_t *expires, u64, enum hrtimer_mode mode)
{
	hrtimer_sleeper s;

	if (!expires) {
		schedule();
		return -EINTR;
	}
	hrtimer_init(&s.timer, CLOCK_MONOTONIC, mode);
	s.timer.function = wake_sleeper;
	s.task = current;
	hrtimer_start(&s.timer, *expires, mode);
	if (READ_ONCE(s.task))
		schedule();
	hrtimer_cancel(&s.timer);
	__set_current_state(TASK_RUNNING);
	return READ_ONCE(s.task) ? -EINTR : 0;
}

int schedule_hrtimeout(ktime_t *expires, enum hrtimer_mode mode)
{
	return schedule_hrtimeout_range(expires, 0, mode);
}

} /* extern "C" */
