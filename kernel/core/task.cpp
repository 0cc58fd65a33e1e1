// SPDX-License-Identifier: MIT
/* Tasks come and go. */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "kernel/core/sched.h"
#include "kernel/core/upcalls.h"

extern "C" {
/* hw_current of CPU 0 from its first instruction on. */
constinit task_struct init_task = {
	.thread_info = { static_cast<int>(PREEMPT_DISABLED), 0 },
};
}

task_struct idle_tasks[NR_CPUS];

namespace {

atomic_t last_pid = ATOMIC_INIT(0);

void setup(task_struct *p, const char *comm, pid_t pid, int prio)
{
	strscpy(p->comm, comm, TASK_COMM_LEN);
	p->pid = pid;
	p->usage = REFCOUNT_INIT(1);
	p->prio = prio;
	p->static_prio = p->normal_prio = prio < MAX_PRIO ? prio : DEFAULT_PRIO;
	p->cpus_mask.bits[0] = cpu_possible_mask->bits[0];
	p->nr_cpus_allowed = static_cast<int>(nr_cpu_ids);
	raw_spin_lock_init(&p->pi_lock);
	INIT_LIST_HEAD(&p->run_list);
	INIT_LIST_HEAD(&p->pi_waiters);
	INIT_LIST_HEAD(&p->rcu_node_entry);
	if (p == current) /* the boot has been running: only its name is new */
		hw_announce(EV_TASK_COMM, p, 0, p->comm);
	else
		hw_announce(EV_TASK_NEW, p,
			    static_cast<u64>(pid) | static_cast<u64>(prio) << 32, p->comm);
}

} /* namespace */

/* It is, or will be, what its CPU runs; interrupts off. */
void init_idle(task_struct *p, unsigned int cpu)
{
	char comm[TASK_COMM_LEN];

	snprintf(comm, sizeof(comm), "swapper/%u", cpu);
	p->thread_info.preempt_count = static_cast<int>(PREEMPT_DISABLED);
	setup(p, comm, 0, MAX_PRIO);
	p->flags = PF_IDLE | PF_NO_SETAFFINITY;
	p->cpu = static_cast<int>(cpu);
	p->cpus_mask.bits[0] = 1UL << cpu;
	p->nr_cpus_allowed = 1;
	p->on_cpu = 1;
	p->on_rq = TASK_ON_RQ_QUEUED;
	cpu_rq(cpu)->curr = cpu_rq(cpu)->idle = p;
	if (p == current)
		p->context = hw_context_self();
}

/* Asleep as if it had slept before it ever ran: a wake-up starts it. */
task_struct *copy_task(void (*entry)(void *), const char *comm, unsigned int flags)
{
	auto *p = static_cast<task_struct *>(kzalloc(sizeof(task_struct), GFP_KERNEL));

	if (!p)
		return nullptr;
	p->context = hw_context_create(entry, p);
	if (!p->context) {
		kfree(p);
		return nullptr;
	}
	p->thread_info.preempt_count = static_cast<int>(FORK_PREEMPT_COUNT);
	p->flags = flags;
	p->__state = TASK_UNINTERRUPTIBLE;
	p->cpu = raw_smp_processor_id();
	setup(p, comm, atomic_inc_return(&last_pid), DEFAULT_PRIO);
	return p;
}

void free_task(task_struct *p)
{
	kfree(p);
}

extern "C" {

void put_task_struct(task_struct *p)
{
	if (refcount_dec_and_test(&p->usage))
		rcu_free_task(p);
}

void set_task_comm(task_struct *p, const char *name)
{
	strscpy(p->comm, name, TASK_COMM_LEN);
	hw_announce(EV_TASK_COMM, p, 0, p->comm);
}

unsigned long __task_pi_lock(task_struct *p)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	return flags;
}

void __task_pi_unlock(task_struct *p, unsigned long flags)
{
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
}

} /* extern "C" */
