// SPDX-License-Identifier: MIT
/*
 * The tick.
 *
 * The local timer is used in one-shot mode, always set for the earliest of: the
 * next tick, the next hrtimer, or (idle) the next timer. CPU c ticks c/N of a
 * period after CPU 0, so that the CPUs do not all contend at once.
 */
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/percpu-defs.h>
#include <linux/sched.h>
#include "irq/regs.h"
#include "kernel/core/boot.h"
#include "kernel/core/sched.h"
#include "kernel/core/tick.h"
#include "kernel/core/upcalls.h"

extern "C" {
volatile unsigned long jiffies = INITIAL_JIFFIES;
}

namespace {

constexpr u64 kFarthest = 4'000'000'000; /* the count register has 32 bits */

/* Its own CPU only, interrupts off. */
struct tick_cpu {
	u64 next_tick;	/* or, stopped, the moment of the next timer */
	u64 programmed; /* what the local timer is set for */
	bool stopped;
};
DEFINE_PER_CPU(struct tick_cpu, tick_cpu_device);

/* Moves jiffies on to what the clock says; somebody may have been faster. */
void update_jiffies(u64 now)
{
	const unsigned long then = INITIAL_JIFFIES + now / TICK_NSEC;
	unsigned long old = jiffies;

	while (time_after(then, old)) {
		const unsigned long seen = cmpxchg_relaxed(&jiffies, old, then);
		if (seen == old)
			break;
		old = seen;
	}
}

void program(tick_cpu *t, u64 now)
{
	const u64 target = min(t->next_tick, hrtimer_next_event());

	if (target == t->programmed)
		return;
	t->programmed = target;
	const u64 delta = target > now ? target - now : 1;
	hw_lapic_write(LAPIC_TMICT,
		       target == kTimeNever ? 0 : static_cast<u32>(min(delta, kFarthest)));
}

u64 tick_after(u64 now)
{
	const u64 offset = hw_cpu_id() * (TICK_NSEC / nr_cpu_ids);

	return (now + TICK_NSEC - offset) / TICK_NSEC * TICK_NSEC + offset;
}

void tick(tick_cpu *t, u64 now)
{
	update_jiffies(now);
	run_local_timers();
	rcu_sched_clock_irq(0);
	if (t->stopped) {
		t->next_tick = kTimeNever; /* the idle loop looks again */
		return;
	}
	scheduler_tick();
	t->next_tick = tick_after(now);
}

u64 next_timer_time(void)
{
	unsigned long expires;

	if (!next_timer(&expires))
		return kTimeNever;
	return (expires - INITIAL_JIFFIES) * static_cast<u64>(TICK_NSEC);
}

} /* namespace */

void tick_init_cpu(void)
{
	tick_cpu *t = raw_cpu_ptr(&tick_cpu_device);
	const u64 now = hw_clock();

	hw_lapic_write(LAPIC_LVTT, VECTOR_LOCAL_TIMER | LAPIC_TIMER_ONESHOT);
	t->next_tick = tick_after(now);
	program(t, now);
}

void local_timer_interrupt(void)
{
	tick_cpu *t = raw_cpu_ptr(&tick_cpu_device);
	const u64 now = hw_clock();

	t->programmed = 0; /* it fires once */
	hrtimer_run_queues(now);
	if (now >= t->next_tick)
		tick(t, now);
	program(t, hw_clock());
}

void tick_reprogram(void)
{
	program(raw_cpu_ptr(&tick_cpu_device), hw_clock());
}

void tick_idle_enter(void)
{
	tick_cpu *t = raw_cpu_ptr(&tick_cpu_device);
	const u64 now = hw_clock();

	if (rcu_needs_cpu())
		return;
	t->stopped = true;
	t->next_tick = next_timer_time();
	program(t, now);
}

void tick_idle_exit(void)
{
	tick_cpu *t = raw_cpu_ptr(&tick_cpu_device);

	local_irq_disable();
	if (t->stopped) {
		const u64 now = hw_clock();
		t->stopped = false;
		update_jiffies(now);
		t->next_tick = tick_after(now);
		program(t, now);
	}
	local_irq_enable();
}

void tick_irq_enter(void)
{
	if (raw_cpu_ptr(&tick_cpu_device)->stopped)
		update_jiffies(hw_clock());
}

void scheduler_tick(void)
{
	rq *rq = this_rq();
	task_struct *curr = rq->curr;

	raw_spin_lock(&rq->lock);
	if (curr != rq->idle && curr->policy != SCHED_FIFO && --curr->time_slice <= 0) {
		/* Its turn is over if somebody of its kind waits. */
		const list_head *queue = rt_prio(curr->prio) ? &rq->rt : &rq->fair;
		if (list_empty(queue))
			curr->time_slice = slice_of(curr);
		else
			resched_curr(rq);
	}
	raw_spin_unlock(&rq->lock);
	trigger_load_balance(rq, curr == rq->idle);
}
