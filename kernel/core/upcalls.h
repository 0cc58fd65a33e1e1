/* SPDX-License-Identifier: MIT */
#ifndef KERNEL_CORE_UPCALLS_H
#define KERNEL_CORE_UPCALLS_H
/*
 * Calls from a lower room into a higher one: only these.
 *
 * The hooks are weak functions that do nothing here; whoever implements RCU or
 * workqueues defines them. All run with interrupts off unless said otherwise.
 */
#include <linux/refcount.h>
#include <linux/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct task_struct;

/* Up from locks/spin: a WARN() of a lock's own checks (linux/bug.h says more). */
void __warn_at(const char *file, unsigned int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Up from locks/spin: preemption and softirqs, when they are enabled again. */
void preempt_schedule(void);
void __local_bh_disable_ip(unsigned long ip, unsigned int cnt);
void __local_bh_enable_ip(unsigned long ip, unsigned int cnt);

/* References to tasks: misuse of one is reported. */
void refcount_warn_saturate(struct refcount_struct *r, enum refcount_saturation_type t);

/* RCU. */
void rcu_note_context_switch(bool preempt); /* current is about to leave the CPU */
void rcu_sched_clock_irq(int user);	    /* each tick; user is 0 */
void rcu_idle_enter(void);
void rcu_idle_exit(void);
void rcu_irq_enter(void); /* an interrupt or NMI of an idle CPU too */
void rcu_irq_exit(void);
void rcu_softirq_qs(void); /* ksoftirqd between rounds; interrupts on */
bool rcu_needs_cpu(void);  /* keep the tick of this idle CPU */
void rcu_cpu_starting(unsigned int cpu);
void exit_rcu(void); /* current is about to die; interrupts on */
/* free_task(), when no reader that began before sees it any more; any interrupts. */
void rcu_free_task(struct task_struct *p);

/* Workqueues: a worker (PF_WQ_WORKER) goes to sleep, or runs again; interrupts on. */
void wq_worker_sleeping(struct task_struct *task);
void wq_worker_running(struct task_struct *task);

#ifdef __cplusplus
}
#endif
#endif /* KERNEL_CORE_UPCALLS_H */
