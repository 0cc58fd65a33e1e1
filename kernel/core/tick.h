/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_CORE_TICK_H
#define KERNEL_CORE_TICK_H
/*
 * Time in the kernel: each CPU's local timer serves its tick and its hrtimers.
 *
 * An idle CPU has no tick; its timer is set for its next timer, if any. jiffies is
 * moved on by whichever CPU ticks, or wakes from idling, first.
 */
#include <linux/types.h>

void tick_idle_enter(void);	  /* interrupts off */
void tick_idle_exit(void);
void tick_irq_enter(void);	  /* an interrupt came to an idle CPU */
void local_timer_interrupt(void); /* interrupts off */
/* The next moment that matters has changed: interrupts off. */
void tick_reprogram(void);

/*
 * timer.cpp: raises TIMER_SOFTIRQ if something is due; and for which jiffy an idle
 * CPU has to be awake. Interrupts off.
 */
void run_local_timers(void);
bool next_timer(unsigned long *expires);

/* hrtimer.cpp: runs what is due; UINT64_MAX: nothing waits. */
void hrtimer_run_queues(u64 now);
u64 hrtimer_next_event(void);

constexpr u64 kTimeNever = ~u64{ 0 };

#endif /* KERNEL_CORE_TICK_H */
