// SPDX-License-Identifier: MIT
/* The hooks of upcalls.h while nobody above defines them. */
#include "kernel/core/upcalls.h"
#include <linux/compiler.h>
#include "kernel/core/sched.h"

extern "C" {

__weak void rcu_note_context_switch(bool) {}
__weak void rcu_sched_clock_irq(int) {}
__weak void rcu_idle_enter(void) {}
__weak void rcu_idle_exit(void) {}
__weak void rcu_irq_enter(void) {}
__weak void rcu_irq_exit(void) {}
__weak void rcu_softirq_qs(void) {}
__weak bool rcu_needs_cpu(void)
{
	return false;
}
__weak void rcu_cpu_starting(unsigned int) {}
__weak void exit_rcu(void) {}
__weak void rcu_free_task(task_struct *p)
{
	free_task(p);
}
__weak void wq_worker_sleeping(task_struct *) {}
__weak void wq_worker_running(task_struct *) {}

} /* extern "C" */
